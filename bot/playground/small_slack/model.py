"""What the small Slack keeps and hands out: rooms, messages, tickets, answers."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Json = dict[str, Any]


class Kept(BaseModel):
    """Immutable; a change is a copy."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Room(Kept):
    """A channel, or the direct messages between the bot and `partner`."""

    id: str
    name: str
    bot_is_member: bool
    archived: bool = False
    partner: str | None = None
    shared: bool = False  # with another organisation

    @property
    def is_dm(self) -> bool:
        """Whether it is a direct message."""
        return self.partner is not None


class Message(Kept):
    """Something said, as it stood when it was looked at. `only_for`: an ephemeral, seen by one person."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    subtype: Literal["file_share", "thread_broadcast", "tombstone"] | None = None
    files: tuple[Json, ...] = ()
    metadata: Json | None = None
    reactions: tuple[str, ...] = ()
    edited_ts: str | None = None
    only_for: str | None = None
    by_bot: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts of everything that can be pressed or chosen, in order."""
        return tuple(text for element in self.elements for text in _texts(element))

    @property
    def elements(self) -> tuple[Json, ...]:
        """The interactive elements, each with the id of its block."""
        return tuple(
            {**each, "block_id": block["block_id"]} for block in self.blocks for each in _parts(block)
        )


def _parts(block: Json) -> list[Json]:
    if block.get("type") == "actions":
        return list(block.get("elements", []))
    accessory = block.get("accessory")
    return [accessory] if accessory and accessory.get("type") != "image" else []


def _texts(element: Json) -> list[str]:
    if "options" in element:
        return [option["text"]["text"] for option in element["options"]]
    return [element.get("text", {}).get("text", "")]


class Ticket(Kept):
    """What a response_url stands for: five uses within thirty minutes."""

    channel: str
    person: str
    until: datetime
    uses_left: int = 5
    message_ts: str | None = None
    whisper_ts: str | None = None
    thread_ts: str | None = None


class Trigger(Kept):
    """A trigger_id: one use within three seconds."""

    person: str
    until: datetime


class Answer(Kept):
    """What the bot answered to a delivery. `status` 0: it could not be reached; `body` then says why."""

    status: int
    body: Any = None
    no_retry: bool = False  # it asked not to be told again

    @property
    def ok(self) -> bool:
        """Whether it was accepted."""
        return 200 <= self.status < 300


class Call(Kept):
    """One call of the bot's: a Web API method, or `respond` for a response_url, with what it was answered."""

    method: str
    payload: Json
    answer: Json


class Refused(Exception):
    """Slack says no: the value of `error` in an answer that is not ok."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error

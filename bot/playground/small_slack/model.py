"""What the small Slack keeps and hands out: rooms, messages, tickets, answers."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.playground.small_slack.elements import elements_in, texts_of

Json = dict[str, Any]
Chosen = dict[
    str, Any
]  # what one control stands at, in the page's short form: {"option": value}, {"date": …}
State = dict[str, dict[str, Chosen]]  # block_id -> action_id -> what is chosen there


class Kept(BaseModel):
    """Immutable; a change is a copy."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Session = Literal["processing", "active", "suspended", "closed"]  # what an agent is doing in a thread


class Room(Kept):
    """A channel, or the direct messages between the bot and `partner`."""

    id: str
    name: str
    bot_is_member: bool
    archived: bool = False
    partner: str | None = None
    shared: bool = False  # with another organisation
    prompts: tuple[Json, ...] = ()  # what one could say here: `title` and `message`

    @property
    def is_dm(self) -> bool:
        """Whether it is a direct message."""
        return self.partner is not None


class Unfurl(Kept):
    """What the app shows under a link in a message."""

    url: str
    blocks: tuple[Json, ...]


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
    streaming: bool = False  # more of it is to come
    session: Session | None = None  # of the thread under it
    session_title: str = ""
    unfurls: tuple[Unfurl, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The texts of everything that can be pressed or chosen, in order."""
        return tuple(text for element in self.elements for text in texts_of(element))

    @property
    def elements(self) -> tuple[Json, ...]:
        """The interactive elements, each with the id of its block; those under its links come last."""
        return tuple(elements_in(self.all_blocks))

    @property
    def all_blocks(self) -> tuple[Json, ...]:
        """Its own, and those under its links."""
        return (*self.blocks, *(block for one in self.unfurls for block in one.blocks))


class Waiting(Kept):
    """A message that is to be posted later. The ts of `message` is then another; `posts`:
    whether it ever is."""

    id: str
    at: datetime
    created: datetime
    message: Message
    posts: bool = True


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
    """A trigger_id: one use within three seconds. `view_id`: the modal that it comes from."""

    person: str
    until: datetime
    view_id: str | None = None
    used: bool = False


class View(Kept):
    """A modal or a Home tab, as it stands for one person. `view`: Slack's object, all ids filled in."""

    person: str
    view: Json

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.view["id"])

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return str(self.view["type"])

    @property
    def hash(self) -> str:
        """New with each change."""
        return str(self.view["hash"])


class Answer(Kept):
    """What the bot answered to a delivery. `status` 0: it could not be reached; `body` then says why."""

    status: int
    body: Any = None
    no_retry: bool = False  # it asked not to be told again

    @property
    def ok(self) -> bool:
        """Whether it was accepted."""
        return 200 <= self.status < 300


class Submitted(Kept):
    """What came of submitting a modal. `errors`: by block. `answer`: the app's, if it was asked."""

    ok: bool
    errors: dict[str, str] = {}
    answer: Answer | None = None


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

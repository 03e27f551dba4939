"""What is asked for in a form instead of in words."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.scheduling.model import Value
from intents.frames import Wish


class BookOrder(Value):
    """A new meeting. `event_type_id`: its kind, if one was chosen."""

    kind: Literal["book"] = "book"
    wish: Wish
    event_type_id: int | None = None


class MoveOrder(Value):
    """A booking to another time, or to one that suits. `booking`: the hash of its uid (`meetings.naming`)."""

    kind: Literal["move"] = "move"
    booking: str
    start: datetime | None = None
    reason: str | None = None


Order = Annotated[BookOrder | MoveOrder, Field(discriminator="kind")]


class Prefill(Value):
    """What stands in a form from the start, and where it is answered: a button's `about`, as JSON.

    `people`: Slack ids; `guests`: e-mail addresses; `link`: the booking page that is meant; `booking`: as in
    `MoveOrder`. `channel` and `thread`: under which message it is answered; none: in direct messages.
    """

    people: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    link: str = ""
    title: str = ""
    minutes: int | None = None
    start: datetime | None = None
    event_type_id: int | None = None
    booking: str = ""
    channel: str = ""
    thread: str = ""

    def packed(self) -> str:
        """For a button or a form."""
        return self.model_dump_json(exclude_defaults=True)


def unpacked(about: str) -> Prefill:
    """What a button or a form carries; nothing where it carries nothing. Raises ValueError."""
    return Prefill.model_validate_json(about) if about else Prefill()

"""What people do at Cal.com itself, past the bot: its webhooks tell of all but busy times and event types."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_calcom.zones import known_zones

Deed = Literal["book", "busy", "cancel", "move", "confirm", "decline", "event_type"]
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Instant = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
Text = Annotated[str, Field(max_length=500)]


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise ValueError(f"there is no zone {name!r}")
    return name


class Outside(BaseModel):
    """One deed. Times are aware, `minutes` a length, `booking` a booking's id.

    Who books says `name` and `email`; for an event type, `name` is its title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    do: Deed
    owner: Text = ""
    slug: Text = "meeting"
    start: Instant | None = None
    end: Instant | None = None
    name: Text = ""
    email: Text = ""
    zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None
    confirms: bool = False
    booking: int = 0
    reason: Text = ""


async def carried_out(deed: Outside, calcom: SmallCalcom) -> None:
    """Do it. Raises Refusal, KeyError for an unknown person, event type or booking, ValueError."""
    match deed.do:
        case "book":
            await _book(deed, calcom)
        case "busy":
            calcom.add_busy(deed.owner, *_span(deed), title=deed.name or "Busy")
        case "event_type":
            _add_event_type(deed, calcom)
        case _:
            await _change(deed, calcom.booking(deed.booking).uid, calcom)


async def _book(deed: Outside, calcom: SmallCalcom) -> None:
    await calcom.book_from_outside(
        deed.owner,
        deed.slug,
        _start(deed),
        name=deed.name,
        email=deed.email,
        zone=deed.zone,
        minutes=deed.minutes,
    )


def _add_event_type(deed: Outside, calcom: SmallCalcom) -> None:
    if deed.minutes is None:
        raise ValueError("an event type needs its minutes")
    title = deed.name or deed.slug
    calcom.add_event_type(
        deed.owner, slug=deed.slug, title=title, minutes=deed.minutes, confirms=deed.confirms
    )


async def _change(deed: Outside, uid: str, calcom: SmallCalcom) -> None:
    match deed.do:
        case "cancel":
            await calcom.cancel_from_outside(uid, deed.reason)
        case "move":
            await calcom.move_from_outside(uid, _start(deed), by=deed.email or None)
        case "confirm":
            await calcom.confirm_from_outside(uid)
        case "decline":
            await calcom.decline_from_outside(uid, deed.reason)


def _start(deed: Outside) -> datetime:
    if deed.start is None:
        raise ValueError("a start is needed")
    return deed.start


def _span(deed: Outside) -> tuple[datetime, datetime]:
    start, end = _start(deed), deed.end
    if end is None or end <= start:
        raise ValueError("an end after the start is needed")
    return start, end

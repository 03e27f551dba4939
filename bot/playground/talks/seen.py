"""What stands in the whole small world at one moment, to be compared with another."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.playground.small_calcom import Booking
from bot.playground.small_slack import Message
from bot.playground.talks.stage import Stage
from bot.playground.talks.words import words

Texts = tuple[tuple[str, str], ...]  # timestamps and words


@dataclass(frozen=True)
class Seen:
    """What the bot said, by place; the ephemerals, by person; the bookings, in lines."""

    bots: dict[str, Texts]
    whispers: dict[str, Texts]
    bookings: tuple[str, ...]


def seen(stage: Stage) -> Seen:
    """All of it, as it stands now."""
    owner = stage.controls.world.key_owner
    people = [one.id for one in stage.controls.world.person]
    return Seen(
        bots={room.id: _texts(stage.bots(room.id)) for room in stage.slack.rooms},
        whispers={one: _texts(stage.slack.whispers(one)) for one in people},
        bookings=tuple(booking_line(one, owner) for one in stage.calcom.bookings()),
    )


def new_texts(before: dict[str, Texts], after: dict[str, Texts], key: str) -> list[str]:
    """The words that were not there before; a message that changed counts."""
    known = set(before.get(key, ()))
    return [text for ts, text in after.get(key, ()) if (ts, text) not in known]


def booking_line(booking: Booking, owner: str) -> str:
    """A booking in one line: status, local start at the host's, minutes, attendees, a host but the owner."""
    start = booking.start.astimezone(ZoneInfo(booking.host.zone))
    who = ",".join(one.email.split("@")[0] for one in booking.attendees)
    where = "" if booking.host.person_id == owner else f" at {booking.host.username}"
    return f"{booking.status} {start:%Y-%m-%d %H:%M} {booking.minutes} {who}{where}"


def _texts(messages: Iterable[Message]) -> Texts:
    return tuple((one.ts, words(one)) for one in messages)

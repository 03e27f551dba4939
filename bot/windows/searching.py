"""What is found while somebody types into a form: kinds of meetings, their bookings, people from outside."""

from datetime import timedelta
from typing import Final

from bot.conversation.forms import FormOption, Found, Searched
from bot.scheduling.model import Attendee, Booking
from bot.skills.common.desk import Desk
from bot.skills.common.targets import mine, upcoming
from bot.windows import booking, moving
from bot.windows.answering import EMAIL
from intents.frames import Window

PAST: Final = timedelta(days=30)  # how far back whom one has met is looked for
AHEAD: Final = timedelta(days=60)
SHOWN: Final = 20


async def found(searched: Searched, desk: Desk) -> Found:
    """What fits. Raises SchedulingError."""
    match searched.form, searched.field:
        case "book.new", booking.KIND:
            options = await _kinds(searched.typed, desk)
        case "book.new", booking.GUESTS:
            options = await _guests(searched.typed.strip(), desk)
        case "move.new", moving.BOOKING:
            options = await _bookings(searched.typed, desk)
        case _:
            options = ()
    return Found(options=options[:SHOWN], zone=desk.speaker.zone, language=desk.speaker.locale)


async def _kinds(typed: str, desk: Desk) -> tuple[FormOption, ...]:
    """Those that can be booked; what is hidden is for whoever knows of it."""
    kinds = (one for one in await desk.calendar.event_types() if one.obstacle is None)
    shown = (one for one in kinds if _fits(typed, one.title) and (typed.strip() or not one.hidden))
    return tuple(map(booking.kind_option, shown))


async def _bookings(typed: str, desk: Desk) -> tuple[FormOption, ...]:
    """Their own that are to come, by title or by who takes part."""
    return tuple(moving.booking_option(one) for one in await upcoming(desk) if _fits(typed, *_names(one)))


async def _guests(typed: str, desk: Desk) -> tuple[FormOption, ...]:
    """The address that is typed; and whom they have met, by name or address."""
    typed_out = (booking.guest_option(typed.lower()),) if EMAIL.fullmatch(typed) else ()
    met = (one for one in await _met(desk) if _fits(typed, one.name, one.email))
    return typed_out or tuple(booking.guest_option(one.email, one.name) for one in met)


async def _met(desk: Desk) -> tuple[Attendee, ...]:
    within = Window(start=desk.now - PAST, end=desk.now + AHEAD)
    bookings = await mine(desk.calendar, desk.speaker, within)
    people = {one.email.lower(): one for each in bookings for one in each.participants}
    people.pop((desk.speaker.email or "").lower(), None)
    return tuple(people.values())


def _names(one: Booking) -> tuple[str, ...]:
    return (one.title, *(each.name for each in one.participants))


def _fits(typed: str, *names: str) -> bool:
    """Whether each word that was typed begins a word of these."""
    known = [word for name in names for word in name.casefold().replace("@", " ").split()]
    return all(any(word.startswith(said) for word in known) for said in typed.casefold().split())

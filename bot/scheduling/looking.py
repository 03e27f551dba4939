"""The look at a calendar for what a write has come to. Nothing is written here."""

from collections.abc import Awaitable, Callable, Iterable
from typing import assert_never

from bot.scheduling.commands import (
    AddGuests,
    Adjusting,
    CancelBooking,
    ChangePlace,
    Command,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    MarkAbsent,
    RemoveGuest,
    RescheduleBooking,
)
from bot.scheduling.errors import BookingClosed, BookingNotFound, CalendarError, NotWritten, OutcomeUnknown
from bot.scheduling.model import Booking, BookingStatus
from bot.scheduling.outcome import Done, NotDone, Outcome, Unknown
from bot.scheduling.ports import CalendarReader

LONGEST_TRAIL = 20  # moves of one booking that are followed


async def find_outcome(command: Command, calendar: CalendarReader) -> Outcome:
    """Look what a write has come to.

    A create is found by its request id; anything else by what the booking has become, and it is done when the
    booking is as was wished, whoever did it. `NotDone(NotWritten)`: no trace of it (yet); `BookingClosed`:
    another hand has moved the booking elsewhere, or ended it. `Unknown`: nobody could look. Raises nothing.
    """
    try:
        return await _seen(command, calendar)
    except BookingNotFound as error:
        return NotDone(error)
    except CalendarError as error:
        return Unknown(error)


async def look_for(
    command: Command,
    calendar: CalendarReader,
    *,
    pauses: Iterable[float],
    sleep: Callable[[float], Awaitable[None]],
) -> Outcome:
    """Look again and again, until it is certain, for a write that may come late. `pauses`: seconds before
    each look."""
    found: Outcome = Unknown(OutcomeUnknown("not_looked"))
    for pause in pauses:
        await sleep(pause)
        found = await find_outcome(command, calendar)
        if is_certain(found):
            break
    return found


def is_certain(found: Outcome) -> bool:
    """Whether waiting would change nothing. What left no trace may still be under way."""
    return not isinstance(found, Unknown) and not left_no_trace(found)


def left_no_trace(found: Outcome) -> bool:
    """Looked for, and not there."""
    return isinstance(found, NotDone) and isinstance(found.error, NotWritten)


async def _seen(command: Command, calendar: CalendarReader) -> Outcome:
    if isinstance(command, CreateBooking):
        return await _made(command, calendar)
    booking = await _latest(await calendar.booking(command.uid), calendar)
    match command:
        case RescheduleBooking():
            return _moved(command, booking)
        case CancelBooking():
            return _ended(command.uid, booking, wished="cancelled", before=("accepted", "pending"))
        case ConfirmBooking():
            return _ended(command.uid, booking, wished="accepted", before=("pending",))
        case DeclineBooking():
            return _ended(command.uid, booking, wished="rejected", before=("pending",))
        case AddGuests() | RemoveGuest() | ChangePlace() | MarkAbsent():
            return _adjusted(command, booking)
        case _:
            assert_never(command)


async def _made(command: CreateBooking, calendar: CalendarReader) -> Outcome:
    """Done wherever it stands now: who booked it once more would have two."""
    made = await calendar.find_by_request_id(command)
    if made is None:
        return NotDone(NotWritten())
    booking = await _latest(made, calendar)
    return Done(booking) if booking.lasts else NotDone(_closed(made.uid, booking))


async def _latest(booking: Booking, calendar: CalendarReader) -> Booking:
    """What it has become: each move leaves a cancelled booking that names the next."""
    for _ in range(LONGEST_TRAIL):
        if booking.moved_to_uid is None:
            break
        booking = await calendar.booking(booking.moved_to_uid)
    return booking


def _moved(command: RescheduleBooking, booking: Booking) -> Outcome:
    """Done where it stands at the wished time, under whatever uid: older servers move in place."""
    if booking.lasts and booking.start == command.start:
        return Done(booking)
    if booking.lasts and booking.uid == command.uid:
        return NotDone(NotWritten())
    return NotDone(_closed(command.uid, booking))


def _ended(
    uid: str, booking: Booking, *, wished: BookingStatus, before: tuple[BookingStatus, ...]
) -> Outcome:
    """What was moved is called cancelled, too, but the meeting lives on under another uid."""
    if booking.uid == uid and booking.status == wished:
        return Done(booking)
    if booking.uid == uid and booking.status in before:
        return NotDone(NotWritten())
    return NotDone(_closed(uid, booking))


def _adjusted(command: Adjusting, booking: Booking) -> Outcome:
    """What was moved meanwhile is another booking, which somebody would have to approve anew."""
    if not booking.lasts or booking.uid != command.uid:
        return NotDone(_closed(command.uid, booking))
    return Done(booking) if is_adjusted(command, booking) else NotDone(NotWritten())


def is_adjusted(command: Adjusting, booking: Booking) -> bool:
    """Whether the booking shows it. Of a video app it shows the link alone, or nothing."""
    match command:
        case AddGuests(guests=guests):
            return all(booking.is_attended_by(one.email) for one in guests)
        case RemoveGuest(guest=guest):
            return not booking.is_attended_by(guest.email)
        case ChangePlace(place=place, was=was):
            return booking.location != was if place.kind == "app" else booking.location == place.value
        case MarkAbsent(emails=emails, absent=absent):
            marked = {one.email.lower() for one in booking.attendees if one.absent == absent}
            return marked >= {one.lower() for one in emails}


def _closed(uid: str, booking: Booking) -> BookingClosed:
    return BookingClosed(moved_to=booking.uid if booking.uid != uid else None)

"""The one door through which a write reaches a calendar: once, alone, and what came of it."""

from typing import Final, assert_never

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
from bot.scheduling.errors import (
    BookingBusy,
    BookingClosed,
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotSupported,
    OutcomeUnknown,
)
from bot.scheduling.looking import find_outcome, is_adjusted, left_no_trace
from bot.scheduling.model import Booking, BookingStatus
from bot.scheduling.outcome import Done, NotDone, Outcome, Unknown
from bot.scheduling.ports import BookingLocks, Calendar

# Said before anything is done. Every other refusal may be the echo of an earlier try that has succeeded:
# "taken", "already cancelled", "limit reached" by our own booking.
SURE = (CalendarUnavailable, NotAllowed, NotSupported)

Change = (
    RescheduleBooking | CancelBooking | ConfirmBooking | DeclineBooking | Adjusting
)  # of a booking that there is

BY_AN_APP: Final = "integrations:"  # so begins a place of which an app has not made a link yet

# Cal.com moves once more what was just moved, and by its source lets a host accept what was just cancelled.
LOOKED_AT_FIRST = (RescheduleBooking, ConfirmBooking, DeclineBooking)

# The status that shows a booking to be as wished; a create or a move may wait for its host.
BECOMES: dict[str, tuple[BookingStatus, ...]] = {
    "create": ("accepted", "pending"),
    "reschedule": ("accepted", "pending"),
    "cancel": ("cancelled",),
    "confirm": ("accepted",),
    "decline": ("rejected",),
    "add_guests": ("accepted", "pending"),
    "remove_guest": ("accepted", "pending"),
    "change_place": ("accepted", "pending"),
    "mark_absent": ("accepted",),
}


async def carry_out(command: Command, calendar: Calendar, locks: BookingLocks) -> Outcome:
    """Do one approved write, once, while nobody else changes that booking.

    What is already as wished counts as done. Raises only what the locks raise, before anything is sent.
    """
    if isinstance(command, CreateBooking):
        return await _written(command, calendar)
    if not await locks.take(command.uid, command.request_id):
        return NotDone(BookingBusy("booking_busy"))
    outcome = await _carried_out(command, calendar, locks)
    if not isinstance(outcome, Unknown):  # else it may still happen, and the lock has to lapse by itself
        await let_go(command, locks)
    return outcome


async def let_go(command: Command, locks: BookingLocks) -> None:
    """Let others change the booking, when it is certain what the write has come to."""
    if not isinstance(command, CreateBooking):
        await locks.release(command.uid, command.request_id)


async def _carried_out(command: Change, calendar: Calendar, locks: BookingLocks) -> Outcome:
    if isinstance(command, LOOKED_AT_FIRST):
        before = await find_outcome(command, calendar)
        if not left_no_trace(before):  # what has been moved meanwhile is followed, not moved again
            return NotDone(before.error) if isinstance(before, Unknown) else before
        if not await locks.take(command.uid, command.request_id):  # for its full time: looking may be slow
            return NotDone(BookingBusy("booking_busy"))
    if isinstance(command, ChangePlace) and (error := await _obstacle(command, calendar)):
        return NotDone(error)
    return await _written(command, calendar)


async def _obstacle(command: ChangePlace, calendar: Calendar) -> CalendarError | None:
    """Somebody has changed the place once more since: theirs stays. A link comes late, and proves nothing."""
    if command.was is None or "://" in command.was or command.was.startswith(BY_AN_APP):
        return None
    try:
        booking = await calendar.booking(command.uid)
    except CalendarError as error:
        return error
    is_as_known = booking.location in (command.was, command.place.value)
    return None if is_as_known else BookingClosed("the place is another by now")


async def _written(command: Command, calendar: Calendar) -> Outcome:
    """Written now, or found to have been by an earlier try."""
    outcome = await _sent(command, calendar)
    if isinstance(outcome, NotDone) and not isinstance(outcome.error, SURE):
        found = await find_outcome(command, calendar)
        return outcome if left_no_trace(found) else found
    return outcome


async def _sent(command: Command, calendar: Calendar) -> Outcome:
    try:
        booking = await _answered(command, calendar)
    except OutcomeUnknown as error:
        return Unknown(error)
    except CalendarError as error:
        return NotDone(error)
    return Done(booking) if _is_as_wished(command, booking) else Unknown(OutcomeUnknown("another_booking"))


async def _answered(command: Command, calendar: Calendar) -> Booking:
    match command:
        case CreateBooking():
            return await calendar.create_booking(command)
        case RescheduleBooking():
            return await calendar.reschedule_booking(command)
        case CancelBooking():
            return await calendar.cancel_booking(command)
        case ConfirmBooking():
            return await calendar.confirm_booking(command)
        case DeclineBooking():
            return await calendar.decline_booking(command)
        case AddGuests() | RemoveGuest() | ChangePlace() | MarkAbsent():
            return await calendar.adjust_booking(command)
        case _:
            assert_never(command)


def _is_as_wished(command: Command, booking: Booking) -> bool:
    """Whether the answer tells of this write. A proxy may answer with what it has kept of another."""
    if booking.status not in BECOMES[command.kind]:
        return False
    if isinstance(command, CreateBooking | RescheduleBooking):
        return booking.start == command.start
    if booking.uid != command.uid:
        return False
    match command:
        case AddGuests() | RemoveGuest() | MarkAbsent():
            return is_adjusted(command, booking)
        case ChangePlace(place=place):  # what an app makes of it, it may not say at once
            return place.kind == "app" or is_adjusted(command, booking)
    return True

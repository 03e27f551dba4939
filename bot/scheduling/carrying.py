"""The one door through which a write reaches a calendar, and the look back when an answer was lost."""

from typing import assert_never

from bot.scheduling.commands import CancelBooking, Command, CreateBooking, RescheduleBooking
from bot.scheduling.errors import BookingClosed
from bot.scheduling.model import Booking
from bot.scheduling.ports import Calendar, CalendarReader

LASTING = ("accepted", "pending")


async def carry_out(command: Command, calendar: Calendar) -> Booking:
    """Do one approved write, once, without retries.

    Returns the booking as it is afterwards. Raises the tree of `errors`; OutcomeUnknown when the answer
    is lost.
    """
    match command:
        case CreateBooking():
            return await calendar.create_booking(command)
        case RescheduleBooking():
            return await calendar.reschedule_booking(command)
        case CancelBooking():
            return await calendar.cancel_booking(command)
        case _:
            assert_never(command)


async def find_outcome(command: Command, calendar: CalendarReader) -> Booking | None:
    """Look whether a write whose answer was lost has happened. None: no trace of it.

    A create is found by its request id in the metadata; a move or a cancellation by what the old booking has
    become. Raises BookingClosed when another hand has moved it elsewhere or ended it.
    """
    match command:
        case CreateBooking():
            return await calendar.booking_requested(command)
        case CancelBooking():
            return await _cancelled(command, calendar)
        case RescheduleBooking():
            return await _moved(command, calendar)
        case _:
            assert_never(command)


async def _cancelled(command: CancelBooking, calendar: CalendarReader) -> Booking | None:
    """What was moved is called cancelled, too, but the meeting lives on under another uid."""
    booking = await calendar.booking(command.uid)
    if booking.moved_to_uid is not None:
        raise BookingClosed(moved_to=booking.moved_to_uid)
    return booking if booking.status == "cancelled" else None


async def _moved(command: RescheduleBooking, calendar: CalendarReader) -> Booking | None:
    before = await calendar.booking(command.uid)
    if before.moved_to_uid is None:
        return None
    after = await calendar.booking(before.moved_to_uid)
    if after.start != command.start or after.status not in LASTING:
        raise BookingClosed(moved_to=after.uid)
    return after

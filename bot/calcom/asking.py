"""What is sent to Cal.com: bodies with no field too many, for it answers 400 to what it does not know."""

from bot.calcom.models import Asked, zulu
from bot.calcom.wire import REQUEST_ID, TITLE
from bot.scheduling.commands import CancelBooking, CreateBooking, RescheduleBooking
from bot.scheduling.model import Attendee

METADATA_VALUE_LIMIT = 500  # tests/samples/calcom: bookings-create-metadata-value-too-long


class Guest(Asked):
    """Who books."""

    name: str
    email: str
    time_zone: str


class Create(Asked):
    """POST /bookings."""

    start: str
    event_type_id: int
    attendee: Guest
    guests: tuple[str, ...] | None = None
    length_in_minutes: int | None = None
    booking_fields_responses: dict[str, str] | None = None
    metadata: dict[str, str]


class Reschedule(Asked):
    """POST /bookings/{uid}/reschedule."""

    start: str
    rescheduled_by: str | None = None
    rescheduling_reason: str | None = None


class Cancel(Asked):
    """POST /bookings/{uid}/cancel."""

    cancellation_reason: str


class Decline(Asked):
    """POST /bookings/{uid}/decline."""

    reason: str | None = None


class Reserve(Asked):
    """POST /slots/reservations."""

    event_type_id: int
    slot_start: str
    slot_duration: int | None = None


def creating(command: CreateBooking, *, title_answer: str | None) -> Create:
    """What to send for a create. The request id travels in the metadata, where nobody sees it."""
    return Create(
        start=zulu(command.start),
        event_type_id=command.event_type_id,
        attendee=_guest(command.attendee),
        guests=command.guests or None,
        length_in_minutes=command.minutes,
        booking_fields_responses={"title": title_answer} if title_answer else None,
        metadata=_noted(command),
    )


def rescheduling(command: RescheduleBooking) -> Reschedule:
    """What to send for a move."""
    return Reschedule(
        start=zulu(command.start), rescheduled_by=command.by, rescheduling_reason=command.reason
    )


def cancelling(command: CancelBooking) -> Cancel:
    """What to send for a cancellation."""
    return Cancel(cancellation_reason=command.reason)


def _guest(attendee: Attendee) -> Guest:
    name = attendee.name.strip() or attendee.email.partition("@")[0]
    return Guest(name=name, email=attendee.email, time_zone=attendee.zone)


def _noted(command: CreateBooking) -> dict[str, str]:
    title = {TITLE: command.title[:METADATA_VALUE_LIMIT]} if command.title else {}
    return {REQUEST_ID: command.request_id, **title}

"""Between Cal.com's words and scheduling's: of accounts, slots and bookings, and of commands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from bot.calcom.endpoints.booking_answers import AttendeeRecord, BookingRecord, PersonRecord, Status
from bot.calcom.endpoints.booking_requests import (
    METADATA_VALUE_LIMIT,
    Booker,
    Cancel,
    Decline,
    NewBooking,
    Reschedule,
)
from bot.calcom.endpoints.locations import AtAttendeesAddress, AtAttendeesPhone, AtAttendeesWish, Location
from bot.calcom.endpoints.me import Me
from bot.calcom.endpoints.naming import EventById
from bot.calcom.endpoints.slots import Open, ReservationRecord
from bot.calcom.questions import PLACES
from bot.scheduling.commands import CancelBooking, CreateBooking, DeclineBooking, RescheduleBooking
from bot.scheduling.errors import StrangeAnswer
from bot.scheduling.model import Account, Attendee, Booking, BookingStatus, Hold, Slot

REQUEST_ID = "slotwise_request_id"  # in a booking's metadata: finds it again when a create's answer was lost
PHONE = "attendeePhoneNumber"  # the field whose answer is the attendee's own number
TITLE = "slotwise_title"  # the stated title, where the event type has no field for it

SLOTS = TypeAdapter(tuple[Slot, ...])  # all at once: a busy week has over a hundred

STATUSES: dict[Status, BookingStatus] = {
    "accepted": "accepted",
    "pending": "pending",
    "awaiting_host": "pending",
    "cancelled": "cancelled",
    "rejected": "rejected",
}


def account_of(me: Me) -> Account:
    """Whose calendar it is."""
    username = me.username or str(me.id)
    return Account(id=me.id, username=username, email=me.email, name=me.name or username, zone=me.time_zone)


def attendee_of(person: PersonRecord) -> Attendee:
    """Somebody at a booking, under the address that people know."""
    return Attendee(
        email=person.display_email or person.email,
        name=person.name or "",
        zone=person.time_zone or "UTC",
        absent=isinstance(person, AttendeeRecord) and person.absent,
    )


def booking_of(record: BookingRecord) -> Booking:
    """A booking."""
    return Booking(
        uid=record.uid,
        title=title_in(record.metadata, record.title),
        start=record.start,
        end=record.end,
        status=STATUSES[record.status],
        event_type_id=record.kind_id,
        hosts=tuple(attendee_of(one) for one in record.hosts),
        attendees=tuple(attendee_of(one) for one in record.attendees),
        location=place_of(record.location),
        request_id=request_id_in(record.metadata),
        moved_to_uid=record.rescheduled_to_uid,
        moved_from_uid=record.rescheduled_from_uid,
        reason=record.cancellation_reason or record.rescheduling_reason or None,
    )


def request_id_in(metadata: dict[str, Any] | None) -> str | None:
    """Our id of the command that made it, if it was one of ours."""
    found = (metadata or {}).get(REQUEST_ID)
    return found or None if isinstance(found, str) else None


def title_in(metadata: dict[str, Any] | None, title: str) -> str:
    """The title that was stated, where we noted one; else Cal.com's own."""
    return str((metadata or {}).get(TITLE) or title)


def place_of(location: str | None) -> str | None:
    """Where a booking takes place; Cal.com's internal names ("integrations:daily") tell nobody anything."""
    if not location or location.startswith("integrations:"):
        return None
    return location


def slots_of(found: Iterable[Open], minutes: int | None = None) -> tuple[Slot, ...]:
    """Bookable times, asked for as ranges. `minutes`: how long those are that do not say so."""
    return SLOTS.validate_python([{"start": one.start, "end": _end_of(one, minutes)} for one in found])


def _end_of(slot: Open, minutes: int | None) -> datetime:
    if slot.end is not None:
        return slot.end
    if minutes is None:
        raise StrangeAnswer("unreadable_answer: a slot without an end")
    return slot.start + timedelta(minutes=minutes)


def hold_of(record: ReservationRecord) -> Hold:
    """A slot that is hidden for a while."""
    return Hold(uid=record.reservation_uid, until=record.reservation_until)


def creating(command: CreateBooking, *, title_answer: str | None) -> NewBooking:
    """What to send for a create. The request id travels in the metadata, where nobody sees it."""
    return NewBooking(
        event=EventById(event_type_id=command.event_type_id),
        start=command.start,
        attendee=_booker(command.attendee, command.answers.get(PHONE)),
        guests=command.guests or None,
        length_in_minutes=command.minutes,
        location=_place(command),
        booking_fields_responses=_answers(command, title_answer) or None,
        metadata=_noted(command),
    )


def rescheduling(command: RescheduleBooking) -> Reschedule:
    """What to send for a move."""
    return Reschedule(start=command.start, rescheduled_by=command.by, rescheduling_reason=command.reason)


def cancelling(command: CancelBooking) -> Cancel:
    """What to send for a cancellation."""
    return Cancel(cancellation_reason=command.reason)


def declining(command: DeclineBooking) -> Decline:
    """What to send for a refusal."""
    return Decline(reason=command.reason)


def _booker(attendee: Attendee, phone: object) -> Booker:
    name = attendee.name.strip() or attendee.email.partition("@")[0]
    number = str(phone) if phone else None
    return Booker(name=name, email=attendee.email, time_zone=attendee.zone, phone_number=number)


def _answers(command: CreateBooking, title_answer: str | None) -> dict[str, Any]:
    """To what the event type asks; its own number is the attendee's, and where it takes place is apart."""
    title = {"title": title_answer} if title_answer else {}
    apart = (PHONE, *PLACES)
    return {slug: one for slug, one in command.answers.items() if slug not in apart} | title


def _place(command: CreateBooking) -> Location | None:
    """Where whoever books wants it, if that was asked."""
    for kind, said in command.answers.items():
        match kind:
            case "attendeePhone":
                return AtAttendeesPhone(phone=str(said))
            case "attendeeAddress":
                return AtAttendeesAddress(address=str(said))
            case "attendeeDefined":
                return AtAttendeesWish(location=str(said))
    return None


def _noted(command: CreateBooking) -> dict[str, str]:
    title = {TITLE: command.title[:METADATA_VALUE_LIMIT]} if command.title else {}
    return {REQUEST_ID: command.request_id, **title}

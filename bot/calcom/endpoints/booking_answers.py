"""What Cal.com answers about bookings, from 2024-08-13 on. What older versions answer is refused."""

from typing import Any, Literal

from bot.calcom.models import Answered, Instant, Many, WrongVersion, data_of, list_of

Status = Literal["accepted", "pending", "awaiting_host", "cancelled", "rejected"]


class PersonRecord(Answered):
    """Somebody. Platform accounts have a technical `email` and a human `display_email`."""

    name: str | None = None
    email: str = ""
    display_email: str | None = None
    time_zone: str | None = None


class HostRecord(PersonRecord):
    """Who hosts."""

    id: int | None = None
    username: str | None = None


class AttendeeRecord(PersonRecord):
    """Who attends. `seat_uid` and what follows it: only of seated ones; `id`: only in lists of attendees."""

    language: str | None = None
    phone_number: str | None = None
    absent: bool = False
    id: int | None = None
    booking_id: int | None = None
    seat_uid: str | None = None
    booking_fields_responses: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None
    created_at: Instant | None = None


class EventTypeNamed(Answered):
    """Which event type."""

    id: int
    slug: str | None = None


class BookingRecord(Answered):
    """A booking: a single one, one of a series (`recurring_booking_uid`), or with seats.

    `seat_uid` is that of who has just taken a seat. `duration` in minutes. A moved booking is cancelled and
    names the new one in `rescheduled_to_uid`.
    """

    id: int | None = None
    uid: str
    title: str = ""
    description: str | None = None
    status: Status
    start: Instant
    end: Instant
    duration: int | None = None
    event_type_id: int | None = None
    event_type: EventTypeNamed | None = None
    hosts: Many[HostRecord] = ()
    attendees: Many[AttendeeRecord] = ()
    guests: Many[str] = ()
    location: str | None = None
    meeting_url: str | None = None
    metadata: dict[str, Any] | None = None
    booking_fields_responses: dict[str, Any] | None = None
    absent_host: bool = False
    cancellation_reason: str | None = None
    cancelled_by_email: str | None = None
    rescheduling_reason: str | None = None
    rescheduled_by_email: str | None = None
    rescheduled_from_uid: str | None = None
    rescheduled_to_uid: str | None = None
    recurring_booking_uid: str | None = None
    seat_uid: str | None = None
    ics_uid: str | None = None
    created_at: Instant | None = None
    updated_at: Instant | None = None

    @property
    def kind_id(self) -> int | None:
        """Of its event type. The number beside the event type is deprecated, and may go."""
        return self.event_type.id if self.event_type else self.event_type_id


class ReassignedTo(Answered):
    """The new host."""

    id: int
    name: str | None = None
    email: str = ""
    display_email: str | None = None


class Reassigned(Answered):
    """Which booking went to whom."""

    booking_uid: str
    reassigned_to: ReassignedTo


class CalendarLink(Answered):
    """A link that puts the booking into a calendar; `label` is the calendar's name."""

    label: str
    link: str


class ReferenceRecord(Answered):
    """What the booking is called in an app: an event in a calendar, a room for video."""

    type: str
    event_uid: str | None = None
    destination_calendar_id: str | None = None
    id: int | str | None = None


def record_of(data: Any) -> BookingRecord:
    """One booking. Raises WrongVersion for one as 2024-04-15 writes it, ValueError for anything else."""
    if isinstance(data, dict) and ("startTime" in data or _is_loud(data.get("status"))):
        raise WrongVersion("a booking of another API version")
    return BookingRecord.model_validate(data)


def read_records(body: Any) -> tuple[BookingRecord, ...]:
    """One booking, or all of a series; never none."""
    data = data_of(body)
    if isinstance(data, dict) and "bookings" in data:
        raise WrongVersion("bookings of another API version")
    found = tuple(record_of(one) for one in (data if isinstance(data, list) else [data]))
    if not found:
        raise ValueError("no booking")
    return found


def read_record(body: Any) -> BookingRecord:
    """One booking; of a series the first."""
    return read_records(body)[0]


def read_attendee(body: Any) -> AttendeeRecord:
    """An attendee with their id."""
    return AttendeeRecord.model_validate(data_of(body))


def read_attendees(body: Any) -> tuple[AttendeeRecord, ...]:
    """All attendees."""
    return tuple(AttendeeRecord.model_validate(one) for one in list_of(body))


def read_reassigned(body: Any) -> Reassigned:
    """Who hosts now."""
    return Reassigned.model_validate(data_of(body))


def read_links(body: Any) -> tuple[CalendarLink, ...]:
    """Links for calendars."""
    return tuple(CalendarLink.model_validate(one) for one in list_of(body))


def read_references(body: Any) -> tuple[ReferenceRecord, ...]:
    """What it is called elsewhere."""
    return tuple(ReferenceRecord.model_validate(one) for one in list_of(body))


def _is_loud(status: Any) -> bool:
    return isinstance(status, str) and status != status.lower()

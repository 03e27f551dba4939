"""Cal.com's answers as models, and as what scheduling knows. They may hold more than we know."""

from datetime import datetime
from typing import Any

from bot.calcom.models import Answered, WrongVersion, data_of, utc
from bot.scheduling.model import Account, Attendee, Booking, BookingStatus, Hold, Slot

REQUEST_ID = "slotwise_request_id"  # in a booking's metadata: finds it again when a create's answer was lost
TITLE = "slotwise_title"  # the stated title, where the event type has no field for it

STATUSES: dict[str, BookingStatus] = {
    "accepted": "accepted",
    "pending": "pending",
    "awaiting_host": "pending",
    "cancelled": "cancelled",
    "rejected": "rejected",
}


class Me(Answered):
    """Whose key it is."""

    id: int
    username: str | None = None
    email: str
    name: str | None = None
    time_zone: str = "UTC"

    def account(self) -> Account:
        """As scheduling knows it."""
        username = self.username or str(self.id)
        return Account(
            id=self.id, username=username, email=self.email, name=self.name or username, zone=self.time_zone
        )


class Someone(Answered):
    """A host or attendee. Platform accounts have a technical `email` and a human `displayEmail`."""

    name: str | None = None
    email: str = ""
    display_email: str | None = None
    time_zone: str | None = None

    def attendee(self) -> Attendee:
        """As scheduling knows them."""
        return Attendee(
            email=self.display_email or self.email, name=self.name or "", zone=self.time_zone or "UTC"
        )


class BookingRecord(Answered):
    """A booking of 2024-08-13."""

    uid: str
    title: str = ""
    status: str
    start: datetime
    end: datetime
    event_type_id: int | None = None
    hosts: tuple[Someone, ...] = ()
    attendees: tuple[Someone, ...] = ()
    location: str | None = None
    metadata: dict[str, Any] | None = None
    rescheduled_to_uid: str | None = None
    rescheduled_from_uid: str | None = None
    cancellation_reason: str | None = None
    rescheduling_reason: str | None = None

    def booking(self) -> Booking:
        """As scheduling knows it. Raises WrongVersion for a status as older versions write it."""
        noted = self.metadata or {}
        return Booking(
            uid=self.uid,
            title=str(noted.get(TITLE) or self.title),
            start=utc(self.start),
            end=utc(self.end),
            status=status_of(self.status),
            event_type_id=self.event_type_id,
            hosts=tuple(one.attendee() for one in self.hosts),
            attendees=tuple(one.attendee() for one in self.attendees),
            location=place_of(self.location),
            request_id=noted.get(REQUEST_ID),
            moved_to_uid=self.rescheduled_to_uid,
            moved_from_uid=self.rescheduled_from_uid,
            reason=self.cancellation_reason or self.rescheduling_reason or None,
        )


class Pages(Answered):
    """Where a list stands."""

    has_next_page: bool


class OpenSlot(Answered):
    """A slot in `format=range`; `seatsRemaining` only for seated event types."""

    start: datetime
    end: datetime
    seats_remaining: int | None = None

    def slot(self) -> Slot:
        """As scheduling knows it."""
        return Slot(start=utc(self.start), end=utc(self.end))


class Reserved(Answered):
    """A slot reservation."""

    reservation_uid: str
    reservation_until: datetime


def read_me(body: Any) -> Account:
    """Read GET /me."""
    return Me.model_validate(data_of(body)).account()


def read_booking(body: Any) -> Booking:
    """Read a booking; of a recurring one (a list) the first."""
    data = data_of(body)
    first = data[0] if isinstance(data, list) and data else data
    return BookingRecord.model_validate(first).booking()


def read_bookings(body: Any) -> tuple[tuple[Booking, ...], bool]:
    """Read a page of bookings, and whether there is another."""
    data = data_of(body)
    if not isinstance(data, list) or not isinstance(body.get("pagination"), dict):
        raise WrongVersion("bookings of another API version")
    found = tuple(BookingRecord.model_validate(one).booking() for one in data)
    return found, Pages.model_validate(body["pagination"]).has_next_page


def read_slots(body: Any) -> tuple[Slot, ...]:
    """Read GET /slots, in order, without those whose seats are all taken."""
    data = data_of(body)
    if not isinstance(data, dict) or "slots" in data:
        raise WrongVersion("slots of another API version")
    found = [OpenSlot.model_validate(one) for day in data.values() for one in day]
    return tuple(
        sorted((one.slot() for one in found if one.seats_remaining != 0), key=lambda slot: slot.start)
    )


def read_hold(body: Any) -> Hold:
    """Read a fresh reservation."""
    reserved = Reserved.model_validate(data_of(body))
    return Hold(uid=reserved.reservation_uid, until=utc(reserved.reservation_until))


def status_of(text: str) -> BookingStatus:
    """Our status. Raises WrongVersion for one in capitals or unknown."""
    if text not in STATUSES:
        raise WrongVersion("booking status of another API version")
    return STATUSES[text]


def place_of(location: str | None) -> str | None:
    """Where a booking takes place; Cal.com's internal names ("integrations:daily") tell nobody anything."""
    if not location or location.startswith("integrations:"):
        return None
    return location

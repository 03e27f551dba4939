"""What the small Cal.com keeps: accounts, event types, bookings, reservations, busy times."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

Scheduling = Literal["roundRobin", "collective"]
BookingStatus = Literal["accepted", "pending", "cancelled", "rejected"]

# Places that attendees name, as Cal.com calls them inside.
ATTENDEES_PLACES = {
    "attendeePhone": "phone",
    "attendeeAddress": "attendeeInPerson",
    "attendeeDefined": "somewhereElse",
}

STANDARD_FIELDS = ("name", "splitName", "email", "title", "location", "notes", "guests", "rescheduleReason")


def is_custom(field: Mapping[str, Any]) -> bool:
    """Whether a booking field is the event type's own, and none that every one has."""
    return field.get("type") not in STANDARD_FIELDS and field.get("slug") not in STANDARD_FIELDS


@dataclass(unsafe_hash=True)
class Account:
    """Somebody with a calendar and a key. PATCH /me changes it in place, for all that refer to it."""

    id: int
    person_id: str
    username: str = field(compare=False)
    name: str = field(compare=False)
    email: str = field(compare=False)
    zone: str = field(compare=False)
    key: str = field(compare=False)
    also: dict[str, Any] = field(default_factory=dict, compare=False)  # what else PATCH /me set


@dataclass(frozen=True)
class EventType:
    """A kind of meeting. Times in minutes; `notice` as Cal.com's default."""

    id: int
    owner: Account
    slug: str
    title: str
    minutes: int
    lengths: tuple[int, ...] = ()
    confirms: bool = False
    seats: int | None = None
    notice: int = 120
    buffer_before: int = 0
    buffer_after: int = 0
    per_day: int | None = None
    hidden: bool = False
    price: int = 0
    disable_guests: bool = False
    disable_cancelling: bool = False
    requires_auth: bool = False
    occurrences: int | None = None
    required_fields: tuple[str, ...] = ()  # slugs of texts that a booking must bring
    fields: tuple[dict[str, Any], ...] = ()  # booking fields as POST /event-types takes them
    shows_title: bool = False
    description: str = ""
    locations: tuple[dict[str, Any], ...] = ()
    interval: int | None = None  # between starts; else the length
    schedule_id: int | None = None  # else the owner's default
    team_id: int | None = None
    scheduling: Scheduling | None = None  # of a team's
    hosts: tuple[Account, ...] = ()  # of a team's; one of them is the owner
    also: dict[str, Any] = field(default_factory=dict)  # set by API and only shown again

    def as_held(self) -> "list[EventType]":
        """The ways in which it can be held: by any one host of a round robin, else by all together."""
        if self.scheduling != "roundRobin":
            return [self]
        return [replace(self, owner=host, hosts=(host,)) for host in self.hosts]

    @property
    def holders(self) -> tuple[Account, ...]:
        """Who must be free for it, as it stands."""
        return self.hosts or (self.owner,)

    @property
    def needed(self) -> tuple[str, ...]:
        """Slugs of the fields of its own that a booking must answer."""
        named = [str(one["slug"]) for one in self.fields if one.get("required") and is_custom(one)]
        return (*self.required_fields, *named)

    @property
    def place(self) -> str:
        """Where its bookings take place unless said otherwise."""
        first = self.locations[0] if self.locations else {}
        named = first.get("link") or first.get("phone") or first.get("address")
        return str(named or ATTENDEES_PLACES.get(str(first.get("type"))) or "integrations:daily")


@dataclass(frozen=True)
class Participant:
    """An attendee of a booking; a guest has no name. `seat`: only at seated event types."""

    name: str
    email: str
    zone: str
    language: str = "en"
    seat: str | None = None
    is_guest: bool = False
    id: int = 0
    phone: str | None = None
    is_absent: bool = False


@dataclass(frozen=True)
class Booking:
    """A booking. A change is a copy under the same uid; a move is another booking."""

    id: int
    uid: str
    event_type: EventType
    title: str
    start: datetime
    end: datetime
    status: BookingStatus
    attendees: tuple[Participant, ...]
    created_at: datetime
    updated_at: datetime
    metadata: dict[str, str] = field(default_factory=dict)
    responses: dict[str, Any] = field(default_factory=dict)
    location: str = ""
    ics_uid: str = ""
    cancellation_reason: str = ""
    rejection_reason: str | None = None
    rescheduling_reason: str | None = None
    rescheduled_by: str | None = None
    moved_from: str | None = None
    moved_to: str | None = None
    series: str | None = None
    host_is_absent: bool = False
    sequence: int = 0  # how often it was moved
    co_hosts: tuple[Account, ...] = ()  # of a collective event type

    @property
    def host(self) -> Account:
        """Whose calendar it is in."""
        return self.event_type.owner

    @property
    def all_hosts(self) -> tuple[Account, ...]:
        """Everybody who holds it."""
        return (self.host, *self.co_hosts)

    @property
    def guests(self) -> tuple[str, ...]:
        """Addresses of those who were brought along."""
        return tuple(one.email for one in self.attendees if one.is_guest)

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.end - self.start) / timedelta(minutes=1))

    def but(self, **changes: Any) -> "Booking":
        """A changed copy."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Reservation:
    """A slot hidden from `GET /slots` for a while."""

    uid: str
    event_type: EventType
    start: datetime
    end: datetime
    minutes: int
    until: datetime


@dataclass(frozen=True)
class BusyTime:
    """A time in somebody's calendar that is no booking."""

    person_id: str
    start: datetime
    end: datetime
    title: str


@dataclass(frozen=True)
class PrivateLink:
    """A booking link for few: until a moment, or for so many uses."""

    id: str
    event_type_id: int
    expires_at: datetime | None = None
    most_uses: int | None = None
    uses: int = 0


@dataclass(frozen=True)
class Absence:
    """A time out of office. `to`: who takes over."""

    id: int
    uuid: str
    account: Account
    start: datetime
    end: datetime
    notes: str | None = None
    to: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Request:
    """One call that was answered, for tests."""

    method: str
    path: str
    version: str | None
    status: int

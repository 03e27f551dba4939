"""What an API v1 answers, as scheduling knows it. Shapes: Cal.com 5.3, the last source that has it."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, TypeAdapter

from bot.calcom.endpoints.booking_fields import BookingField, worded
from bot.calcom.models import Answered, Instant, Many
from bot.calcom.questions import of_v1, questions_of
from bot.calcom.translating import request_id_in, title_in
from bot.scheduling.model import (
    Account,
    Attendee,
    Booking,
    BookingStatus,
    EventType,
    Obstacle,
    Question,
    Slot,
)

V1Status = Literal["ACCEPTED", "PENDING", "AWAITING_HOST", "CANCELLED", "REJECTED"]
STATUSES: dict[V1Status, BookingStatus] = {
    "ACCEPTED": "accepted",
    "PENDING": "pending",
    "AWAITING_HOST": "pending",
    "CANCELLED": "cancelled",
    "REJECTED": "rejected",
}


class OtherAnswer(ValueError):
    """The answer is not of API v1."""


class V1User(Answered):
    """Whose key it is. `time_zone` is an IANA name."""

    id: int
    username: str | None = None
    name: str | None = None
    email: str
    time_zone: str = "UTC"

    def account(self) -> Account:
        """As scheduling knows it."""
        username = self.username or str(self.id)
        return Account(
            id=self.id, username=username, email=self.email, name=self.name or username, zone=self.time_zone
        )


class V1Field(Answered):
    """A question that bookers are asked."""

    name: str = ""
    type: str = ""
    label: str | None = None
    options: Many[Annotated[str, BeforeValidator(worded)]] = ()
    required: bool = False
    hidden: bool = False

    def field(self) -> BookingField:
        """As the newer API has it."""
        return of_v1(
            self.name,
            self.type,
            label=self.label or "",
            options=self.options,
            required=self.required,
            hidden=self.hidden,
        )


class V1Metadata(Answered):
    """Of an event type: the lengths in minutes from which bookers choose."""

    multiple_duration: tuple[int, ...] | None = None


class V1EventType(Answered):
    """A kind of meeting. `length` in minutes; `link`: its public page."""

    id: int
    slug: str
    title: str
    length: int
    link: str | None = None
    hidden: bool = False
    requires_confirmation: bool = False
    disable_guests: bool = False
    price: float | None = None
    seats_per_time_slot: int | None = None
    recurring_event: dict[str, Any] | None = None
    scheduling_type: str | None = None
    booking_fields: tuple[V1Field, ...] | None = None
    metadata: V1Metadata | None = None

    def event_type(self) -> EventType:
        """As scheduling knows it."""
        return EventType(
            id=self.id,
            slug=self.slug,
            title=self.title,
            minutes=self.length,
            lengths=(self.metadata and self.metadata.multiple_duration) or (self.length,),
            url=self.link or "",
            confirms=self.requires_confirmation,
            hidden=self.hidden,
            allows_guests=not self.disable_guests,
            obstacle=self._obstacle(),
            questions=self._questions() or (),
        )

    def asks_for(self, name: str) -> bool:
        """Whether bookers see this question."""
        return any(one.name == name and not one.hidden for one in self.booking_fields or ())

    def _questions(self) -> tuple[Question, ...] | None:
        return questions_of(one.field() for one in self.booking_fields or ())

    def _obstacle(self) -> Obstacle | None:
        """Why the bot cannot book it yet; the first reason that applies."""
        reasons: tuple[tuple[bool, Obstacle], ...] = (
            ((self.scheduling_type or "").upper() == "MANAGED", "managed"),
            (bool(self.price), "payment"),
            (bool(self.seats_per_time_slot), "seats"),
            (bool(self.recurring_event), "recurring"),
            (self._questions() is None, "required_fields"),
        )
        return next((obstacle for applies, obstacle in reasons if applies), None)


class V1Slot(Answered):
    """A bookable time; `away`: shown as taken, for the host is out of office."""

    time: Instant
    away: bool = False


SLOTS = TypeAdapter(dict[str, tuple[V1Slot, ...]], config=ConfigDict(hide_input_in_errors=True))


class V1Person(Answered):
    """A host or attendee. The answer to a create hides the host's address."""

    name: str | None = None
    email: str | None = None
    time_zone: str | None = None

    def attendee(self) -> Attendee:
        """As scheduling knows them."""
        return Attendee(email=self.email or "", name=self.name or "", zone=self.time_zone or "UTC")


class V1Booking(Answered):
    """A booking. `id` is what the API asks for, `uid` what webhooks name; `from_reschedule`: the old one."""

    id: int
    uid: str
    user_id: int | None = None
    event_type_id: int | None = None
    title: str = ""
    status: V1Status
    start_time: Instant
    end_time: Instant
    user: V1Person | None = None
    attendees: tuple[V1Person, ...] = ()
    metadata: dict[str, Any] | None = None
    from_reschedule: str | None = None

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.end_time - self.start_time

    @property
    def request_id(self) -> str | None:
        """Ours, where we have made it."""
        return request_id_in(self.metadata)

    def involves(self, account: Account) -> bool:
        """Whether this account hosts or attends. An administrator's key reads everybody's bookings."""
        attends = any((one.email or "").lower() == account.email.lower() for one in self.attendees)
        return attends or self.user_id in (None, account.id)

    def booking(self, account: Account) -> Booking:
        """As scheduling knows it; `account` stands for a host who is not named."""
        return Booking(
            uid=self.uid,
            title=title_in(self.metadata, self.title),
            start=self.start_time,
            end=self.end_time,
            status=STATUSES[self.status],
            event_type_id=self.event_type_id,
            hosts=(self._host(account),),
            attendees=tuple(one.attendee() for one in self.attendees),
            request_id=self.request_id,
            moved_from_uid=self.from_reschedule,
            tells_of_moves=False,
        )

    def _host(self, account: Account) -> Attendee:
        if self.user and self.user.email:
            return self.user.attendee()
        return Attendee(email=account.email, name=account.name, zone=account.zone)


def read_user(body: Any) -> V1User:
    """Read GET /me."""
    return V1User.model_validate(_inside(body, "user"))


def read_event_types(body: Any) -> tuple[V1EventType, ...]:
    """Read GET /event-types."""
    return tuple(V1EventType.model_validate(one) for one in _list(body, "event_types"))


def read_booking(body: Any) -> V1Booking:
    """Read one booking; a create is answered without the envelope that the documents show around it."""
    inside = body.get("booking") if isinstance(body, dict) else None
    return V1Booking.model_validate(inside or body)


def read_bookings(body: Any) -> tuple[V1Booking, ...]:
    """Read GET /bookings: all of them, for without `page` there are no pages."""
    return tuple(V1Booking.model_validate(one) for one in _list(body, "bookings"))


def read_slots(body: Any, length: timedelta) -> tuple[Slot, ...]:
    """Read GET /slots, in order; it does not say when they end."""
    days = SLOTS.validate_python(_inside(body, "slots"))
    found = [one for day in days.values() for one in day]
    open_ones = (Slot(start=one.time, end=one.time + length) for one in found if not one.away)
    return tuple(sorted(open_ones, key=lambda slot: slot.start))


def _list(body: Any, name: str) -> list[Any]:
    found = _inside(body, name)
    if not isinstance(found, list):
        raise OtherAnswer("a list of another API version")
    return found


def _inside(body: Any, name: str) -> Any:
    if not isinstance(body, dict) or name not in body:
        raise OtherAnswer("an answer of another API version")
    return body[name]

"""An event type as Cal.com answers it: a person's or a team's, in 2024-06-14 and in 2026-06-12."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.calcom.endpoints.booking_fields import BookingField
from bot.calcom.models import Answered, Many


class Switch(Answered):
    """A setting that is off when it says `disabled`, and on when it says what it wants."""

    disabled: bool = False


class ConfirmationPolicy(Switch):
    """Whether the host has to accept bookings: `always`, or those at short notice (`time`)."""

    type: str | None = None
    block_unconfirmed_bookings_in_booker: bool = False


class Recurrence(Switch):
    """How often one booking repeats: every `interval` weeks, months or years."""

    interval: int | None = None
    occurrences: int | None = None
    frequency: str | None = None


class Seats(Switch):
    """How many may book the same time."""

    seats_per_time_slot: int | None = None
    show_attendee_info: bool | None = None
    show_availability_count: bool | None = None


class BookingWindow(Switch):
    """How far ahead may be booked: so many `businessDays` or `calendarDays`, or a `range` of two dates."""

    type: str | None = None
    value: int | tuple[str, ...] | None = None
    rolling: bool | None = None


class Limits(Switch):
    """How many bookings, or how many minutes of them, there may be in each."""

    day: int | None = None
    week: int | None = None
    month: int | None = None
    year: int | None = None


class Rescheduling(Switch):
    """Whether it may be moved. `minutes_before`: not within so many minutes of the start."""

    minutes_before: int | None = None


class OfferedPlace(Answered):
    """Where it can take place. Bookers may choose among an event type's locations."""

    type: str
    address: str | None = None
    link: str | None = None
    phone: str | None = None
    integration: str | None = None
    location: str | None = None
    public: bool | None = None


class Person(Answered):
    """Whose event type it is: a user's `id`, or `user_id` of a team's host."""

    id: int | None = None
    user_id: int | None = None
    name: str | None = None
    username: str | None = None
    mandatory: bool | None = None
    priority: str | None = None


class TeamOfType(Answered):
    """The team of a team's event type."""

    id: int | None = None
    slug: str | None = None
    name: str | None = None


def _first(said: Any) -> Any:
    """Documented as a list, answered as one object: take either."""
    return next(iter(said), None) if isinstance(said, list) else said


def _as_of_now(said: Any) -> Any:
    """`ROUND_ROBIN`, as older versions write it, is `roundRobin`."""
    plain = said.replace("_", "").lower() if isinstance(said, str) else said
    return "roundRobin" if plain == "roundrobin" else plain


class EventTypeRecord(Answered):
    """An event type. Times in minutes; `length_in_minutes_options` only where bookers may choose."""

    id: int
    slug: str
    title: str
    length_in_minutes: int
    length_in_minutes_options: Many[int] = ()
    owner_id: int | None = None
    description: str | None = None
    locations: Many[OfferedPlace] = ()
    booking_fields: Many[BookingField] = ()
    booking_url: str | None = None
    hidden: bool = False
    price: float | None = None
    currency: str | None = None
    users: Many[Person] = ()
    metadata: dict[str, Any] | None = None
    schedule_id: int | None = None
    slot_interval: int | None = None
    minimum_booking_notice: int | None = None
    before_event_buffer: int | None = None
    after_event_buffer: int | None = None
    booking_window: Annotated[BookingWindow | None, BeforeValidator(_first)] = None
    booking_limits_count: Limits | None = None
    booking_limits_duration: Limits | None = None
    confirmation_policy: ConfirmationPolicy | None = None
    recurrence: Recurrence | None = None
    seats: Seats | None = None
    disable_guests: bool = False
    disable_cancelling: Switch | None = None
    disable_rescheduling: Rescheduling | None = None
    requires_booker_email_verification: bool | None = None
    booking_requires_authentication: bool | None = None
    team_id: int | None = None
    parent_event_type_id: int | None = None
    scheduling_type: Annotated[str | None, BeforeValidator(_as_of_now)] = None  # or collective, managed
    hosts: Many[Person] = ()
    assign_all_team_members: bool | None = None
    team: TeamOfType | None = None


class DeletedEventType(Answered):
    """What is left of a deleted event type."""

    id: int
    slug: str
    title: str
    length_in_minutes: int

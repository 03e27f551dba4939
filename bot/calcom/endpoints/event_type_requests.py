"""What to ask for an event type: find, create, change. Times in minutes."""

from typing import Annotated, Literal

from pydantic import Field, SerializeAsAny

from bot.calcom.endpoints.booking_fields import AskedField, OlderField
from bot.calcom.models import Asked

Order = Literal["asc", "desc"]
Integration = Literal["cal-video", "google-meet", "zoom", "office365-video"]  # all that the API may set


# None at all would be answered with 400.
BookingFields = Annotated[tuple[SerializeAsAny[AskedField | OlderField], ...], Field(min_length=1)]


class FindEventTypes(Asked):
    """Whose event types: a `username`'s (of these the `event_slug`), or of several people at once."""

    username: str | None = None
    event_slug: str | None = None
    usernames: tuple[str, ...] | None = None
    org_slug: str | None = None
    org_id: int | None = None
    sort_created_at: Order | None = None


class Off(Asked):
    """Switches a setting off."""

    disabled: Literal[True] = True


class AddressPlace(Asked):
    """At an address of the host's."""

    type: Literal["address"] = "address"
    address: str
    public: bool


class LinkPlace(Asked):
    """At a link of the host's."""

    type: Literal["link"] = "link"
    link: str
    public: bool


class PhonePlace(Asked):
    """On a telephone number of the host's, with its country's code."""

    type: Literal["phone"] = "phone"
    phone: str
    public: bool


class IntegrationPlace(Asked):
    """In a connected conferencing app."""

    type: Literal["integration"] = "integration"
    integration: Integration


class AttendeePlace(Asked):
    """Where whoever books says."""

    type: Literal["attendeePhone", "attendeeAddress", "attendeeDefined"]


Place = AddressPlace | LinkPlace | PhonePlace | IntegrationPlace | AttendeePlace


class LimitsPer(Asked):
    """So many bookings, or minutes of them, in each."""

    day: int | None = None
    week: int | None = None
    month: int | None = None
    year: int | None = None


class NoticeThreshold(Asked):
    """At shorter notice than this a host has to accept."""

    unit: Literal["minutes", "hours"]
    count: int


class Confirmation(Asked):
    """The host has to accept: always, or at short notice (`time`, with its threshold)."""

    type: Literal["always", "time"]
    notice_threshold: NoticeThreshold | None = None
    block_unconfirmed_bookings_in_booker: bool


class Repeats(Asked):
    """One booking makes `occurrences` of them."""

    interval: int
    occurrences: int
    frequency: Literal["yearly", "monthly", "weekly"]


class SeatsPerSlot(Asked):
    """Several may book the same time."""

    seats_per_time_slot: int
    show_attendee_info: bool
    show_availability_count: bool


class DaysAhead(Asked):
    """So many days ahead may be booked; `rolling`: so many that have free slots."""

    type: Literal["businessDays", "calendarDays"]
    value: int
    rolling: bool | None = None


class Between(Asked):
    """Only between two dates, `YYYY-MM-DD`."""

    type: Literal["range"] = "range"
    value: tuple[str, str]


class Forbid(Asked):
    """Whether people may not cancel."""

    disabled: bool


class ForbidMoving(Forbid):
    """Whether people may not move it, or not within so many minutes of its start."""

    minutes_before: int | None = None


class UpdateEventType(Asked):
    """What to change. `booking_fields`, `locations` replace all that there are; left out, they stay."""

    length_in_minutes: int | None = None
    length_in_minutes_options: tuple[int, ...] | None = None
    title: str | None = None
    slug: str | None = None
    description: str | None = None
    locations: tuple[Place, ...] | None = None
    booking_fields: BookingFields | None = None
    disable_guests: bool | None = None
    slot_interval: int | None = None
    minimum_booking_notice: int | None = None
    before_event_buffer: int | None = None
    after_event_buffer: int | None = None
    schedule_id: int | None = None
    booking_limits_count: LimitsPer | Off | None = None
    booking_limits_duration: LimitsPer | Off | None = None
    booking_window: DaysAhead | Between | Off | None = None
    confirmation_policy: Confirmation | Off | None = None
    recurrence: Repeats | Off | None = None
    seats: SeatsPerSlot | Off | None = None
    only_show_first_available_slot: bool | None = None
    requires_booker_email_verification: bool | None = None
    booking_requires_authentication: bool | None = None
    hidden: bool | None = None
    custom_name: str | None = None
    success_redirect_url: str | None = None
    disable_cancelling: Forbid | None = None
    disable_rescheduling: ForbidMoving | None = None


class CreateEventType(UpdateEventType):
    """A new event type."""

    length_in_minutes: int
    title: str
    slug: str

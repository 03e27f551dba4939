"""What is asked of Cal.com about one booking: make it, move it, end it, change who comes and where.

A field that its version does not know is answered with 400, so there is none here. Source: Cal.com's OpenAPI
documents, checked against tests/samples/calcom.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bot.calcom.endpoints.languages import Language
from bot.calcom.endpoints.locations import Location, NewLocation, Phone
from bot.calcom.endpoints.naming import Bookable, NamesEvent
from bot.calcom.models import Asked, Moment

METADATA_VALUE_LIMIT = 500  # tests/samples/calcom: bookings-create-metadata-value-too-long
GUESTS_AT_ONCE = 10  # of one call; a booking has 30 at most

MetadataKey = Annotated[str, Field(max_length=40)]
MetadataValue = Annotated[str, Field(max_length=METADATA_VALUE_LIMIT)]
Metadata = Annotated[dict[MetadataKey, MetadataValue], Field(max_length=50)]
Minutes = Annotated[int, Field(ge=1)]
ReferenceKind = Literal[
    "google_calendar", "office365_calendar", "daily_video", "google_video", "office365_video", "zoom_video"
]


class Booker(Asked):
    """Who books: an address or a number is needed, mostly the first. `time_zone` is an IANA name."""

    name: str
    time_zone: str
    email: str | None = None
    phone_number: Phone | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def can_be_reached(self) -> "Booker":
        """Raises ValueError for neither address nor number."""
        if not (self.email or self.phone_number):
            raise ValueError("neither email nor phone_number")
        return self


class HostSwitches(Asked):
    """What only hosts may want, and what is ignored when others want it. Not on all servers (`UNKNOWN`)."""

    allow_conflicts: bool | None = None
    allow_booking_out_of_bounds: bool | None = None
    skip_booking_limits: bool | None = None


class NewBooking(NamesEvent, HostSwitches):
    """POST /bookings. The event type decides whether it is a single one, a series, or a seat.

    `guests`: e-mail addresses. `length_in_minutes` only where the event type has several lengths.
    `booking_fields_responses`: answers by the slug of the field. `recurrence_count` only for a series.
    """

    event: Bookable
    start: Moment
    attendee: Booker
    guests: tuple[str, ...] | None = None
    length_in_minutes: Minutes | None = None
    location: Location | None = None
    booking_fields_responses: dict[str, Any] | None = None
    metadata: Metadata | None = None
    email_verification_code: str | None = None
    recurrence_count: Annotated[int, Field(ge=1)] | None = None


class Cancel(Asked):
    """POST /bookings/{uid}/cancel. Hosts must mostly give a reason, so always give one.

    `cancel_subsequent_bookings`: of a series, those after this one too.
    """

    cancellation_reason: str | None = None
    cancel_subsequent_bookings: bool | None = None


class CancelSeat(Asked):
    """POST /bookings/{uid}/cancel, of one person of a seated booking."""

    seat_uid: str
    cancellation_reason: str | None = None


class Reschedule(HostSwitches):
    """POST /bookings/{uid}/reschedule. `rescheduled_by`: an e-mail address; the owner's confirms at once."""

    start: Moment
    rescheduled_by: str | None = None
    rescheduling_reason: str | None = None
    email_verification_code: str | None = None
    reschedule_with_same_host: bool | None = None


class RescheduleSeat(HostSwitches):
    """POST /bookings/{uid}/reschedule, of one person of a seated booking."""

    start: Moment
    seat_uid: str
    rescheduled_by: str | None = None
    email_verification_code: str | None = None


class RequestReschedule(Asked):
    """POST /bookings/{uid}/request-reschedule: here the reason has another name than elsewhere."""

    reschedule_reason: str | None = None


class Decline(Asked):
    """POST /bookings/{uid}/decline."""

    reason: str | None = None


class ReassignTo(Asked):
    """POST /bookings/{uid}/reassign/{user_id}."""

    reason: str | None = None


class Absent(Asked):
    """Whether somebody of this address was absent."""

    email: str
    absent: bool


class MarkAbsent(Asked):
    """POST /bookings/{uid}/mark-absent; not before the start. `host`: whether the host was absent."""

    host: bool | None = None
    attendees: tuple[Absent, ...] | None = None


class AddAttendee(Asked):
    """POST /bookings/{uid}/attendees; not for seated ones. `time_zone` is an IANA name."""

    name: str
    time_zone: str
    email: str
    phone_number: Phone | None = None
    language: Language | None = None


class Guest(Asked):
    """Somebody who comes too."""

    email: str
    name: str | None = None
    time_zone: str | None = None
    phone_number: Phone | None = None
    language: Language | None = None


class AddGuests(Asked):
    """POST /bookings/{uid}/guests; not for seated ones."""

    guests: tuple[Guest, ...] = Field(min_length=1, max_length=GUESTS_AT_ONCE)


class ChangeLocation(Asked):
    """PATCH /bookings/{uid}/location. Self-hosted servers leave the entry in people's calendars as it was."""

    location: NewLocation


class ReferencesAsked(Asked):
    """GET /bookings/{uid}/references; `type`: only of this kind."""

    type: ReferenceKind | None = None

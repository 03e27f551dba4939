"""Reads Cal.com's webhook deliveries: the signature first, over the raw bytes, then what they tell. Pure."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from pydantic import Field, ValidationError

from bot.calcom.endpoints.booking_answers import PersonRecord
from bot.calcom.endpoints.webhooks import Trigger
from bot.calcom.models import Answered, Instant
from bot.calcom.translating import attendee_of, place_of, request_id_in, title_in
from bot.scheduling.model import Absence, Booking, BookingEvent, BookingNews, BookingStatus, CalendarRef
from bot.scheduling.outside_json import read_json

# All that is told, and what a booking's status is then. A request that is confirmed is "created", too; a
# booking of a confirming type that is moved is "requested".
TOLD: Final[Mapping[str, tuple[BookingNews, BookingStatus]]] = {
    "BOOKING_CREATED": ("created", "accepted"),
    "BOOKING_REQUESTED": ("requested", "pending"),
    "BOOKING_RESCHEDULED": ("rescheduled", "accepted"),
    "BOOKING_CANCELLED": ("cancelled", "cancelled"),
    "BOOKING_REJECTED": ("rejected", "rejected"),
    "BOOKING_PAID": ("paid", "accepted"),
    "BOOKING_LOCATION_UPDATED": ("place_changed", "accepted"),
    "BOOKING_REASSIGNED": ("reassigned", "accepted"),
}
FLAT: Final[Mapping[str, BookingNews]] = {"MEETING_STARTED": "started", "MEETING_ENDED": "ended"}
NO_SHOW: Final = "BOOKING_NO_SHOW_UPDATED"
AWAY: Final = "OOO_CREATED"
HEARD: Final[tuple[Trigger, ...]] = (
    "BOOKING_CREATED",
    "BOOKING_REQUESTED",
    "BOOKING_RESCHEDULED",
    "BOOKING_CANCELLED",
    "BOOKING_REJECTED",
    "BOOKING_PAID",
    "BOOKING_LOCATION_UPDATED",
    "BOOKING_REASSIGNED",
    "BOOKING_NO_SHOW_UPDATED",
    "MEETING_STARTED",
    "MEETING_ENDED",
    "OOO_CREATED",
)  # what we have Cal.com tell us, all of which is read here
# These may happen to a booking again and again: what makes each of them another is when.
REPEATED: Final[frozenset[str]] = frozenset({NO_SHOW, "BOOKING_LOCATION_UPDATED", "BOOKING_REASSIGNED"})
PATH: Final = "/webhooks/calcom"


class BadSignature(Exception):
    """Not signed with our secret."""


class UnreadableEvent(Exception):
    """Signed, but not in the shape that Cal.com documents."""


class Hook(NamedTuple):
    """Where the news of one calendar come in: that of the settings, a workspace's, or a person's account.

    Whoever has a calendar can read its hook's secret at Cal.com: it speaks for that calendar alone.
    """

    team: str = ""
    person: str = ""
    account: str = ""

    @property
    def path(self) -> str:
        """Under the bot's own address."""
        return "/".join((PATH, *(one for one in self if one)))

    @property
    def calendar(self) -> CalendarRef:
        """Whose news come in there."""
        return CalendarRef(person=self.person, account=self.account)

    def secret(self, secret: str) -> str:
        """What its deliveries are signed with; `secret`: of all hooks."""
        if not self.team:
            return secret
        if not self.person:
            return _derived(secret, f"webhooks of {self.team}")
        return _derived(secret, f"webhook of account {self.team}/{self.person}/{self.account}")


class Payload(Answered):
    """A booking as webhooks tell it: other names than in the REST API."""

    uid: str
    title: str = ""
    start_time: Instant
    end_time: Instant
    event_type_id: int | None = None
    organizer: PersonRecord | None = None
    attendees: tuple[PersonRecord, ...] = ()
    location: str | None = None
    metadata: dict[str, Any] | None = None  # absent when cancelled or rejected
    reschedule_uid: str | None = None
    reschedule_start_time: Instant | None = None
    rescheduled_by: str | None = None
    cancelled_by: str | None = None
    cancellation_reason: str | None = None
    rejection_reason: str | None = None


class Delivery(Answered):
    """The envelope. `createdAt` is inside the signed body; how old is too old is the caller's affair."""

    trigger_event: str
    created_at: Instant
    payload: Payload


class Marked(Answered):
    """Somebody who came, or did not."""

    email: str
    no_show: bool = False


class NoShow(Answered):
    """Who did not come: the booking is named, and nothing else said of it."""

    booking_uid: str
    attendees: tuple[Marked, ...] = ()


class NoShowDelivery(Answered):
    """The envelope of that."""

    trigger_event: str
    created_at: Instant
    payload: NoShow


class Passing(Answered):
    """A meeting begins or ends: the booking as Cal.com keeps it, without an envelope. Its `createdAt` is when
    it was booked; when this happened follows from its times."""

    trigger_event: str
    uid: str
    start_time: Instant
    end_time: Instant


class Entry(Answered):
    """An absence."""

    start: Instant
    end: Instant
    user: PersonRecord


class Out(Answered):
    """What tells of it."""

    ooo_entry: Entry


class AwayDelivery(Answered):
    """The envelope of that."""

    trigger_event: str
    created_at: Instant
    payload: Out


class Envelope(Answered):
    """As much as every delivery has, those we do not tell included."""

    trigger_event: str = Field(...)


def read_event(body: bytes, signature: str | None, secret: str, hook: Hook = Hook()) -> BookingEvent | None:  # noqa: B008
    """Check and read a delivery. None: news that we do not tell. Raises BadSignature, UnreadableEvent.

    The signature is hex(HMAC-SHA256(secret, body)), lower case, in `X-Cal-Signature-256`. `secret`: of all
    hooks; `hook`: where it came in.
    """
    if not is_signed(body, signature, hook.secret(secret) if secret else ""):
        raise BadSignature("signature does not match")
    try:
        parsed = read_json(body)
        read = _reader(Envelope.model_validate(parsed).trigger_event)
        event = read(parsed) if read else None
    except ValidationError as error:
        raise UnreadableEvent(f"{error.error_count()} fields do not fit") from error
    except (ValueError, OverflowError, RecursionError):  # their messages would quote the body
        raise UnreadableEvent("not JSON") from None
    return event and event.model_copy(update={"team": hook.team, "calendar": hook.calendar})


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Whether the signature is that of these very bytes. Nothing is signed with an empty secret."""
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = (signature or "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode(), given) and bool(secret)


def _derived(secret: str, about: str) -> str:
    return hmac.new(secret.encode(), about.encode(), hashlib.sha256).hexdigest()


def _reader(trigger: str) -> Callable[[Any], BookingEvent] | None:
    if trigger in TOLD:
        return _told
    if trigger in FLAT:
        return _passing
    return {NO_SHOW: _no_show, AWAY: _away}.get(trigger)


def _told(parsed: Any) -> BookingEvent:
    delivery = Delivery.model_validate(parsed)
    payload, (news, status) = delivery.payload, TOLD[delivery.trigger_event]
    return BookingEvent(
        id=_identity(delivery),
        news=news,
        uid=payload.uid,
        booking=_booking(payload, status),
        at=delivery.created_at,
        was_uid=payload.reschedule_uid,
        was_start=payload.reschedule_start_time,
        by_email=payload.rescheduled_by or payload.cancelled_by or None,
    )


def _passing(parsed: Any) -> BookingEvent:
    told = Passing.model_validate(parsed)
    news = FLAT[told.trigger_event]
    at = told.start_time if news == "started" else told.end_time
    return BookingEvent(id=_hashed(news, told.uid, at.isoformat()), news=news, uid=told.uid, at=at)


def _no_show(parsed: Any) -> BookingEvent:
    told = NoShowDelivery.model_validate(parsed)
    marked = [f"{one.email.lower()} {one.no_show}" for one in told.payload.attendees]
    uid, at = told.payload.booking_uid, told.created_at
    return BookingEvent(id=_hashed("no_show", uid, at.isoformat(), *marked), news="no_show", uid=uid, at=at)


def _away(parsed: Any) -> BookingEvent:
    told = AwayDelivery.model_validate(parsed)
    entry = told.payload.ooo_entry
    absence = Absence(email=entry.user.email, start=entry.start, end=entry.end)
    times = (entry.start.isoformat(), entry.end.isoformat())
    return BookingEvent(
        id=_hashed("away", absence.email.lower(), *times), news="away", at=told.created_at, away=absence
    )


def _booking(payload: Payload, status: BookingStatus) -> Booking:
    return Booking(
        uid=payload.uid,
        title=title_in(payload.metadata, payload.title),
        start=payload.start_time,
        end=payload.end_time,
        status=status,
        event_type_id=payload.event_type_id,
        hosts=(attendee_of(payload.organizer),) if payload.organizer else (),
        attendees=tuple(attendee_of(one) for one in payload.attendees),
        location=place_of(payload.location),
        request_id=request_id_in(payload.metadata),
        moved_from_uid=payload.reschedule_uid,
        reason=payload.cancellation_reason or payload.rejection_reason or None,
    )


def _identity(delivery: Delivery) -> str:
    """The same for the same news. Cal.com sends no delivery id.

    Without `createdAt` where that can be: it differs by a millisecond between two subscriptions (a user's and
    an event type's) and between two cancellations at once. With the attendees: the seats of one booking
    share its uid.
    """
    trigger, payload = delivery.trigger_event, delivery.payload
    emails = sorted(one.email.lower() for one in payload.attendees)
    when = [delivery.created_at.isoformat()] if trigger in REPEATED else []
    return _hashed(trigger, payload.uid, payload.start_time.isoformat(), *emails, *when)


def _hashed(*told: str) -> str:
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

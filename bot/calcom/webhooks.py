"""Reads Cal.com's webhook deliveries: the signature first, over the raw bytes, then what they tell. Pure."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from bot.calcom.endpoints.booking_answers import PersonRecord
from bot.calcom.models import Answered, utc
from bot.calcom.translating import attendee_of, place_of, request_id_in, title_in
from bot.scheduling.model import Booking, BookingEvent, BookingNews, BookingStatus
from bot.scheduling.outside_json import read_json

TOLD: dict[str, tuple[BookingNews, BookingStatus]] = {
    "BOOKING_CREATED": ("created", "accepted"),  # also when a requested one is confirmed
    "BOOKING_REQUESTED": ("requested", "pending"),  # also when a booking of a confirming type is moved
    "BOOKING_RESCHEDULED": ("rescheduled", "accepted"),
    "BOOKING_CANCELLED": ("cancelled", "cancelled"),
    "BOOKING_REJECTED": ("rejected", "rejected"),
}


class BadSignature(Exception):
    """Not signed with our secret."""


class UnreadableEvent(Exception):
    """Signed, but not in the shape that Cal.com documents."""


class Payload(Answered):
    """A booking as webhooks tell it: other names than in the REST API."""

    uid: str
    title: str = ""
    start_time: datetime
    end_time: datetime
    event_type_id: int | None = None
    organizer: PersonRecord | None = None
    attendees: tuple[PersonRecord, ...] = ()
    location: str | None = None
    metadata: dict[str, Any] | None = None  # absent when cancelled or rejected
    reschedule_uid: str | None = None
    reschedule_start_time: datetime | None = None
    rescheduled_by: str | None = None
    cancelled_by: str | None = None
    cancellation_reason: str | None = None
    rejection_reason: str | None = None


class Delivery(Answered):
    """The envelope. `createdAt` is inside the signed body; how old is too old is the caller's affair."""

    trigger_event: str
    created_at: datetime
    payload: Payload


class Envelope(Answered):
    """As much as every delivery has, those we do not tell included."""

    trigger_event: str = Field(...)


def read_event(body: bytes, signature: str | None, secret: str) -> BookingEvent | None:
    """Check and read a delivery. None: news that we do not tell. Raises BadSignature, UnreadableEvent.

    The signature is hex(HMAC-SHA256(secret, body)), lower case, in `X-Cal-Signature-256`.
    """
    if not is_signed(body, signature, secret):
        raise BadSignature("signature does not match")
    try:
        parsed = read_json(body)
        if Envelope.model_validate(parsed).trigger_event not in TOLD:
            return None
        return _event(Delivery.model_validate(parsed))
    except ValidationError as error:
        raise UnreadableEvent(f"{error.error_count()} fields do not fit") from error
    except (ValueError, OverflowError, RecursionError):  # their messages would quote the body
        raise UnreadableEvent("not JSON") from None


def secret_of(secret: str, team: str) -> str:
    """The secret of one workspace's webhooks: whoever knows it can speak for that workspace alone."""
    return hmac.new(secret.encode(), f"webhooks of {team}".encode(), hashlib.sha256).hexdigest()


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Whether the signature is that of these very bytes. Nothing is signed with an empty secret."""
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    given = (signature or "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode(), given) and bool(secret)


def _event(delivery: Delivery) -> BookingEvent:
    payload = delivery.payload
    return BookingEvent(
        id=_identity(delivery),
        news=TOLD[delivery.trigger_event][0],
        booking=_booking(delivery),
        at=utc(delivery.created_at),
        was_uid=payload.reschedule_uid,
        was_start=utc(payload.reschedule_start_time) if payload.reschedule_start_time else None,
        by_email=payload.rescheduled_by or payload.cancelled_by or None,
    )


def _booking(delivery: Delivery) -> Booking:
    payload = delivery.payload
    return Booking(
        uid=payload.uid,
        title=title_in(payload.metadata, payload.title),
        start=utc(payload.start_time),
        end=utc(payload.end_time),
        status=TOLD[delivery.trigger_event][1],
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

    Without `createdAt`: it differs by a millisecond between two subscriptions (a user's and an event type's)
    and between two cancellations at once. With the attendees: the seats of one booking share its uid.
    """
    payload = delivery.payload
    emails = sorted(one.email.lower() for one in payload.attendees)
    told = [delivery.trigger_event, payload.uid, utc(payload.start_time).isoformat(), *emails]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]

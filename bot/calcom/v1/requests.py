"""What is sent to an API v1. The end is ours to say: it is the start and the length."""

from datetime import datetime, timedelta
from typing import Any

from bot.calcom.models import Asked, Moment
from bot.calcom.translating import REQUEST_ID, TITLE
from bot.calcom.v1.answers import V1EventType
from bot.scheduling.commands import CreateBooking

METADATA_VALUE_LIMIT = 500


class Responses(Asked):
    """What the booker answers; `guests` are e-mail addresses."""

    name: str
    email: str
    guests: tuple[str, ...] | None = None
    title: str | None = None


class V1Create(Asked):
    """POST /bookings."""

    event_type_id: int
    start: Moment
    end: Moment
    responses: dict[str, Any]
    time_zone: str
    language: str = "en"
    metadata: dict[str, str]


class V1Move(Asked):
    """PATCH /bookings/{id}, with the names of Cal.com's source."""

    start_time: Moment
    end_time: Moment


class DocumentedMove(Asked):
    """PATCH /bookings/{id}, with the names of Cal.com's documents."""

    start: Moment
    end: Moment


def creating(command: CreateBooking, kind: V1EventType) -> V1Create:
    """What to send for a create. The request id travels in the metadata, where nobody sees it."""
    attendee = command.attendee
    title = {TITLE: command.title[:METADATA_VALUE_LIMIT]} if command.title else {}
    return V1Create(
        event_type_id=command.event_type_id,
        start=command.start,
        end=command.start + timedelta(minutes=command.minutes or kind.length),
        responses={**command.answers, **_usual(command, kind).as_json()},
        time_zone=attendee.zone,
        metadata={REQUEST_ID: command.request_id, **title},
    )


def _usual(command: CreateBooking, kind: V1EventType) -> Responses:
    attendee = command.attendee
    return Responses(
        name=attendee.name.strip() or attendee.email.partition("@")[0],
        email=attendee.email,
        guests=command.guests or None,
        title=(command.title or kind.title) if kind.asks_for("title") else None,
    )


def moving(start: datetime, length: timedelta) -> tuple[Asked, ...]:
    """What to send for a move, in the order in which to try it."""
    end = start + length
    return V1Move(start_time=start, end_time=end), DocumentedMove(start=start, end=end)

"""Reads bodies of requests as strictly as Cal.com does, and complains in its words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.playground.small_calcom.moving import Move
from bot.playground.small_calcom.records import ATTENDEES_PLACES, EventType
from bot.playground.small_calcom.refusals import Refusal, invalid, invalid_fields, wrong
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.zones import known_zones

A_DATE = "must be a valid ISO 8601 date string"
A_ZONE = "timeZone must be a valid IANA time-zone"
LANGUAGES = (
    "ar, ca, de, es, eu, he, id, ja, lv, pl, ro, sr, th, vi, az, cs, el, es-419, fi, hr, it, km, nl, "
    "pt, ru, sv, tr, "
    "zh-CN, bg, da, en, et, fr, hu, iw, ko, no, pt-BR, sk, ta, uk, zh-TW, bn"
)
METADATA_RULE = (
    "Metadata must have at most 50 keys, each key up to 40 characters, "
    "and string values up to 500 characters."
)
NO_SELECTOR = wrong(
    "eventTypeId or eventTypeSlug + username",
    "Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided",
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CREATE_FIELDS = frozenset(
    [
        "start",
        "eventTypeId",
        "eventTypeSlug",
        "username",
        "teamSlug",
        "organizationSlug",
        "attendee",
        "guests",
        "lengthInMinutes",
        "location",
        "bookingFieldsResponses",
        "metadata",
        "emailVerificationCode",
        "recurrenceCount",
        "meetingUrl",
        "instant",
        "routing",
        "allowConflicts",
    ]
)
ATTENDEE_FIELDS = frozenset({"name", "email", "phoneNumber", "timeZone", "language"})
RESCHEDULE_FIELDS = frozenset(
    {"start", "rescheduledBy", "reschedulingReason", "seatUid", "emailVerificationCode"}
)
RESCHEDULE_TEXTS = ("rescheduledBy", "reschedulingReason", "seatUid")
CANCEL_FIELDS = frozenset({"cancellationReason", "cancelSubsequentBookings", "seatUid"})


@dataclass(frozen=True)
class Wish:
    """A booking as asked for."""

    kind: EventType
    start: datetime
    minutes: int
    name: str
    email: str
    zone: str
    language: str = "en"
    guests: tuple[str, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    responses: dict[str, Any] = field(default_factory=dict)
    location: str | None = None


@dataclass(frozen=True)
class Cancelling:
    """A cancellation as asked for. `seat`: of one attendee only; `and_later`: the rest of the series too."""

    reason: str | None
    seat: str | None
    and_later: bool


def read_create(body: dict[str, Any], store: Store) -> Wish:
    """Read POST /bookings. Raises Refusal."""
    _refuse_any(
        [
            *_unknown(body, CREATE_FIELDS),
            *_bad_start(body),
            *_bad_attendee(body.get("attendee")),
            *_bad_metadata(body.get("metadata")),
            *([] if _is_selected(body) else [NO_SELECTOR]),
        ]
    )
    kind = _kind(body, store)
    attendee = body["attendee"]
    return Wish(
        kind=kind,
        start=instant(body["start"]),
        minutes=_minutes(kind, body.get("lengthInMinutes")),
        name=str(attendee.get("name")),
        email=str(attendee.get("email") or ""),
        zone=attendee["timeZone"],
        language=attendee.get("language") or "en",
        guests=tuple(body.get("guests") or ()),
        metadata=dict(body.get("metadata") or {}),
        responses={
            **_responses(kind, body.get("bookingFieldsResponses") or {}),
            **_named_place(body.get("location")),
        },
        location=_location(kind, body.get("location")),
    )


def read_reschedule(body: dict[str, Any]) -> Move:
    """Read POST /bookings/{uid}/reschedule. Raises Refusal."""
    _refuse_any([*_unknown(body, RESCHEDULE_FIELDS), *_bad_start(body), *_bad_texts(body, RESCHEDULE_TEXTS)])
    return Move(
        instant(body["start"]),
        by=body.get("rescheduledBy"),
        reason=body.get("reschedulingReason"),
        seat=body.get("seatUid"),
    )


def read_cancel(body: dict[str, Any]) -> Cancelling:
    """Read POST /bookings/{uid}/cancel. Raises Refusal."""
    _refuse_any([*_unknown(body, CANCEL_FIELDS), *_bad_texts(body, ("cancellationReason", "seatUid"))])
    return Cancelling(
        body.get("cancellationReason"),
        body.get("seatUid"),
        and_later=bool(body.get("cancelSubsequentBookings")),
    )


def read_reservation(body: dict[str, Any], store: Store) -> tuple[EventType, datetime, int]:
    """Read POST /slots/reservations: what, when, and for how many minutes it lasts. Raises Refusal."""
    for unknown in body.keys() - {"eventTypeId", "slotStart", "slotDuration", "reservationDuration"}:
        raise invalid_fields(body, unknown, "whitelistValidation", f"property {unknown} should not exist")
    if not _is_date(body.get("slotStart")):
        raise invalid_fields(body, "slotStart", "isDateString", f"slotStart {A_DATE}")
    kind = store.event_type(body.get("eventTypeId") or 0)
    if kind is None:
        raise Refusal(404, f"Event Type with ID={body.get('eventTypeId')} not found")
    return kind, instant(body["slotStart"]), int(body.get("slotDuration") or kind.minutes)


def instant(text: str) -> datetime:
    """An instant; without a zone it is meant in UTC (bookings-create-start-without-zone)."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def bad_date(values: Mapping[str, Any], name: str) -> list[str]:
    """Complain about a field that is no date."""
    return [] if _is_date(values.get(name)) else [wrong(name, f"{name} {A_DATE}")]


def bad_zone(zone: str | None) -> list[str]:
    """Complain about an unknown zone."""
    return [] if zone in known_zones() else [wrong("timeZone", A_ZONE)]


def _refuse_any(complaints: list[str]) -> None:
    if complaints:
        raise invalid(*complaints)


def _unknown(body: Mapping[str, Any], known: frozenset[str]) -> list[str]:
    return [wrong(name, f"property {name} should not exist") for name in body if name not in known]


def _bad_texts(body: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    wrongs = [name for name in names if body.get(name) is not None and not isinstance(body[name], str)]
    return [wrong(name, f"{name} must be a string") for name in wrongs]


def _bad_start(body: Mapping[str, Any]) -> list[str]:
    return bad_date(body, "start")


def _bad_attendee(attendee: Any) -> list[str]:
    if not isinstance(attendee, dict):
        return [wrong("attendee", "attendee should not be null or undefined")]
    complaints = _unknown(attendee, ATTENDEE_FIELDS)
    if not isinstance(attendee.get("name"), str):
        complaints.append(wrong("name", "name must be a string"))
    complaints += bad_zone(attendee.get("timeZone"))
    if attendee.get("language") is not None and attendee["language"] not in LANGUAGES.split(", "):
        complaints.append(wrong("language", f"language must be one of the following values: {LANGUAGES}"))
    if not attendee.get("email") and not attendee.get("phoneNumber"):
        rule = "Attendee must have at least one contact method (email or phone number)"
        complaints.append(wrong("attendee email or phone", rule))
    return [f"attendee property is wrong, {one}" for one in complaints]


def _bad_metadata(metadata: Any) -> list[str]:
    if metadata is None:
        return []
    fits = isinstance(metadata, dict) and len(metadata) <= 50
    if fits and all(isinstance(v, str) and len(v) <= 500 and len(k) <= 40 for k, v in metadata.items()):
        return []
    return [wrong("metadata", METADATA_RULE)]


def _is_selected(body: Mapping[str, Any]) -> bool:
    return body.get("eventTypeId") is not None or bool(
        body.get("eventTypeSlug") and (body.get("username") or body.get("teamSlug"))
    )


def _kind(body: Mapping[str, Any], store: Store) -> EventType:
    if body.get("eventTypeId") is not None:
        kind = store.event_type(body["eventTypeId"])
        missing = f"Event type with id {body['eventTypeId']} not found."
    else:
        kind = store.event_type_named(str(body.get("username")), str(body["eventTypeSlug"]))
        missing = f"Event type with slug {body['eventTypeSlug']} not found."
    if kind is None:
        raise Refusal(404, missing)
    return kind


def _minutes(kind: EventType, asked: Any) -> int:
    if asked is None:
        return kind.minutes
    if not kind.lengths:
        raise Refusal(
            400,
            "Can't specify 'lengthInMinutes' because event type does not have multiple possible "
            "lengths. Please, "
            "remove the 'lengthInMinutes' field from the request.",
        )
    if asked not in kind.lengths:
        offered = ", ".join(map(str, kind.lengths))
        raise Refusal(
            400,
            "Provided 'lengthInMinutes' is not one of the possible lengths for the event type. "
            f"The possible lengths are: {offered}",
        )
    return int(asked)


def _responses(kind: EventType, given: dict[str, Any]) -> dict[str, Any]:
    for slug in kind.needed:
        if not given.get(slug):
            raise Refusal(
                400,
                f"Missing required booking field response: {slug} - it is required by the event type "
                "booking fields, "
                "but missing in the bookingFieldsResponses. You can fetch the event type with ID "
                f"{kind.id} to see the required fields.",
            )
    return given


def _named_place(asked: Any) -> dict[str, Any]:
    """How a place that the attendee named comes back."""
    if not isinstance(asked, dict) or asked.get("type") not in ATTENDEES_PLACES:
        return {}
    named = asked.get("location") or asked.get("phone") or asked.get("address")
    return {"location": {"value": ATTENDEES_PLACES[asked["type"]], "optionValue": named}}


def _location(kind: EventType, asked: Any) -> str | None:
    if not isinstance(asked, dict):
        return None
    offered = [str(one["type"]) for one in kind.locations]
    if asked.get("type") not in offered:
        raise Refusal(
            400,
            f"Booking location with type {asked.get('type')} not valid for event type with "
            f"id={kind.id}. The event "
            f"type has following location types: {', '.join(offered)}, and only these types are "
            "allowed for booking "
            "location.",
        )
    return str(asked.get("location") or asked.get("phone") or asked.get("address") or kind.place)


def _is_date(text: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except (TypeError, ValueError):
        return False

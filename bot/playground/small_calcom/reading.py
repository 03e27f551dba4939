"""Reads the body that makes a booking, as strictly as Cal.com does, and complains in its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.playground.small_calcom.answers import check_answers
from bot.playground.small_calcom.pipes import (
    LANGUAGES,
    bad_date,
    bad_texts,
    bad_zone,
    instant,
    refuse_any,
    unknown,
)
from bot.playground.small_calcom.records import ATTENDEES_PLACES, EventType
from bot.playground.small_calcom.refusals import Refusal, wrong
from bot.playground.small_calcom.store import Store

METADATA_RULE = (
    "Metadata must have at most 50 keys, each key up to 40 characters, "
    "and string values up to 500 characters."
)
NO_SELECTOR = wrong(
    "eventTypeId or eventTypeSlug + username",
    "Either eventTypeId or eventTypeSlug + username or eventTypeSlug + teamSlug must be provided",
)
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
NEWER_FIELDS = frozenset({"allowBookingOutOfBounds", "skipBookingLimits"})
TYPED: dict[str, tuple[type, str]] = {
    "eventTypeId": (int, "a number"),
    "lengthInMinutes": (int, "a number"),
    "guests": (list, "an array"),
    "location": (dict, "an object"),
    "bookingFieldsResponses": (dict, "an object"),
}
ATTENDEE_FIELDS = frozenset({"name", "email", "phoneNumber", "timeZone", "language"})


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
    allowing: frozenset[str] = frozenset()  # which rules the host waives
    times: int = 1  # of a series


def read_create(body: dict[str, Any], store: Store, *, newer: bool = False) -> Wish:
    """Read POST /bookings; `newer`: of 2026-02-25. Raises Refusal."""
    refuse_any(
        [
            *unknown(body, CREATE_FIELDS | NEWER_FIELDS if newer else CREATE_FIELDS),
            *bad_date(body, "start"),
            *_bad_attendee(body.get("attendee")),
            *_bad_metadata(body.get("metadata")),
            *([] if _is_selected(body) else [NO_SELECTOR]),
            *_bad_rest(body),
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
        times=_times(kind, body.get("recurrenceCount")),
        allowing=frozenset(name for name in ("allowConflicts", *NEWER_FIELDS) if body.get(name) is True),
    )


def _bad_attendee(attendee: Any) -> list[str]:
    if not isinstance(attendee, dict):
        return [wrong("attendee", "attendee should not be null or undefined")]
    complaints = unknown(attendee, ATTENDEE_FIELDS)
    if not isinstance(attendee.get("name"), str):
        complaints.append(wrong("name", "name must be a string"))
    complaints += bad_zone(attendee.get("timeZone"))
    complaints += bad_texts(attendee, ("email", "phoneNumber", "language"))
    if attendee.get("language") is not None and attendee["language"] not in LANGUAGES.split(", "):
        complaints.append(wrong("language", f"language must be one of the following values: {LANGUAGES}"))
    if not attendee.get("email") and not attendee.get("phoneNumber"):
        rule = "Attendee must have at least one contact method (email or phone number)"
        complaints.append(wrong("attendee email or phone", rule))
    return [f"attendee property is wrong, {one}" for one in complaints]


def _bad_rest(body: Mapping[str, Any]) -> list[str]:
    complaints = bad_texts(body, ("eventTypeSlug", "username", "teamSlug"))
    for name, (kind, said) in TYPED.items():
        if body.get(name) is not None and not isinstance(body[name], kind):
            complaints.append(wrong(name, f"{name} must be {said}"))
    if not all(isinstance(one, str) for one in _listed(body.get("guests"))):
        complaints.append(wrong("guests", "each value in guests must be an email"))
    return complaints


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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
    elif body.get("username"):
        kind = store.event_type_named(str(body["username"]), str(body["eventTypeSlug"]))
        missing = f"Event type with slug {body['eventTypeSlug']} not found."
    else:
        kind = store.team_event_type(str(body["teamSlug"]), str(body["eventTypeSlug"]))
        missing = f"Event type with slug {body['eventTypeSlug']} not found."
    if kind is None:
        raise Refusal(404, missing)
    return kind


def _times(kind: EventType, asked: Any) -> int:
    """How often it takes place; who books a series may want less of it."""
    most = kind.occurrences or 1
    if kind.occurrences and isinstance(asked, int) and asked > most:
        raise Refusal(400, "Provided recurrence count is higher than the event type's recurring event count.")
    return asked if kind.occurrences and isinstance(asked, int) else most


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
    check_answers(kind, given)
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

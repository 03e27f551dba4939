"""What the server answers in 2024-04-15, into which it falls for a missing or unknown version."""

from typing import Any

from bot.playground.small_calcom.records import Account, Booking, EventType
from bot.playground.small_calcom.refusals import Refusal, stamp

COMPLAINTS = (
    ("timeZone", "isTimeZone", "timeZone must be a valid IANA time-zone"),
    ("language", "isString", "language must be a string"),
    ("metadata", "isObject", "metadata must be an object"),
)


def event_types(kinds: list[EventType], account: Account) -> dict[str, Any]:
    """GET /event-types."""
    face = "https://cal.example/avatar.svg"
    profile = {"slug": account.username, "name": account.name, "image": face}
    group = {
        "teamId": None,
        "bookerUrl": "https://cal.example",
        "membershipRole": None,
        "profile": profile,
        "eventTypes": [_event_type(one) for one in kinds],
        "metadata": {"membershipCount": 1, "readOnly": False},
    }
    known = {**profile, "membershipCount": 1, "readOnly": False, "teamId": None, "membershipRole": None}
    return {"eventTypeGroups": [group], "profiles": [known], "allUsersAcrossAllEventTypes": {}}


def bookings(found: list[Booking]) -> dict[str, Any]:
    """GET /bookings: ten at a time, and the filters of other versions are ignored."""
    shown = [booking(one) for one in found[:10]]
    more = 10 if len(found) > 10 else None
    return {"bookings": shown, "recurringInfo": [], "totalCount": len(found), "nextCursor": more}


def booking(one: Booking) -> dict[str, Any]:
    """GET /bookings/{uid}."""
    host = one.host
    return {
        "title": one.title,
        "id": one.id,
        "uid": one.uid,
        "description": "",
        "startTime": stamp(one.start),
        "endTime": stamp(one.end),
        "location": one.location,
        "status": one.status.upper(),
        "metadata": one.metadata,
        "cancellationReason": one.cancellation_reason or None,
        "responses": {"name": one.attendees[0].name, "email": one.attendees[0].email},
        "userPrimaryEmail": host.email,
        "user": {"id": host.id, "name": host.name, "email": host.email, "timeZone": host.zone},
        "attendees": [{"name": at.name, "email": at.email, "timeZone": at.zone} for at in one.attendees],
        "eventTypeId": one.event_type.id,
    }


def refuse_create(body: dict[str, Any]) -> Refusal:
    """POST /bookings wants other fields, and shows only those it knows."""
    target = {name: body[name] for name in ("start", "eventTypeId") if name in body}
    errors = [
        {"target": target, "property": name, "children": [], "constraints": {rule: text}}
        for name, rule, text in COMPLAINTS
    ]
    return Refusal(400, "Bad Request Exception", details={"errors": errors})


def _event_type(kind: EventType) -> dict[str, Any]:
    return {
        "id": kind.id,
        "slug": kind.slug,
        "title": kind.title,
        "length": kind.minutes,
        "hidden": kind.hidden,
        "requiresConfirmation": kind.confirms,
    }

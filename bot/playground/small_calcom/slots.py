"""GET /slots of 2024-09-04: what is asked, and the free starts by local day."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.reading import bad_date, bad_zone, instant
from bot.playground.small_calcom.records import Booking, EventType
from bot.playground.small_calcom.refusals import Refusal, invalid, wrong
from bot.playground.small_calcom.store import Store

KNOWN = frozenset(
    [
        "start",
        "end",
        "eventTypeId",
        "username",
        "eventTypeSlug",
        "timeZone",
        "duration",
        "format",
        "bookingUidToReschedule",
        "organizationSlug",
        "usernames",
        "teamSlug",
    ]
)
NO_SELECTOR = (
    wrong(
        "usernames",
        "each value in usernames must be a string, The array must contain at least 2 elements., "
        "usernames must be an array",
    ),
    wrong("organizationSlug", "organizationSlug must be a string"),
)


def slots_of(query: Mapping[str, str], store: Store) -> dict[str, list[dict[str, Any]]]:
    """The free starts by day of the asked zone. Raises Refusal."""
    _check(query)
    kind = _kind(query, store)
    start, end = instant(query["start"]), _end(query["end"])
    minutes = int(query.get("duration") or kind.minutes)
    moving = [uid for uid in (query.get("bookingUidToReschedule"),) if uid]
    zone = ZoneInfo(query.get("timeZone", "UTC"))
    days: dict[str, list[dict[str, Any]]] = {}
    for at in store.open_starts(kind, start, end, minutes, ignoring=moving):
        entry = _entry(at, minutes, zone, is_range=query.get("format") == "range")
        seats = _seats(kind, store.seated(kind, at))
        days.setdefault(at.astimezone(zone).date().isoformat(), []).append({**entry, **seats})
    return days


def _entry(at: datetime, minutes: int, zone: ZoneInfo, *, is_range: bool) -> dict[str, Any]:
    end = {"end": _local(at + timedelta(minutes=minutes), zone)} if is_range else {}
    return {"start": _local(at, zone), **end}


def _seats(kind: EventType, booking: Booking | None) -> dict[str, Any]:
    if not kind.seats:
        return {}
    taken = len(booking.attendees) if booking else 0
    counts = {"seatsBooked": taken, "seatsRemaining": kind.seats - taken, "seatsTotal": kind.seats}
    return {**counts, **({"bookingUid": booking.uid} if booking else {})}


def _local(at: datetime, zone: ZoneInfo) -> str:
    text = at.astimezone(zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if zone.key == "UTC" else text


def _end(text: str) -> datetime:
    """The end of the search; a bare date, or midnight itself, means the end of that day."""
    end = instant(text)
    if (end.hour, end.minute, end.second) == (0, 0, 0):
        return datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=UTC)
    return end


def _check(query: Mapping[str, str]) -> None:
    complaints = [wrong(name, f"property {name} should not exist") for name in query if name not in KNOWN]
    complaints += [*bad_date(query, "start"), *bad_date(query, "end")]
    if "timeZone" in query:
        complaints += bad_zone(query["timeZone"])
    if complaints:
        raise invalid(*complaints)
    if "eventTypeId" not in query and not ("username" in query and "eventTypeSlug" in query):
        raise invalid(*NO_SELECTOR)


def _kind(query: Mapping[str, str], store: Store) -> EventType:
    if "eventTypeId" in query:
        kind = store.event_type(int(query["eventTypeId"])) if query["eventTypeId"].isdecimal() else None
    elif any(one.username == query["username"] for one in store.accounts):
        kind = store.event_type_named(query["username"], query["eventTypeSlug"])
    else:
        raise Refusal(404, f"User with username {query['username']} not found")
    if kind is None:
        raise Refusal(404, "Event Type not found")
    return kind

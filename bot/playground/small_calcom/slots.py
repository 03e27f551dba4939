"""GET /slots of 2024-09-04: what is asked, and the free starts by local day."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.pipes import bad_date, bad_zone, instant
from bot.playground.small_calcom.records import Account, Booking, EventType
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
LONGEST = timedelta(days=366)  # nobody looks further; the real one has no such limit
DURATION = re.compile(r"[1-9]\d{0,3}")  # minutes
FORMATS = ("time", "range")
FEWEST_TOGETHER, DYNAMIC_MINUTES = 2, 30
SELECTORS = (
    ("eventTypeId",),
    ("username", "eventTypeSlug"),
    ("teamSlug", "eventTypeSlug"),
    ("usernames",),
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
    if end - start > LONGEST:
        raise Refusal(400, "Invalid time range given - check the 'start' and 'end' query parameters.")
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
    if query.get("format", "time") not in FORMATS:
        complaints.append(
            wrong("format", f"format must be one of the following values: {', '.join(FORMATS)}")
        )
    if not DURATION.fullmatch(query.get("duration", "1")):
        complaints.append(wrong("duration", "duration must be a number"))
    if complaints:
        raise invalid(*complaints)
    if not any(all(name in query for name in names) for names in SELECTORS):
        raise invalid(*NO_SELECTOR)


def _kind(query: Mapping[str, str], store: Store) -> EventType:
    """Whose slots: an event type's by id or name, a person's or a team's, or several people's."""
    if "eventTypeId" in query:
        kind = store.event_type(int(query["eventTypeId"])) if query["eventTypeId"].isdecimal() else None
    elif "usernames" in query:
        return together(query["usernames"], store)
    elif "username" in query:
        kind = store.event_type_named(_account(query["username"], store).username, query["eventTypeSlug"])
    else:
        kind = store.team_event_type(query["teamSlug"], query["eventTypeSlug"])
    if kind is None:
        raise Refusal(404, "Event Type not found")
    return kind


def _account(username: str, store: Store) -> Account:
    found = next((one for one in store.accounts if one.username == username), None)
    if found is None:
        raise Refusal(404, f"User with username {username} not found")
    return found


def together(usernames: str, store: Store) -> EventType:
    """What several people's common booking page offers: half an hour with all of them. Raises Refusal."""
    people = [_account(name, store) for name in usernames.split(",")]
    if len(people) < FEWEST_TOGETHER:
        raise invalid(wrong("usernames", "The array must contain at least 2 elements."))
    return EventType(0, people[0], "dynamic", "Dynamic", DYNAMIC_MINUTES, hosts=tuple(people))

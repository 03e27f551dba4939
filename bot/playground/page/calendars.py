"""A week of everybody's calendar, laid out for one viewer, in minutes on the viewer's wall clock. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.small_calcom import Entry

DAYS = 7
A_DAY = 24 * 60  # minutes, as they are drawn; a day on which clocks change has others
MINUTE = timedelta(minutes=1)

Json = dict[str, Any]
Span = tuple[datetime, datetime]


def week_bounds(now: datetime, zone: str, weeks_ahead: int) -> list[datetime]:
    """The eight midnights of a week from Monday, in the zone; at the weekend of the next one.

    Its days are 23 to 25 hours long."""
    home = ZoneInfo(zone)
    today = now.astimezone(home).date()
    today += timedelta(days=2 if today.weekday() > 4 else 0)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks_ahead)
    return [datetime.combine(monday + timedelta(days=n), time(), home) for n in range(DAYS + 1)]


def elsewhere(entries: Sequence[Entry], now: datetime, zone: str, weeks_ahead: int) -> list[Json]:
    """Bookings to come in other weeks than this one: their numbers, the Mondays, and how many weeks ahead."""
    shown, first = week_bounds(now, zone, weeks_ahead), week_bounds(now, zone, 0)[0].date()
    days = {
        one.booking_id: one.start.astimezone(shown[0].tzinfo).date()
        for one in entries
        if one.booking_id and one.end > now and not shown[0] <= one.start < shown[-1]
    }
    mondays = {booking: day - timedelta(days=day.weekday()) for booking, day in days.items()}
    return [
        {"booking": booking, "date": monday.isoformat(), "ahead": (monday - first).days // DAYS}
        for booking, monday in mondays.items()
    ]


def laid_out(
    entries: Sequence[Entry],
    midnights: Sequence[datetime],
    *,
    viewer: str,
    now: datetime,
    open_hours: Mapping[str, Sequence[Span]],
) -> Json:
    """The days, when each person can be booked in them, and what is in them; titles only of the viewer's own.

    What could still be moved or cancelled has the booking's number; a uid stands nowhere."""
    own = {one.booking_id for one in entries if one.booking_id and one.person_id == viewer}
    pieces = [
        {**place, **_about(entry, now, is_known=entry.person_id == viewer or entry.booking_id in own)}
        for entry in entries
        for place in _places((entry.start, entry.end), midnights)
    ]
    days = [{"date": day.date().isoformat(), "open": {}} for day in midnights[:-1]]
    _open(days, midnights, open_hours)
    return {"days": days, "pieces": sorted(pieces, key=lambda one: (one["day"], one["from"], one["person"]))}


def _open(days: list[Json], midnights: Sequence[datetime], open_hours: Mapping[str, Sequence[Span]]) -> None:
    for person, spans in open_hours.items():
        for place in (place for span in spans for place in _places(span, midnights)):
            days[place["day"]]["open"].setdefault(person, []).append([place["from"], place["to"]])


def _places(span: Span, midnights: Sequence[datetime]) -> list[dict[str, int]]:
    """What of it lies in which day, in minutes on the wall clock."""
    found = []
    for day, (opens, closes) in enumerate(pairwise(midnights)):
        start, end = max(span[0], opens.astimezone(UTC)), min(span[1], closes.astimezone(UTC))
        if start < end:
            begins, ends = _minutes(start, opens), A_DAY if end == closes else _minutes(end, opens)
            if ends <= begins:  # it runs through the hour that the clocks repeat
                ends = min(begins + (end - start) // MINUTE, A_DAY)
            found.append({"day": day, "from": begins, "to": ends})
    return found


def _about(entry: Entry, now: datetime, *, is_known: bool) -> Json:
    is_pending = entry.status == "pending"
    kind = entry.kind if entry.kind != "booking" else "pending" if is_pending else "booked"
    about: Json = {"person": entry.person_id, "kind": kind, "title": entry.title if is_known else ""}
    if entry.event_type and is_known:
        about["event_type"] = entry.event_type
    return {**about, "booking": entry.booking_id} if entry.booking_id and entry.end > now else about


def _minutes(at: datetime, midnight: datetime) -> int:
    """On the wall clock since midnight."""
    local = at.astimezone(midnight.tzinfo)
    return local.hour * 60 + local.minute

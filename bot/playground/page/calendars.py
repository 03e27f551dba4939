"""What the page needs of a calendar, and how a week of it is laid out for one viewer. Pure."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

DAYS = 7


class Entry(BaseModel):
    """A stretch of somebody's time. `people`: Slack ids of the cast whom it concerns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: tuple[str, ...]
    start: datetime
    end: datetime
    title: str
    kind: Literal["busy", "booked", "pending"]


class CalendarView(Protocol):
    """Everybody's calendar, to look at."""

    def entries(self, start: datetime, end: datetime) -> Sequence[Entry]:
        """What overlaps the span."""

    def on_change(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Call `tell` after every change, until the returned function is called."""


def week_bounds(now: datetime, zone: str, weeks_ahead: int) -> list[datetime]:
    """The eight midnights of a week from Monday, in the zone; its days are 23 to 25 hours long."""
    home = ZoneInfo(zone)
    today = now.astimezone(home).date()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks_ahead)
    return [datetime.combine(monday + timedelta(days=n), time(), home) for n in range(DAYS + 1)]


def laid_out(entries: Sequence[Entry], midnights: Sequence[datetime], viewer: str) -> dict[str, Any]:
    """The days and what is in them, in the viewer's wall time; titles only of the viewer's own."""
    days = [{"date": day.date().isoformat()} for day in midnights[:-1]]
    pieces = [piece for entry in entries for piece in _pieces(entry, midnights, viewer)]
    return {"days": days, "pieces": sorted(pieces, key=lambda one: (one["day"], one["from"], one["person"]))}


def _pieces(entry: Entry, midnights: Sequence[datetime], viewer: str) -> list[dict[str, Any]]:
    found = []
    for day, (opens, closes) in enumerate(pairwise(midnights)):
        start, end = max(entry.start, opens.astimezone(UTC)), min(entry.end, closes.astimezone(UTC))
        if start < end:
            span = {"day": day, "from": _minutes(start, opens), "to": _minutes(end, opens) or 24 * 60}
            found += [span | _about(entry, person, viewer) for person in entry.people]
    return found


def _about(entry: Entry, person: str, viewer: str) -> dict[str, Any]:
    title = entry.title if viewer in entry.people else ""
    return {"person": person, "kind": entry.kind, "title": title}


def _minutes(at: datetime, midnight: datetime) -> int:
    """On the wall clock since midnight; 0 for the next midnight."""
    local = at.astimezone(midnight.tzinfo)
    return local.hour * 60 + local.minute

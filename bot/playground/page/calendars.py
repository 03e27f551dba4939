"""What the page needs of a calendar, and how a week of it is laid out for one viewer. Pure."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

DAYS = 7


class Entry(Protocol):
    """Something in one person's calendar; a booking stands with everybody who takes part, under one uid."""

    @property
    def person_id(self) -> str:
        """Whose."""

    @property
    def kind(self) -> Literal["booking", "busy", "hold"]:
        """What it is."""

    @property
    def start(self) -> datetime:
        """When it begins."""

    @property
    def end(self) -> datetime:
        """When it ends."""

    @property
    def title(self) -> str:
        """Its name; shown to those who take part only."""

    @property
    def status(self) -> str | None:
        """A booking's: accepted or pending."""

    @property
    def uid(self) -> str | None:
        """A booking's. It never reaches the page."""


class CalendarView(Protocol):
    """Everybody's calendar, to look at."""

    def week(self, start: datetime) -> Sequence[Entry]:
        """What overlaps the seven days from `start`."""

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after every change, until the returned function is called."""


def week_bounds(now: datetime, zone: str, weeks_ahead: int) -> list[datetime]:
    """The eight midnights of a week from Monday, in the zone; at the weekend of the next one.

    Its days are 23 to 25 hours long."""
    home = ZoneInfo(zone)
    today = now.astimezone(home).date()
    today += timedelta(days=2 if today.weekday() > 4 else 0)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=weeks_ahead)
    return [datetime.combine(monday + timedelta(days=n), time(), home) for n in range(DAYS + 1)]


def laid_out(entries: Sequence[Entry], midnights: Sequence[datetime], viewer: str) -> dict[str, Any]:
    """The days and what is in them, in the viewer's wall time; titles only of the viewer's own."""
    days = [{"date": day.date().isoformat()} for day in midnights[:-1]]
    shared = {one.uid for one in entries if one.uid and one.person_id == viewer}
    pieces = [
        span | _about(entry, is_known=entry.person_id == viewer or entry.uid in shared)
        for entry in entries
        for span in _spans(entry, midnights)
    ]
    return {"days": days, "pieces": sorted(pieces, key=lambda one: (one["day"], one["from"], one["person"]))}


def _spans(entry: Entry, midnights: Sequence[datetime]) -> list[dict[str, int]]:
    """What of it lies in which day, in minutes on the wall clock."""
    found = []
    for day, (opens, closes) in enumerate(pairwise(midnights)):
        start, end = max(entry.start, opens.astimezone(UTC)), min(entry.end, closes.astimezone(UTC))
        if start < end:
            found.append({"day": day, "from": _minutes(start, opens), "to": _minutes(end, opens) or 24 * 60})
    return found


def _about(entry: Entry, *, is_known: bool) -> dict[str, Any]:
    booked = "pending" if entry.status == "pending" else "booked"
    kind = booked if entry.kind == "booking" else entry.kind
    return {"person": entry.person_id, "kind": kind, "title": entry.title if is_known else ""}


def _minutes(at: datetime, midnight: datetime) -> int:
    """On the wall clock since midnight; 0 for the next midnight."""
    local = at.astimezone(midnight.tzinfo)
    return local.hour * 60 + local.minute

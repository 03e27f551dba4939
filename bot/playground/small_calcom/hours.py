"""When somebody can be booked: working hours less busy times, and the slots in between. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(17)  # Cal.com's default schedule: Monday to Friday
GRIDS = (60, 30, 20, 15, 10, 5)

Span = tuple[datetime, datetime]


def working_hours(zone: str, start: datetime, end: datetime) -> list[Span]:
    """The working hours that touch `[start, end)`, in UTC, cut to it. Clock changes are the zone's affair."""
    home = ZoneInfo(zone)
    found = []
    for day in _days(start.astimezone(home).date(), end.astimezone(home).date()):
        if day.weekday() < 5:
            opens, closes = (datetime.combine(day, at, home).astimezone(UTC) for at in (OPENS, CLOSES))
            found.append((max(opens, start), min(closes, end)))
    return [(opens, closes) for opens, closes in found if opens < closes]


def weekly(
    zone: str, weekdays: Iterable[int], begins: time, ends: time, start: datetime, end: datetime
) -> list[Span]:
    """A local time on some weekdays of every week, as spans that overlap `[start, end)`, in UTC."""
    home = ZoneInfo(zone)
    wanted = frozenset(weekdays)
    days = _days(start.astimezone(home).date(), end.astimezone(home).date())
    spans = [
        (
            datetime.combine(day, begins, home).astimezone(UTC),
            datetime.combine(day, ends, home).astimezone(UTC),
        )
        for day in days
        if day.weekday() in wanted
    ]
    return [span for span in spans if span[0] < end and span[1] > start]


def less(free: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """What is left of the free spans."""
    left = list(free)
    for begins, ends in busy:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, begins)), (max(start, ends), end))
            if piece[0] < piece[1]
        ]
    return sorted(set(left))


def starts(free: Iterable[Span], minutes: int) -> Iterator[datetime]:
    """Where a meeting of this length may start: on the grid of each free span, as in Cal.com's `getSlots`."""
    length = timedelta(minutes=minutes)
    grid = next((step for step in GRIDS if minutes % step == 0), minutes)
    for begins, ends in free:
        at = _on_grid(begins, grid)
        while at + length <= ends:
            yield at
            at += length


def fits(free: Iterable[Span], start: datetime, end: datetime) -> bool:
    """Whether a meeting lies in one free span; on the grid or off it (bookings-create-off-grid-start)."""
    return any(begins <= start and end <= ends for begins, ends in free)


def _on_grid(at: datetime, grid: int) -> datetime:
    if at.minute % grid == 0 and not at.second and not at.microsecond:
        return at
    hour = at.replace(minute=0, second=0, microsecond=0)
    into = (at - hour) / timedelta(minutes=1)
    return hour + timedelta(minutes=-(-into // grid) * grid)


def _days(first: date, last: date) -> Iterator[date]:
    day = first - timedelta(days=1)  # a neighbour more: zones differ by up to a day
    while day <= last + timedelta(days=1):
        yield day
        day += timedelta(days=1)

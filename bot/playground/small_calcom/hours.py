"""When somebody can be booked: working hours less busy times, and the slots in between. Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.playground.small_calcom.schedules import Schedule

GRIDS = (60, 30, 20, 15, 10, 5)

Span = tuple[datetime, datetime]


def working_hours(schedule: Schedule, start: datetime, end: datetime) -> list[Span]:
    """The working hours that touch `[start, end)`, in UTC, cut to it. Clock changes are the zone's affair."""
    home = ZoneInfo(schedule.zone)
    found = []
    for day in _days(start.astimezone(home).date(), end.astimezone(home).date()):
        for opens, closes in schedule.on(day):
            at = (datetime.combine(day, one, home).astimezone(UTC) for one in (opens, closes))
            found.append((max(next(at), start), min(next(at), end)))
    return merged(found)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans without overlaps and empty ones, in order."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


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


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """What both have."""
    others = list(other)
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in others]
    return sorted(span for span in both if span[0] < span[1])


def starts(free: Iterable[Span], minutes: int, interval: int | None = None) -> Iterator[datetime]:
    """Where a meeting of this length may start: on the grid of each free span, as in Cal.com's `getSlots`.

    `interval`: minutes from one start to the next, if it is not the length.
    """
    length, apart = timedelta(minutes=minutes), timedelta(minutes=interval or minutes)
    grid = next((step for step in GRIDS if (interval or minutes) % step == 0), minutes)
    for begins, ends in free:
        at = _on_grid(begins, grid)
        while at + length <= ends:
            yield at
            at += apart


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

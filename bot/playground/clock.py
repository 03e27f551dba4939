"""The playground's own time: it runs on from where it began, or stands, and is moved forward by hand."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

A_DAY = timedelta(days=1)
BEFORE_A_CHANGE = timedelta(hours=1)
LOOKED_AHEAD = 800  # days; longer than any pause between two changes of a zone that changes every year


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


class WorldClock:
    """Call it for the time in this world, aware, in UTC.

    Without `start` the world begins when the clock is made, or reset. A standing clock moves by hand only.
    """

    def __init__(
        self,
        start: datetime | None = None,
        *,
        is_standing: bool = False,
        real: Callable[[], datetime] = utc_now,
    ) -> None:
        self.is_standing = is_standing
        self._begins = start
        self._real = real
        self.reset()

    @property
    def start(self) -> datetime:
        """When the world began."""
        return self._start

    def __call__(self) -> datetime:
        """The time now."""
        passed = timedelta() if self.is_standing else self._real() - self._wound_up
        return self._start + self._moved + passed

    def reset(self) -> None:
        """Back to the beginning."""
        self._wound_up = self._real()
        self._start = (self._begins or self._wound_up).astimezone(UTC)
        self._moved = timedelta()

    def move(self, by: timedelta) -> datetime:
        """Move forward; the time it is then. Raises ValueError when it would be back."""
        if by < timedelta():
            raise ValueError("time only moves forward")
        self._moved += by
        return self()

    def to_next_change(self, zone: str) -> datetime:
        """Move to one hour before the zone's clocks change next; the time it is then.

        Again within that hour: to the change after it. Raises ValueError when they do not change.
        """
        now = self()
        change = next_change(zone, now + BEFORE_A_CHANGE)
        return self.move(change - BEFORE_A_CHANGE - now)


def next_change(zone: str, after: datetime) -> datetime:
    """The first instant later than `after` at which the zone's clocks are put forward or back, in UTC.

    Raises ValueError for an unknown zone, and for one that does not change within two years.
    """
    home = _zone(zone)
    late = _first_other_day(home, after.astimezone(UTC))
    if late is None:
        raise ValueError(f"the clocks of {zone} are not changed")
    return _bisected(home, late - A_DAY, late)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no zone {name!r}") from error


def _first_other_day(home: ZoneInfo, after: datetime) -> datetime | None:
    """The first of the coming days' same hours whose offset is another than the day's before."""
    days = (after + number * A_DAY for number in range(1, LOOKED_AHEAD))
    return next((day for day in days if _offset(home, day) != _offset(home, day - A_DAY)), None)


def _bisected(home: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The first whole second between the two that has the later one's offset."""
    early, then = early.replace(microsecond=0), _offset(home, late)
    seconds = range(1, int((late - early).total_seconds()) + 1)
    first = bisect_left(seconds, True, key=lambda one: _offset(home, early + timedelta(seconds=one)) == then)
    return early + timedelta(seconds=first + 1)


def _offset(home: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(home).utcoffset()

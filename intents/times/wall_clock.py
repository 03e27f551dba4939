"""Places times of day on the clock of a zone, also on the days when clocks change."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY = 1440


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def at(day: date, minutes: int, zone: tzinfo) -> datetime:
    """A wall-clock time as an instant with its offset.

    In a gap the clock has moved forward; of a repeated time the first is meant (PEP 495, fold=0).
    """
    day, minutes = day + timedelta(days=minutes // _DAY), minutes % _DAY
    wall = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=zone)
    return fixed(wall.astimezone(UTC), zone)


def fixed(instant: datetime, zone: tzinfo) -> datetime:
    """An instant in a zone, with a plain offset: comparing and adding then mean real time."""
    local = instant.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)

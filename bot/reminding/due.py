"""When somebody's agendas are due, by their own clocks. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.conversation.agendas import Stretch
from bot.conversation.preferences import Preferences
from bot.meetings.silence import quiet_until

A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)
MONDAY: Final = 0


class Due(NamedTuple):
    """An agenda of this local day, or of the week that begins with it, and the instant at which it is due."""

    of: Stretch
    day: date
    at: datetime


def dues(
    preferences: Preferences, zone: str, after: datetime, before: datetime, *, first: int = MONDAY
) -> tuple[Due, ...]:
    """Those due later than the one instant and until the other, by time. `first`: weekday of their weeks."""
    home = ZoneInfo(zone)
    day, last = after.astimezone(home).date(), before.astimezone(home).date()
    found = []
    while day <= last:
        found += [one for one in _of(preferences, day, zone, first) if after < one.at <= before]
        day += A_DAY
    return tuple(sorted(found, key=lambda one: one.at))


def due(
    preferences: Preferences, zone: str, of: Stretch, day: date, *, first: int = MONDAY
) -> datetime | None:
    """When this one is due, as they prefer it now; None: not at all."""
    return next((one.at for one in _of(preferences, day, zone, first) if one.of == of), None)


def _of(preferences: Preferences, day: date, zone: str, first: int) -> Iterator[Due]:
    if preferences.agenda and day.weekday() in preferences.agenda_days:
        yield Due("day", day, _at(preferences, datetime.combine(day, preferences.agenda), zone))
    if preferences.week and day.weekday() == _begins(preferences.agenda_days, first):
        yield Due("week", day, _at(preferences, datetime.combine(day, preferences.week), zone))


def _begins(days: Sequence[int], first: int) -> int:
    """The earliest of these weekdays in a week that begins with `first`; without any, that one."""
    return min(days, key=lambda day: (day - first) % 7, default=first)


def _at(preferences: Preferences, local: datetime, zone: str) -> datetime:
    """What their clocks show then; where they skip it, an hour later, and where they repeat it, the first.

    In their quiet hours it waits until these are over.
    """
    at = local.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
    return quiet_until(preferences.quiet, at, zone) or at


def stretch(of: Stretch, day: date, zone: str) -> tuple[datetime, datetime]:
    """From midnight to midnight on their clocks."""
    home = ZoneInfo(zone)
    start = datetime.combine(day, datetime.min.time(), home)
    end = datetime.combine(day + (A_DAY if of == "day" else A_WEEK), datetime.min.time(), home)
    return start, end

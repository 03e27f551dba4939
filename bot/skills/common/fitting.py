"""Which slots are what was asked for, and what a wish becomes when one part of it is given up. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.scheduling.model import Slot
from intents.frames import Hours, When, Window
from intents.spans import spans

A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)
WHOLE_DAY = 1440  # minutes


def fitting(slots: Iterable[Slot], when: When, within: Window) -> list[Slot]:
    """Keep the slots that begin at a point asked for, or lie wholly inside a stretch of it."""
    stretches = spans(when, within)
    points = {one.start for one in stretches if _is_instant(one)}
    ranges = [_in_utc(one) for one in stretches if not _is_instant(one)]
    return [
        slot for slot in slots if _lies_in(slot, ranges) or (slot.start in points and is_allowed(slot, when))
    ]


def fits(slot: Slot, when: When, within: Window) -> bool:
    """Whether a slot is what was asked for."""
    return bool(fitting([slot], when, within))


def _in_utc(stretch: Window) -> tuple[datetime, datetime | None]:
    """As slots are: times of one zone are compared several times faster."""
    return stretch.start.astimezone(UTC), stretch.end.astimezone(UTC) if stretch.end else None


def _lies_in(slot: Slot, ranges: Iterable[tuple[datetime, datetime | None]]) -> bool:
    for start, end in ranges:  # noqa: SIM110 - asked of every slot: a generator takes twice as long
        if start <= slot.start and (end is None or slot.end <= end):
            return True
    return False


def _is_instant(stretch: Window) -> bool:
    """Whether only a start is named: a point, or the one minute that "10:30" is of every day."""
    return stretch.is_point or (stretch.end is not None and stretch.end - stretch.start <= A_MINUTE)


def is_allowed(slot: Slot, when: When) -> bool:
    """Whether nothing that was excluded is touched; what was excluded never gives way."""
    left = spans(anytime(when), Window(start=slot.start, end=slot.end))
    return [(one.start, one.end) for one in left] == [(slot.start, slot.end)]


def anytime(when: When) -> When:
    """What is left of a wish without its days and hours: what was excluded."""
    return when.model_copy(update={"windows": (), "hours": ()})


def whole_today(when: When, now: datetime) -> When:
    """A copy in which the rest of today is all of it: that part of the day was not what was asked for."""
    today = day_window(now.astimezone(ZoneInfo(when.zone)).date(), ZoneInfo(when.zone))
    windows = (today if one.start <= now and one.end == today.end else one for one in when.windows)
    return when.model_copy(update={"windows": tuple(windows)})


def settled(when: When) -> When:
    """A copy in which hours excluded since ("tomorrow morning", "not mornings") are given up."""
    if not (when.windows and when.without_hours):
        return when
    zone = ZoneInfo(when.zone)
    first, last = min(one.start for one in when.windows), max(one.end or one.start for one in when.windows)
    days = [day_window(at.astimezone(zone).date(), zone) for at in (first, last)]
    within = Window(start=days[0].start, end=days[1].end)
    whole = when.model_copy(
        update={"windows": tuple(_whole_day(one, zone) for one in when.windows), "hours": ()}
    )
    return whole if not spans(when, within) and spans(whole, within) else when


def _whole_day(window: Window, zone: ZoneInfo) -> Window:
    return (
        window if _day_part(window, zone) is None else day_window(window.start.astimezone(zone).date(), zone)
    )


def any_day(when: When) -> When:
    """The hours asked for, on whatever day."""
    return when.model_copy(update={"windows": (), "hours": when.hours or _hours_of(when)})


def names_hours(when: When) -> bool:
    """Whether hours were asked for ("tomorrow afternoon", "at 3"), not only days."""
    return any(one != Hours() for one in any_day(when).hours)


def _hours_of(when: When) -> tuple[Hours, ...]:
    """The hours that each window names within its day; none if one of them names no part of a day."""
    parts = [_day_part(window, ZoneInfo(when.zone)) for window in when.windows]
    return tuple(dict.fromkeys(part for part in parts if part)) if None not in parts else ()


def _day_part(window: Window, zone: ZoneInfo) -> Hours | None:
    """The hours of a window within its day; a point stands for its own minute; None: it is no part of one."""
    start = window.start.astimezone(zone)
    begin = start.hour * 60 + start.minute
    if window.is_point:
        return Hours(start=begin, end=begin + 1)
    last = (window.end - A_MINUTE).astimezone(zone) if window.end else None
    if last is None or last.date() != start.date():
        return None
    return Hours(start=begin, end=min(last.hour * 60 + last.minute + 1, WHOLE_DAY))


def days_of(when: When, reach: Window) -> set[date]:
    """The local days that were asked for; all of the reach when none was named."""
    zone = ZoneInfo(when.zone)
    return {day for window in when.windows or (reach,) for day in _days(window, reach, zone)}


def _days(window: Window, reach: Window, zone: ZoneInfo) -> list[date]:
    first = window.start.astimezone(zone).date()
    end = window.start + A_MINUTE if window.is_point else window.end or reach.end or window.start
    last = (end - A_MINUTE).astimezone(zone).date()
    return [first + A_DAY * n for n in range((last - first).days + 1)]


def day_window(day: date, zone: ZoneInfo) -> Window:
    """A whole local day, which is longer or shorter when clocks change."""
    start, end = (datetime.combine(each, time(), zone) for each in (day, day + A_DAY))
    return Window(start=start, end=end)


def names_instants(when: When) -> bool:
    """Whether single times were asked for ("tomorrow at 3", "10:30") rather than stretches."""
    if when.windows and all(window.is_point for window in when.windows):
        return True
    return bool(when.hours) and all(one.end - one.start <= 1 for one in when.hours)


def around_instants(when: When, direction: str) -> When:
    """The rest of the day of each single time asked for: after it, before it, or all of it."""
    zone = ZoneInfo(when.zone)
    points = (_around(one, direction, zone) if one.is_point else one for one in when.windows)
    return when.model_copy(update={"windows": tuple(points), "hours": ()})


def _around(point: Window, direction: str, zone: ZoneInfo) -> Window:
    day = day_window(point.start.astimezone(zone).date(), zone)
    if direction == "later":
        return Window(start=point.start + A_MINUTE, end=day.end)
    return Window(start=day.start, end=point.start) if direction == "earlier" else day

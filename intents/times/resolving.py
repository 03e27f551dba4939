"""Turns a reading into concrete times: windows on a zone's clock, hours of the day, what is ruled out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from intents.frames import Hours, Recurrence, When, Window
from intents.times.calendar_ranges import dates_of, days_between
from intents.times.extents import Extent, Here, extent, on_dates
from intents.times.values import Dates, Day, Length, Period, Reading, Repeats, Stretch, Times
from intents.times.wall_clock import at, fixed

_DAY = 1440
_A_MINUTE = timedelta(minutes=1)
_FIRST_HOUR = 8 * 60
_LAST_HOUR = 21 * 60
_DAYS_AT_MOST = 62  # of a period that is written out day by day


def when_of(
    reading: Reading,
    *,
    here: Here,
    zone: str,
    zone_said: bool,
    before: When | None = None,
    looks_back: bool = False,
) -> When | None:
    """What a reading asks for. None where it says nothing of time.

    `before` is what was asked for until now: weekdays and times of day are looked for inside it first.
    `looks_back`: what is past of "this week" is asked for too.
    """
    stretches = reading.stretches if before is not None else [_today_at_end(one) for one in reading.stretches]
    only_hours = [one for one in stretches if one.days is None and one.moment is None and one.until is None]
    dated = [one for one in stretches if one not in only_hours]
    windows, hours = _windows(dated, here, before, looks_back=looks_back)
    exclusions = _exclusions(reading, here)
    if only_hours and not dated:
        is_any = before is None and not looks_back and reading.repeats is None
        is_any = is_any and bool(exclusions["without_weekdays"])
        windows, hours = _hours_alone(only_hours, here, before, of_any_day=is_any)
    if reading.asap and not windows:
        windows = [Window(start=fixed(here.now, here.zone))]
    when = When(
        zone=zone,
        windows=tuple(windows),
        hours=tuple(hours),
        zone_said=zone_said,
        hours_implied=any(one.times is not None and one.times.part is not None for one in stretches),
        **exclusions,
    )
    return when if _says_something(when) else None


def recurrence_of(repeats: Repeats, here: Here) -> Recurrence:
    """How a meeting repeats, its end on the calendar."""
    last = repeats.until
    days = Dates(Day(offset=0), None, last) if isinstance(last, Length) else last
    until = dates_of(days, here.today, here.words) if days is not None else None
    end = until[1] if until is not None else None
    return Recurrence.model_validate(
        {
            "frequency": repeats.frequency,
            "interval": repeats.interval,
            "weekdays": repeats.weekdays,
            "nth": repeats.nth,
            "day": repeats.day,
            "until": at(end, 0, here.zone) if end is not None else None,
            "count": repeats.count,
        }
    )


def _today_at_end(stretch: Stretch) -> Stretch:
    """ "EOD" alone is the end of this day."""
    is_end = stretch.days is None and stretch.times is not None and stretch.times.part == "end_of_day"
    return replace(stretch, days=Day(offset=0)) if is_end else stretch


def _says_something(when: When) -> bool:
    excluded = when.without or when.without_hours or when.without_weekdays
    return bool(when.windows or when.hours or excluded or when.zone_said)


def _hours_alone(
    stretches: list[Stretch], here: Here, before: When | None, *, of_any_day: bool
) -> tuple[list[Window], list[Hours]]:
    """Times of day without a day: hours of any day, except a point, which is the next one.

    `of_any_day`: days are ruled out, so that the others are meant ("at 9, not on fridays").
    """
    times = [one.times for one in stretches if one.times is not None]
    if all(one.is_point for one in times) and not of_any_day:
        return [_next_point(one, here, before) for one in stretches], []
    return [], [hours_of(one) for one in times]


def _next_point(stretch: Stretch, here: Here, before: When | None) -> Window:
    for window in before.windows if before else ():
        if (window.end is None and not window.is_point) or stretch.times is None:
            continue
        first = window.start.astimezone(here.zone).date()
        last = (window.end or window.start).astimezone(here.zone).date()
        for day in days_between(first, last + timedelta(days=1)):
            start = at(day, stretch.times.start or 0, here.zone)
            inside = window.is_point or (window.start <= start and (window.end is None or start < window.end))
            if start >= here.now and (inside or first == last):
                return Window(start=start, is_point=True)
    found = extent(stretch, here)
    start = found.start if found and found.start else here.now
    return Window(start=start, is_point=True)


def hours_of(times: Times) -> Hours:
    """A span of the day as hours; past midnight it is cut."""
    days, start = divmod(times.start or 0, _DAY)
    end = times.end - days * _DAY if times.end is not None and not times.is_point else _DAY
    return Hours(start=start, end=start + 1 if times.is_point else min(max(end, start + 1), _DAY))


def _windows(
    stretches: list[Stretch], here: Here, before: When | None, *, looks_back: bool
) -> tuple[list[Window], list[Hours]]:
    spread = [one for one in stretches if isinstance(one.days, Period | Dates) and one.times is not None]
    shares = {one.times for one in stretches}
    if spread and len(shares) == 1:
        plain = [Stretch(one.days) for one in stretches]
        times = spread[0].times
        return _windows(plain, here, before, looks_back=looks_back)[0], [hours_of(times)] if times else []
    windows = [window for one in stretches for window in _concrete(one, here, before, looks_back=looks_back)]
    return sorted(dict.fromkeys(windows), key=lambda window: window.start), []


def _concrete(stretch: Stretch, here: Here, before: When | None, *, looks_back: bool) -> list[Window]:
    if isinstance(stretch.days, Period | Dates) and stretch.times is not None:
        return _day_by_day(stretch, here)
    stretch = _inside(stretch, here, before)
    found = extent(stretch, here)
    if found is None or (found.start is None and found.end is None):
        return []
    if found.is_point or (stretch.length is not None and found.start is not None):
        return [Window(start=found.start or here.now, is_point=True)]
    window = _closed(found, stretch, here, looks_back=looks_back)
    return [window] if window.end is None or window.start < window.end else []


def _closed(found: Extent, stretch: Stretch, here: Here, *, looks_back: bool) -> Window:
    """Open sides end with the day where a day was named; the past is cut off."""
    start, end = found.start, found.end
    is_day = isinstance(stretch.days, Day) or (stretch.days is None and stretch.times is not None)
    if end is None and is_day and start is not None and not isinstance(stretch.days, Dates):
        end = at(start.astimezone(here.zone).date() + timedelta(days=1), 0, here.zone)
    if start is None and end is not None:
        day = (end - timedelta(minutes=1)).astimezone(here.zone).date()
        start = at(day, 0, here.zone) if is_day else here.now
    start = start or here.now
    if not looks_back and start < here.now and (end is None or end > here.now):
        start = fixed(here.now, here.zone)
    return Window(start=start, end=end)


def _day_by_day(stretch: Stretch, here: Here) -> list[Window]:
    dates = dates_of(stretch.days, here.today, here.words) if stretch.days is not None else None
    if dates is None or stretch.times is None:
        return []
    first = max(dates[0] or here.today, here.today)
    end = min(dates[1] or first + timedelta(days=_DAYS_AT_MOST), first + timedelta(days=_DAYS_AT_MOST))
    found = (
        on_dates((day, day + timedelta(days=1)), stretch.times, here) for day in days_between(first, end)
    )
    return [
        _closed(one, Stretch(Day(offset=0), stretch.times), here, looks_back=False)
        if not one.is_point
        else Window(start=one.start or here.now, is_point=True)
        for one in found
    ]


def _inside(stretch: Stretch, here: Here, before: When | None) -> Stretch:
    """A weekday named while a span is being talked about is the one in that span."""
    day = stretch.days
    if before is None or not isinstance(day, Day) or day.weekday is None:
        return stretch
    if any(part is not None for part in (day.which, day.week, day.nth, day.day, day.base)) or day.plus:
        return stretch
    for window in before.windows:
        end = window.start + _A_MINUTE if window.is_point else window.end
        if end is None:
            continue
        first = max(window.start, here.now).astimezone(here.zone).date()
        found = first + timedelta(days=(day.weekday - first.weekday()) % 7)
        if at(found, 0, here.zone) < end:
            return Stretch(Day(offset=(found - here.today).days), stretch.times, length=stretch.length)
    return stretch


def _exclusions(reading: Reading, here: Here) -> dict[str, Any]:
    """What is ruled out: the windows, hours and weekdays of a When."""
    windows: list[Window] = []
    hours: list[Hours] = []
    weekdays: list[int] = []
    for one in reading.without:
        if one.days is None and one.times is not None:
            hours.append(whole_part(hours_of(one.times)) if one.times.part else hours_of(one.times))
        elif _is_weekday(one):
            weekdays.append(
                one.days.weekday if isinstance(one.days, Day) and one.days.weekday is not None else 0
            )
        else:
            windows += _concrete(one, here, None, looks_back=True)
    return {
        "without": tuple(windows),
        "without_hours": tuple(hours),
        "without_weekdays": tuple(weekdays),
    }


def whole_part(hours: Hours) -> Hours:
    """ "Not mornings" rules out the early morning too, "not evenings" the night."""
    return Hours(
        start=0 if hours.start <= _FIRST_HOUR else hours.start,
        end=_DAY if hours.end >= _LAST_HOUR else hours.end,
    )


def _is_weekday(stretch: Stretch) -> bool:
    day = stretch.days
    if not isinstance(day, Day) or stretch.times is not None or day.weekday is None:
        return False
    return day == Day(weekday=day.weekday)

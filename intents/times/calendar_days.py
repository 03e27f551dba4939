"""Finds the dates that days and periods mean, seen from a day; what is not said is found in the future."""

from collections.abc import Iterator
from datetime import date, timedelta

from intents.lexicon import Lexicon
from intents.times.holidays import holiday, nth_in
from intents.times.values import Dates, Day, Period

_ONE = timedelta(days=1)
_FAR = 60  # months to look ahead for "friday the 13th"


def date_of(day: Day, today: date, words: Lexicon) -> date | None:
    """The date of a day. None where there is no such day."""
    if day.base is not None:
        found = date_of(day.base, today, words)
    elif day.holiday is not None:
        found = holiday(words.holidays[day.holiday], today, year=day.year, is_past=day.which == -1)
    elif day.nth is not None and day.weekday is not None:
        found = _nth(day, today)
    elif day.day is not None:
        found = _dated(day, today)
    elif day.weekday is not None:
        found = _weekday(day, today)
    else:
        found = today + timedelta(days=day.offset or 0)
    if found is None:
        return None
    if day.workdays:
        found = _workdays_on(found, day.workdays)
    return _months_on(found, day.plus_months) + timedelta(days=day.plus)


def dates_of(
    days: Day | Period | Dates, today: date, words: Lexicon
) -> tuple[date | None, date | None] | None:
    """The first date and the one after the last; None for an open side."""
    if isinstance(days, Day):
        found = date_of(days, today, words)
        return (found, found + _ONE) if found else None
    if isinstance(days, Period):
        return period_of(days, today, words)
    return _range(days, today, words)


def _range(days: Dates, today: date, words: Lexicon) -> tuple[date | None, date | None] | None:
    first = dates_of(days.first, today, words) if days.first is not None else (None, None)
    if first is None:
        return None
    start = first[1] if days.after_first else first[0]
    if days.length is not None and start is not None:
        return start, _months_on(start, days.length.months) + timedelta(days=days.length.minutes // 1440)
    if days.last is None:
        return start, None
    is_before = days.first is None
    last = dates_of(days.last, start if start is not None and _follows(days.last) else today, words)
    if last is None:
        return None
    names_end = isinstance(days.last, Period) and days.last.part == "end"
    end = last[0] if is_before and not names_end else last[1]
    if start is not None and end is not None and end <= start:
        last = dates_of(days.last, start, words)
        end = last[1] if last else None
    return start, end


def _follows(last: Day | Period) -> bool:
    """Whether the end of a range is counted from its start ("friday to monday")."""
    if isinstance(last, Period):
        return last.offset is None and last.holding is None
    return (
        last.offset is None
        and last.which is None
        and last.week is None
        and last.base is None
        and last.holiday is None
    )


def period_of(period: Period, today: date, words: Lexicon) -> tuple[date, date] | None:
    """The first date of a period and the one after its last."""
    whole = _whole(period, today, words)
    if whole is None:
        return None
    if period.nth is not None:
        whole = _nth_week(period, *whole)
    return _part(period, *whole, today)


def _whole(period: Period, today: date, words: Lexicon) -> tuple[date, date] | None:
    offset = period.offset or 0
    if period.nth is not None and period.unit in ("week", "weekend") and period.month is None:
        return _outer(period, today)
    if period.month is not None:
        first = _month(period, today)
        return first, _months_on(first, 1)
    if period.holding is not None:
        held = date_of(period.holding, today, words)
        return (_monday(held), _monday(held) + 7 * _ONE) if held else None
    match period.unit:
        case "week" | "workweek":
            monday = _monday(today) + offset * 7 * _ONE
            return monday, monday + (7 if period.unit == "week" else 5) * _ONE
        case "weekend":
            monday = _monday(today) + offset * 7 * _ONE
            return monday + 5 * _ONE, monday + 7 * _ONE
        case "quarter":
            return _quarter(period, today)
        case "year":
            year = period.year if period.year is not None else today.year + offset
            return date(year, 1, 1), date(year + 1, 1, 1)
        case _:
            first = _months_on(today.replace(day=1), offset)
            return first, _months_on(first, 1)


def _outer(period: Period, today: date) -> tuple[date, date]:
    """The year or month in which a week is counted."""
    if period.year is not None:
        return date(period.year, 1, 1), date(period.year + 1, 1, 1)
    first = _months_on(today.replace(day=1), period.offset or 0)
    return first, _months_on(first, 1)


def _month(period: Period, today: date) -> date:
    month = period.month or 1
    if period.year is not None:
        return date(period.year, month, 1)
    found = date(today.year + (month < today.month), month, 1)
    if period.offset == 1 and (found.year, found.month) == (today.year, today.month):
        return _months_on(found, 12)
    return _months_on(found, -12) if period.offset == -1 and found > today.replace(day=1) else found


def _quarter(period: Period, today: date) -> tuple[date, date]:
    current = (today.month - 1) // 3
    if period.quarter is not None:
        year = period.year or today.year + (period.quarter - 1 < current)
        first = date(year, 3 * (period.quarter - 1) + 1, 1)
    else:
        first = _months_on(date(today.year, 3 * current + 1, 1), 3 * (period.offset or 0))
    return first, _months_on(first, 3)


def _nth_week(period: Period, first: date, end: date) -> tuple[date, date]:
    """A week belongs to the month in which its Monday lies, a weekend to that of its Saturday."""
    weekday, days = (5, 2) if period.unit == "weekend" else (0, 7)
    nth = period.nth or 1
    if nth > 0:
        start = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = end - days * _ONE
        start = last - timedelta(days=(last.weekday() - weekday) % 7)
    return start, start + days * _ONE


def _part(period: Period, first: date, end: date, today: date) -> tuple[date, date]:
    if period.part is None:
        return first, end
    if period.part == "rest":
        return max(first, min(today + _ONE, end - _ONE)), end
    days = (end - first).days
    if period.part in ("first_half", "second_half"):
        middle = first + (days // 2) * _ONE
        return (first, middle) if period.part == "first_half" else (middle, end)
    size = 3 if days <= 7 else 10 if days <= 31 else days // 3
    if period.part == "start":
        return first, first + size * _ONE
    if period.part == "middle":
        return first + (1 if days <= 7 else size) * _ONE, first + (4 if days <= 7 else 2 * size) * _ONE
    if days <= 7:
        return first + (4 if days > 2 else 1) * _ONE, end
    return (first + 20 * _ONE, end) if days <= 31 else (end - size * _ONE, end)


def days_between(first: date, end: date) -> Iterator[date]:
    """Every date from the first on, without the end."""
    while first < end:
        yield first
        first += _ONE


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weekday(day: Day, today: date) -> date:
    weekday = day.weekday or 0
    if day.week is not None:
        return _monday(today) + timedelta(days=weekday, weeks=day.week)
    ahead = (weekday - today.weekday()) % 7
    match day.which:
        case 1:
            return _monday(today) + timedelta(days=weekday, weeks=1)
        case -1:
            return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
        case 0:
            return today + timedelta(days=ahead)
    return today + timedelta(days=ahead or 7)


def _nth(day: Day, today: date) -> date | None:
    if day.month is None:
        first = _months_on(today.replace(day=1), day.month_offset or 0)
        return nth_in(first, day.nth or 1, day.weekday or 0)
    year = day.year or today.year
    found = nth_in(date(year, day.month, 1), day.nth or 1, day.weekday or 0)
    if day.year is None and found is not None and found < today:
        return nth_in(date(year + 1, day.month, 1), day.nth or 1, day.weekday or 0)
    return found


def _dated(day: Day, today: date) -> date | None:
    number = day.day or 1
    if day.month_offset is not None:
        return _on(_months_on(today.replace(day=1), day.month_offset), number)
    if day.month is not None:
        years = [day.year] if day.year is not None else range(today.year, today.year + 9)
        found = (_on(date(year, day.month, 1), number) for year in years)
        return next((one for one in found if one and (day.year is not None or one >= today)), None)
    for months in range(_FAR):
        one = _on(_months_on(today.replace(day=1), months), number)
        if one and one > today and day.weekday in (None, one.weekday()):
            return one
    return None


def _on(first: date, number: int) -> date | None:
    """The nth day of the month; -1 is its last."""
    end = _months_on(first, 1)
    if number < 0:
        return end - _ONE
    found = first + timedelta(days=number - 1)
    return found if found < end else None


def _months_on(day: date, months: int) -> date:
    if not months:
        return day
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _workdays_on(day: date, count: int) -> date:
    step = _ONE if count > 0 else -_ONE
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day

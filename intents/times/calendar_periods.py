"""Finds the dates of weeks, months, quarters and years and of their parts, seen from a day."""

from datetime import date, timedelta

from intents.lexicon import Lexicon
from intents.times.calendar_days import ONE, date_of, monday, months_on, year_of
from intents.times.seasons import season_dates
from intents.times.values import Period

_YEAR = 365  # days


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
        return first, months_on(first, 1)
    if period.holding is not None:
        return _around(period, date_of(period.holding, today, words))
    if period.number is not None:
        return _numbered_week(period, today)
    match period.unit:
        case "week" | "workweek":
            first = monday(today) + offset * 7 * ONE
            return first, first + (7 if period.unit == "week" else 5) * ONE
        case "weekend":
            first = monday(today) + offset * 7 * ONE
            return first + 5 * ONE, first + 7 * ONE
        case "season":
            return season_dates(period, today)
        case "quarter":
            return _quarter(period, today)
        case "year":
            year = year_of(period, today) or today.year + offset
            return date(year, 1, 1), date(year + 1, 1, 1)
        case _:
            first = months_on(today.replace(day=1), offset)
            return first, months_on(first, 1)


def _around(period: Period, held: date | None) -> tuple[date, date] | None:
    """The week or weekend of a day, or so many weeks from it; a free Monday makes the weekend longer."""
    if held is None:
        return None
    first = monday(held) + (period.offset or 0) * 7 * ONE
    if period.unit != "weekend":
        return first, first + 7 * ONE
    if held.weekday() == 0 and not period.offset:
        return held - 2 * ONE, held + ONE
    return first + 5 * ONE, first + 7 * ONE


def _numbered_week(period: Period, today: date) -> tuple[date, date] | None:
    """A week of the year; the next one of that number where the year was not said."""
    said = year_of(period, today)
    for year in (said,) if said is not None else (today.year, today.year + 1):
        first = monday(date(year, 1, 4)) + ((period.number or 1) - 1) * 7 * ONE
        if said is not None or first + 7 * ONE > today:
            return first, first + 7 * ONE
    return None


def _outer(period: Period, today: date) -> tuple[date, date]:
    """The year or month in which a week is counted."""
    year = year_of(period, today)
    if year is not None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    first = months_on(today.replace(day=1), period.offset or 0)
    return first, months_on(first, 1)


def _month(period: Period, today: date) -> date:
    month = period.month or 1
    year = year_of(period, today)
    if year is not None:
        return date(year, month, 1)
    if period.offset == 0:
        return date(today.year, month, 1)
    found = date(today.year + (month < today.month), month, 1)
    if period.offset == 1 and (found.year, found.month) == (today.year, today.month):
        return months_on(found, 12)
    return months_on(found, -12) if period.offset == -1 and found > today.replace(day=1) else found


def _quarter(period: Period, today: date) -> tuple[date, date]:
    current = (today.month - 1) // 3
    if period.quarter is not None:
        year = year_of(period, today) or today.year + (period.quarter - 1 < current)
        first = date(year, 3 * (period.quarter - 1) + 1, 1)
    else:
        first = months_on(date(today.year, 3 * current + 1, 1), 3 * (period.offset or 0))
    return first, months_on(first, 3)


def _nth_week(period: Period, first: date, end: date) -> tuple[date, date]:
    """A week belongs to the month in which its Monday lies, a weekend to that of its Saturday."""
    weekday, days = (5, 2) if period.unit == "weekend" else (0, 7)
    nth = period.nth or 1
    if nth > 0:
        start = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        last = end - days * ONE
        start = last - timedelta(days=(last.weekday() - weekday) % 7)
    return start, start + days * ONE


def _part(period: Period, first: date, end: date, today: date) -> tuple[date, date]:
    if period.part is None:
        return first, end
    if period.part == "rest":
        return max(first, min(today + ONE, end - ONE)), end
    if period.days is not None:
        edge = min(timedelta(days=period.days), end - first)
        return (first, first + edge) if period.part == "start" else (end - edge, end)
    days = (end - first).days
    if period.part in ("first_half", "second_half"):
        middle = months_on(first, 6) if days >= _YEAR else first + (days // 2) * ONE
        return (first, middle) if period.part == "first_half" else (middle, end)
    size = 3 if days <= 7 else 10 if days <= 31 else days // 3
    if period.part == "start":
        return first, first + size * ONE
    if period.part == "middle":
        return first + (1 if days <= 7 else size) * ONE, first + (4 if days <= 7 else 2 * size) * ONE
    if days <= 7:
        return first + (4 if days > 2 else 1) * ONE, end
    return (first + 20 * ONE, end) if days <= 31 else (end - size * ONE, end)

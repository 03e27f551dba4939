"""Finds the date of a holiday by its rule: a fixed day, an nth weekday of a month, days from Easter."""

from datetime import date, timedelta
from typing import Any


def holiday(rule: dict[str, Any], today: date, *, year: int | None, is_past: bool) -> date | None:
    """The next such day, the last one, or that of a year."""
    if year is not None:
        return _in_year(rule, year)
    if is_past:
        past = (found for one in (today.year, today.year - 1) if (found := _in_year(rule, one)))
        return next((one for one in past if one < today), None)
    coming = (found for one in (today.year, today.year + 1) if (found := _in_year(rule, one)))
    return next((one for one in coming if one >= today), None)


def nth_in(first: date, nth: int, weekday: int) -> date | None:
    """The nth such weekday of the month that begins then; -1 is the last one."""
    if nth < 0:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == first.month else None


def _in_year(rule: dict[str, Any], year: int) -> date | None:
    match rule:
        case {"day": str(text)}:
            month, number = (int(part) for part in text.split("-"))
            return date(year, month, number)
        case {"nth": [int(nth), int(weekday), int(month)], **more}:
            found = nth_in(date(year, month, 1), nth, weekday)
            return found + timedelta(days=more.get("plus", 0)) if found else None
        case {"advent": int(plus)}:
            return _advent(year) + timedelta(days=plus)
        case {"easter": int(plus)}:
            return _easter(year) + timedelta(days=plus)
    return None


def _advent(year: int) -> date:
    """The first Sunday of Advent, the fourth before Christmas Day."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=christmas.isoweekday() + 21)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)

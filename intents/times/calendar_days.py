"""Finds the date that a day means, seen from another; what is not said is found in the future."""

from datetime import date, timedelta

from intents.lexicon import Lexicon
from intents.times.holidays import holiday, nth_in
from intents.times.values import Day, Period

ONE = timedelta(days=1)
_FAR = 60  # months to look ahead for "friday the 13th"


def date_of(day: Day, today: date, words: Lexicon) -> date | None:
    """The date of a day. None where there is no such day."""
    if day.base is not None:
        found = _beside(day, day.base, today, words)
    elif day.holiday is not None:
        found = holiday(words.holidays[day.holiday], today, year=year_of(day, today), is_past=day.which == -1)
    elif day.nth is not None and day.weekday is not None:
        found = _nth(day, today)
    elif day.day is not None:
        found = _dated(day, today)
    elif day.weekday is not None:
        found = _weekday(day, today, is_coming=words.next_weekday == "coming")
    else:
        found = today + timedelta(days=day.offset or 0)
    if found is None:
        return None
    if day.workdays:
        found = _workdays_on(found, day.workdays)
    return months_on(found, day.plus_months) + timedelta(days=day.plus)


def _beside(day: Day, base: Day, today: date, words: Lexicon) -> date | None:
    """The day from which another is counted, or a weekday in its week, after it or before it."""
    found = date_of(base, today, words)
    if found is None or day.weekday is None:
        return found
    if day.which == 1:
        return found + timedelta(days=(day.weekday - found.weekday()) % 7 or 7)
    if day.which == -1:
        return found - timedelta(days=(found.weekday() - day.weekday) % 7 or 7)
    return monday(found) + timedelta(days=day.weekday)


def year_of(days: Day | Period, today: date) -> int | None:
    """The year that was named, or counted from this one."""
    return today.year + days.year_offset if days.year_offset is not None else days.year


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _weekday(day: Day, today: date, *, is_coming: bool) -> date:
    weekday = day.weekday or 0
    if day.week is not None:
        return monday(today) + timedelta(days=weekday, weeks=day.week)
    ahead = (weekday - today.weekday()) % 7
    match day.which:
        case 1 if not is_coming:
            return monday(today) + timedelta(days=weekday, weeks=1)
        case -1:
            return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
        case 0:
            return today + timedelta(days=ahead)
    return today + timedelta(days=ahead or 7)


def _nth(day: Day, today: date) -> date | None:
    if day.month is None:
        first = months_on(today.replace(day=1), day.month_offset or 0)
        found = nth_in(first, day.nth or 1, day.weekday or 0)
        if day.month_offset is None and (found is None or found < today):
            return nth_in(months_on(first, 1), day.nth or 1, day.weekday or 0)  # of every month
        return found
    year = year_of(day, today) or today.year
    found = nth_in(date(year, day.month, 1), day.nth or 1, day.weekday or 0)
    if year_of(day, today) is None and found is not None and found < today:
        return nth_in(date(year + 1, day.month, 1), day.nth or 1, day.weekday or 0)
    return found


def _dated(day: Day, today: date) -> date | None:
    number = day.day or 1
    if day.month_offset is not None:
        return _on(months_on(today.replace(day=1), day.month_offset), number)
    if day.month is not None:
        said = year_of(day, today)
        years = [said] if said is not None else range(today.year, today.year + 9)
        found = (_on(date(year, day.month, 1), number) for year in years)
        return next((one for one in found if one and (said is not None or one >= today)), None)
    for months in range(_FAR):
        one = _on(months_on(today.replace(day=1), months), number)
        if one and one > today and day.weekday in (None, one.weekday()):
            return one
    return None


def _on(first: date, number: int) -> date | None:
    """The nth day of the month; -1 is its last."""
    end = months_on(first, 1)
    if number < 0:
        return end - ONE
    found = first + timedelta(days=number - 1)
    return found if found < end else None


def months_on(day: date, months: int) -> date:
    """So many months later, at most the last day of that month."""
    if not months:
        return day
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    following = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def _workdays_on(day: date, count: int) -> date:
    step = ONE if count > 0 else -ONE
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day

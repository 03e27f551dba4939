"""Finds the first date of days, periods and ranges, and the one after their last, seen from a day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from intents.lexicon import Lexicon
from intents.times.calendar_days import ONE, date_of, months_on
from intents.times.calendar_periods import period_of
from intents.times.values import Dates, Day, Period


def dates_of(
    days: Day | Period | Dates, today: date, words: Lexicon
) -> tuple[date | None, date | None] | None:
    """The first date and the one after the last; None for an open side."""
    if isinstance(days, Day):
        found = date_of(days, today, words)
        return (found, found + ONE) if found else None
    if isinstance(days, Period):
        return period_of(days, today, words)
    return _range(days, today, words)


def _range(days: Dates, today: date, words: Lexicon) -> tuple[date | None, date | None] | None:
    ongoing = _ongoing(days, today, words)
    if ongoing is not None:
        return ongoing
    first = dates_of(days.first, today, words) if days.first is not None else (None, None)
    if first is None:
        return None
    start = first[1] if days.after_first else first[0]
    if days.length is not None and start is not None:
        return start, months_on(start, days.length.months) + timedelta(days=days.length.minutes // 1440)
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


def _ongoing(days: Dates, today: date, words: Lexicon) -> tuple[date, date] | None:
    """ "from may to september" said in july began in the may before; None where this is no such range."""
    first, last = days.first, days.last
    if first is None or last is None or not (_lacks_year(first) and _lacks_year(last)):
        return None
    begun = dates_of(replace(first, year_offset=0), today, words)
    ends = dates_of(replace(last, year_offset=0), today, words)
    if begun is None or ends is None or begun[0] is None or ends[1] is None:
        return None
    return (begun[0], ends[1]) if begun[0] < today < ends[1] and not days.after_first else None


def _lacks_year(days: Day | Period) -> bool:
    """Whether a month, or a day of one, was named without its year."""
    if days.month is None or days.year is not None or days.year_offset is not None:
        return False
    return days.nth is None and (isinstance(days, Day) or (days.offset is None and days.part is None))


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
        and last.month_offset is None
        and last.year_offset is None
    )


def days_between(first: date, end: date) -> Iterator[date]:
    """Every date from the first on, without the end."""
    while first < end:
        yield first
        first += ONE

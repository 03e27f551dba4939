"""Reads days that are counted: "first monday of december", "last working day of july", "3 fridays ago"."""

from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.times.cascade import Found, sense, skip, value
from intents.times.dayparts import part
from intents.times.figures import year_at
from intents.times.values import Day, Stretch
from intents.tokens import Token

_WEEKS_AT_MOST = 500


class Month(NamedTuple):
    """A month that was named, or counted from this one, and the place after it."""

    month: int | None
    year: int | None
    offset: int | None
    after: int


def _so_many_days_after(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "2 days after tomorrow", where "day after tomorrow" is one word."""
    number, offset = value(tokens, place, "number"), sense(tokens, place + 1, "days_after")
    if number is None or number.ordinal or offset is None or number.value > _WEEKS_AT_MOST:
        return None
    count = int(number.value)
    return Found("day", Day(offset=offset + (count if offset >= 0 else -count)), 2)


def _next_workday(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "next working day", "the last business day"."""
    which = sense(tokens, place, "which")
    is_workday = sense(tokens, place + 1, "unit") == "workday"
    if not which or not is_workday or sense(tokens, place + 2, "of"):
        return None
    return Found("day", Day(offset=0, workdays=which), 2)


def _from_now(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "3 fridays from now", "2 mondays ago"."""
    number, weekday = value(tokens, place, "number"), sense(tokens, place + 1, "weekday")
    if number is None or number.ordinal or weekday is None or not 0 < number.value <= _WEEKS_AT_MOST:
        return None
    weeks = int(number.value) - 1
    if sense(tokens, place - 1, "in"):  # "dans 3 vendredis"
        return Found("day", Day(weekday=weekday, plus=7 * weeks), 2)
    if sense(tokens, place + 2, "ago"):
        return Found("day", Day(weekday=weekday, which=-1, plus=-7 * weeks), 3)
    if sense(tokens, place + 2, "hence"):
        return Found("day", Day(weekday=weekday, plus=7 * weeks), 3)
    if weeks and sense(tokens, place - 1, "in"):  # "dentro de tres viernes"
        return Found("day", Day(weekday=weekday, plus=7 * weeks), 2)
    return None


def _in_month(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "first monday of december", "last friday morning of the month", "the 15th day of june"."""
    nth = _nth(tokens, place)
    if nth is None:
        return None
    daypart = sense(tokens, place + 2, "daypart")
    after = place + (3 if daypart else 2)
    after += 1 if sense(tokens, after, "of") else 0
    is_of = sense(tokens, after - 1, "of") or sense(tokens, after, "of_this")
    month = month_after(tokens, after) if is_of else None
    day = _nth_of(tokens, place + 1, nth, month) if month is not None else None
    if month is None or day is None:
        return None
    if daypart:
        return Found("stretch", Stretch(day, part(daypart, words)), month.after - place)
    return Found("day", day, month.after - place)


def _nth(tokens: list[Token], place: int) -> int | None:
    """ "first", "2nd" and "last" as a count."""
    number = value(tokens, place, "number")
    if number is not None:
        return int(number.value) if number.ordinal else None
    return -1 if sense(tokens, place, "which") == -1 else None


def _nth_of(tokens: list[Token], place: int, nth: int, month: Month) -> Day | None:
    """The nth weekday, day or working day of a month."""
    weekday, unit = sense(tokens, place, "weekday"), sense(tokens, place, "unit")
    if weekday is not None:
        return Day(nth=nth, weekday=weekday, month=month.month, year=month.year, month_offset=month.offset)
    if unit == "day":
        return Day(day=nth, month=month.month, year=month.year, month_offset=month.offset)
    if unit == "workday":
        edge = Day(
            day=1 if nth > 0 else -1,
            month=month.month,
            year=month.year,
            month_offset=month.offset,
            plus=-1 if nth > 0 else 1,
        )
        return Day(base=edge, workdays=nth)
    return None


def month_after(tokens: list[Token], place: int) -> Month | None:
    """The month that stands here, past an article."""
    place = skip(tokens, place, "the") if sense(tokens, place, "month") is None else place
    month = sense(tokens, place, "month")
    if month is not None:
        year, after = year_at(tokens, place + 1)
        return Month(month, year, None, after)
    if sense(tokens, place, "unit") == "month":
        return Month(None, None, 0, place + 1)
    which = sense(tokens, place, "which")
    if which is not None and sense(tokens, place + 1, "unit") == "month":
        return Month(None, None, which, place + 2)
    if sense(tokens, place, "each") and sense(tokens, place + 1, "unit") == "month":
        return Month(None, None, None, place + 2)
    return None


COUNTED_BY_WORD = (_next_workday, _in_month)
COUNTED_BY_NUMBER = (_so_many_days_after, _from_now, _in_month)

"""Reads days that are counted: "first monday of december", "last day of october", "3 fridays from now"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, sense, skip, value
from intents.times.figures import year_at
from intents.times.values import Day
from intents.tokens import Token

_WEEKS_AT_MOST = 500


def counted_day(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "first monday of december", "last friday of the month", "3 fridays from now"."""
    number = value(tokens, place, "number")
    nth = int(number.value) if number and number.ordinal else None
    if nth is None and sense(tokens, place, "which") == -1:
        nth = -1
    weekday = sense(tokens, place + 1, "weekday")
    if weekday is None and sense(tokens, place + 1, "unit") == "day" and nth is not None:
        return _day_in_month(tokens, place, nth)
    if weekday is None:
        return None
    if number and not number.ordinal:
        if sense(tokens, place + 2, "hence") and number.value <= _WEEKS_AT_MOST:
            return Found("day", Day(weekday=weekday, plus=7 * (int(number.value) - 1)), 3)
        return None
    if nth is None or not sense(tokens, place + 2, "of"):
        return None
    month = month_after(tokens, place + 3)
    if month is None:
        return None
    return Found(
        "day",
        Day(nth=nth, weekday=weekday, month=month[0], year=month[1], month_offset=month[2]),
        month[3] - place,
    )


def _day_in_month(tokens: list[Token], place: int, nth: int) -> Found | None:
    """ "last day of october", "the 15th day of june"."""
    month = month_after(tokens, place + 3) if sense(tokens, place + 2, "of") else None
    if month is None:
        return None
    return Found("day", Day(day=nth, month=month[0], year=month[1], month_offset=month[2]), month[3] - place)


def month_after(tokens: list[Token], place: int) -> tuple[int | None, int | None, int | None, int] | None:
    """A month named or counted from this one: month, year, offset, and the place after it."""
    place = skip(tokens, place, "the") if sense(tokens, place, "month") is None else place
    month = sense(tokens, place, "month")
    if month is not None:
        year, after = year_at(tokens, place + 1)
        return month, year, None, after
    if sense(tokens, place, "unit") == "month":
        return None, None, 0, place + 1
    which = sense(tokens, place, "which")
    if which is not None and sense(tokens, place + 1, "unit") == "month":
        return None, None, which, place + 2
    return None

"""Reads spans counted within longer ones: "first week of october", "last two days of july"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Read, sense, skip, value
from intents.times.values import PartOf, Period, Unit
from intents.tokens import Token

UNITS: dict[str, Unit] = {
    "week": "week",
    "weekend": "weekend",
    "workweek": "workweek",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}
_SIDES: dict[int, PartOf] = {1: "start", -1: "end"}
_MONTHS = 12


def nth_within(tokens: list[Token], place: int, words: Lexicon, read: Read) -> Found | None:
    """ "first week of october 2014", "last weekend of june", "third month of 2021". `read` reads a period."""
    nth = _nth(tokens, place)
    if nth is None:
        return None
    if sense(tokens, place + 1, "or") or sense(tokens, place + 1, "and"):
        return _one_of_two(tokens, place, words, read, nth)
    unit, of = UNITS.get(sense(tokens, place + 1, "unit") or ""), place + 2
    if sense(tokens, place + 1, "week_of"):
        unit, of = "week", place + 1
    elif not sense(tokens, of, "of"):
        if not sense(tokens, of, "of_this"):
            return None
        of -= 1
    outer = _outer(tokens, of + 1, words, read) if unit is not None else None
    period = _counted(unit, nth, outer[0]) if outer is not None else None
    return Found("period", period, outer[1] - place) if outer is not None and period is not None else None


def _one_of_two(tokens: list[Token], place: int, words: Lexicon, read: Read, nth: int) -> Found | None:
    """The "first" of "first or second week of august"."""
    is_list = sense(tokens, place + 3, "or") or sense(tokens, place + 3, "and")
    if is_list or _nth(tokens, place + 2) is None:
        return None
    second = nth_within(tokens, place + 2, words, read)
    has_nth = second is not None and second.value.nth is not None
    return Found("period", replace(second.value, nth=nth), 1) if second is not None and has_nth else None


def _counted(unit: Unit | None, nth: int, outer: Period) -> Period | None:
    if unit == "month" and outer.unit == "year" and -1 <= nth <= _MONTHS and nth:
        return Period("month", month=nth if nth > 0 else _MONTHS, year=outer.year, year_offset=outer.offset)
    if unit in ("week", "weekend") and outer.unit == "year":
        return Period(unit, nth=nth, year=outer.year, year_offset=outer.offset)
    if unit in ("week", "weekend") and outer.unit == "month":
        return replace(outer, unit=unit, nth=nth, part=None)
    return None


def edge_of(tokens: list[Token], place: int, words: Lexicon, read: Read) -> Found | None:
    """ "first two weeks of august", "the last day of the year"."""
    side = _SIDES.get(_nth(tokens, place) or 0)
    if side is None:
        return None
    days = _days(tokens, place + 1)
    of = place + 2 if sense(tokens, place + 2, "of") else place + 1
    is_of = of > place + 1 or sense(tokens, place + 2, "of_this")
    outer = _outer(tokens, of + 1, words, read) if days and is_of else None
    if outer is None or outer[0].part is not None:
        return None
    return Found("period", replace(outer[0], part=side, days=days), outer[1] - place)


def _days(tokens: list[Token], place: int) -> int | None:
    """How many days "day", "3 days" or "two weeks" are."""
    length = value(tokens, place, "length")
    if length is not None:
        return int(length.minutes // 1440) if length.unit in ("day", "week") else None
    return 1 if sense(tokens, place, "unit") == "day" else None


def _nth(tokens: list[Token], place: int) -> int | None:
    """ "first", "2nd" and "last" as a count."""
    number = value(tokens, place, "number")
    if number is not None:
        return int(number.value) if number.ordinal else None
    return -1 if sense(tokens, place, "which") == -1 else None


def _outer(tokens: list[Token], place: int, words: Lexicon, read: Read) -> tuple[Period, int] | None:
    """The longer span in which is counted, and the place after it."""
    after = place if sense(tokens, place, "month") is not None else skip(tokens, place, "the")
    if after >= len(tokens):
        return None
    unit = UNITS.get(sense(tokens, after, "unit") or "")
    if unit is not None and (after > place or sense(tokens, place - 1, "of_the")):
        return Period(unit, offset=0), after + 1
    found = read(tokens, after, words)
    is_period = found is not None and isinstance(found.value, Period)
    return (found.value, after + found.size) if found is not None and is_period else None

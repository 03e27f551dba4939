"""Reads that a meeting repeats: "every other tuesday", "weekly", "every two weeks until june"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, kind, sense
from intents.times.values import Dates, Day, Length, Period, Reading, Repeats, Stretch
from intents.tokens import Token

_TOLD_BY = frozenset({"each", "repeating", "weekdays_in_plural"})
_WORKDAYS = (0, 1, 2, 3, 4)
_IN_TITLES = frozenset({"quarter", "year"})
_MOST = 99  # units between two meetings, or meetings in a row
# What a unit is as a frequency, and how many of these it is.
_FREQUENCIES = {
    "day": ("daily", 1),
    "workday": ("weekly", 1),
    "week": ("weekly", 1),
    "fortnight": ("weekly", 2),
    "month": ("monthly", 1),
    "quarter": ("monthly", 3),
    "year": ("yearly", 1),
}


def may_repeat(present: set[str]) -> bool:
    """Whether a sentence with these senses may tell of repeating."""
    return not _TOLD_BY.isdisjoint(present)


def with_repeats(reading: Reading, worded: list[Token], timed: list[Token]) -> Reading:
    """A reading with what is said of repeating. `worded`: tokens before times were read, `timed`: after."""
    said = next((found for at in range(len(worded)) if (found := _said(worded, at)) is not None), None)
    if said is None:
        return _with_habit(reading)
    parted = [_parted(one) for one in reading.stretches]
    kept = tuple(_surely(stretch) for stretch, _ in parted if stretch is not None)
    until = next((end for _, end in parted if end is not None), None) or _lasting(timed)
    repeats = replace(_with_days(said, kept), until=until, count=_count(worded))
    return replace(reading, stretches=kept, repeats=repeats, without=_without_weekend(reading, repeats))


def _with_habit(reading: Reading) -> Reading:
    """ "Mondays at 9": weekly, though nobody said so."""
    days = [one.days for one in reading.stretches if isinstance(one.days, Day) and _has_hour(one)]
    weekdays = _weekdays(days)
    return (
        replace(reading, repeats=Repeats("weekly", weekdays=weekdays, is_implied=True))
        if weekdays
        else reading
    )


def _has_hour(stretch: Stretch) -> bool:
    return stretch.times is not None and stretch.times.part is None and stretch.times.start is not None


def _parted(stretch: Stretch) -> tuple[Stretch | None, Day | Period | Length | None]:
    """What is said of the first time, and of when it ends: "friday for six weeks", "at 3 until june"."""
    days = stretch.days
    if not isinstance(days, Dates):
        return stretch, None
    if days.length is not None:
        return replace(stretch, days=days.first), days.length
    is_open = days.first is None or days.first in (Day(offset=0), Day(offset=1))
    if days.last is None or not is_open:
        return stretch, None
    return (Stretch(times=stretch.times) if stretch.times is not None else None), days.last


def _surely(stretch: Stretch) -> Stretch:
    """What repeats is held in the daytime, also when today's hour is over."""
    return replace(stretch, times=stretch.times._replace(sure=True)) if stretch.times is not None else stretch


def _without_weekend(reading: Reading, repeats: Repeats) -> tuple[Stretch, ...]:
    weekend = tuple(Stretch(Day(weekday=one)) for one in (5, 6))
    added = weekend if repeats.weekdays == _WORKDAYS else ()
    return tuple(dict.fromkeys((*reading.without, *added)))


def _said(tokens: list[Token], place: int) -> Repeats | None:
    """What is said of repeating at this place."""
    adverb = sense(tokens, place, "repeating")
    if adverb is not None and not (adverb in _IN_TITLES and _names_something(tokens, place + 1)):
        return _every(str(adverb), 1)
    interval = sense(tokens, place, "each")
    if interval is None:
        return None
    after = place + 1
    counted = _number(tokens, after)
    if counted is not None:
        interval, after = counted, after + 1
    return _each(tokens, after, int(interval))


def _names_something(tokens: list[Token], place: int) -> bool:
    """Whether a plain noun follows: "annual review" is a title."""
    return kind(tokens, place) == "word" and not tokens[place].senses


def _each(tokens: list[Token], place: int, interval: int) -> Repeats | None:
    """What follows "every"."""
    if sense(tokens, place, "weekdays"):
        return _every("workday", interval)
    unit = sense(tokens, place, "unit")
    if unit in _FREQUENCIES:
        return _every(str(unit), interval)
    if sense(tokens, place, "weekday") is not None:
        return Repeats("weekly", interval)
    return Repeats("daily", interval) if sense(tokens, place, "daypart") else None


def _every(unit: str, interval: int) -> Repeats:
    frequency, size = _FREQUENCIES[unit]
    return Repeats(frequency, size * interval, weekdays=_WORKDAYS if unit == "workday" else ())


def _number(tokens: list[Token], place: int) -> int | None:
    """The 2 of "every two weeks" and of "every 2nd week"."""
    for tag in ("number", "ordinal"):
        number = sense(tokens, place, tag)
        is_noun = any(sense(tokens, place, noun) is not None for noun in ("unit", "weekday"))
        if number is not None and not is_noun:
            return int(number)
    text = tokens[place].text if kind(tokens, place) == "number" else ""
    return int(text) if 0 < len(text) <= 2 and 0 < int(text) <= _MOST else None


def _with_days(said: Repeats, stretches: tuple[Stretch, ...]) -> Repeats:
    """The weekdays or the day of the month on which it repeats."""
    days = [one.days for one in stretches if isinstance(one.days, Day)]
    if said.frequency == "monthly":
        first = next((one for one in days if one.nth is not None or one.day is not None), Day())
        weekdays = _weekdays([first] if first.nth is not None else [])
        return replace(said, nth=first.nth, weekdays=weekdays, day=first.day)
    return replace(said, weekdays=said.weekdays or _weekdays(days)) if said.frequency == "weekly" else said


def _weekdays(days: list[Day]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.weekday for one in days if one.weekday is not None))


def _lasting(tokens: list[Token]) -> Length | None:
    """The "for six weeks" of a meeting that repeats."""
    for place, token in enumerate(tokens):
        if token.kind == "length" and token.value.is_coarse and sense(tokens, place - 1, "for"):
            length: Length = token.value
            return length
    return None


def _count(tokens: list[Token]) -> int | None:
    """The "5 times" of a meeting that repeats."""
    for place in range(len(tokens) - 1):
        number = _number(tokens, place) if sense(tokens, place + 1, "repetitions") else None
        if number is not None:
            return number
    return None


def _words(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """The words themselves, so that nobody takes them for a title."""
    end = place + 1
    if _number(tokens, end) is not None or kind(tokens, end) == "number":
        end += 1
    is_unit = sense(tokens, end, "unit") or sense(tokens, end, "weekdays")
    return Found("repeat", None, end - place + bool(is_unit))


REPEATS = Reader("repeat", _words, tags=frozenset({"each"}))

"""Knows dates and times of day that there are not: "feb 30", "25:99", "the 32nd", "2026-13-45"."""

from collections.abc import Iterator
from datetime import date

from intents.lexicon import Lexicon
from intents.times.calendar_ranges import dates_of
from intents.times.cascade import is_glued, kind, sense, skip, value
from intents.times.values import Dates, Day, Number, Period, Reading, Stretch
from intents.tokens import Token

_FIGURES = frozenset({"number", "hms", "ymd", "dmy", "slash", "dotted"})
_HOURS = frozenset({"clock", "times", "stretch"})
_LAST_HOUR = 24
_MONTHS = range(1, 13)
_LONGEST_MONTH = 31
_YEARS_FROM = 100  # "feb 2027" names a year
_DAYS_NEAR = range(29, _LONGEST_MONTH + 1)  # "2/30" means a day, "9/40" does not


def is_impossible(reading: Reading, timed: list[Token], today: date, words: Lexicon) -> bool:
    """Whether a date or a time of day was named that does not exist."""
    stretches = (*reading.stretches, *reading.without)
    if any(dates_of(days, today, words) is None for one in stretches for days in _days(one)):
        return True
    figures = (place for place, token in enumerate(timed) if token.kind in _FIGURES)
    return any(_is_no_clock(timed, place) or _is_no_day(timed, place) for place in figures)


def _days(stretch: Stretch) -> Iterator[Day | Period | Dates]:
    """The days of a stretch and those of its end."""
    if stretch.days is not None:
        yield stretch.days
    if stretch.until is not None:
        yield from _days(stretch.until)


def _is_no_clock(tokens: list[Token], place: int) -> bool:
    """ "25:99", "13am", "at 25", "at 9.75": what no reader of times has taken."""
    token = tokens[place]
    if token.kind == "hms":
        hour, minute = (int(part) for part in token.text.split(":")[:2])
        return hour > 24 or minute > 59 or (hour == 24 and minute > 0)
    is_at = bool(sense(tokens, place - 1, "strictly_at"))
    if token.kind == "dotted":
        hours, _, minutes = token.text.rstrip(".").partition(".")
        return is_at and len(minutes) == 2 and (int(hours) > 24 or int(minutes) > 59)
    number = _figure(tokens, place)
    if number is None or number.ordinal:
        return False
    if sense(tokens, place + 1, "half"):
        return is_at or is_glued(tokens, place + 1)
    if number.value > _LAST_HOUR and (sense(tokens, place + 1, "oclock") or _ends_hours(tokens, place)):
        return True
    return is_at and number.value > 24 and _ends(tokens, place + 1)


def _ends_hours(tokens: list[Token], place: int) -> bool:
    """Whether a range of hours ends here: "between 25 and 26", "from 3 to 25"."""
    link = sense(tokens, place - 1, "range") or sense(tokens, place - 1, "and")
    if not link or not _ends(tokens, place + 1) or kind(tokens, place + 1) == "mark":
        return False
    is_led = sense(tokens, place - 3, "between") or sense(tokens, place - 3, "from")
    starts = kind(tokens, place - 2)
    return starts in _HOURS or bool(starts == "number" and is_led)


def _is_no_day(tokens: list[Token], place: int) -> bool:
    """ "2026-13-45", "2/30", "31.2.", "the 32nd", "february 45"."""
    match tokens[place].kind:
        case "ymd" | "dmy":
            return True  # those that exist have become days
        case "slash" | "dotted":
            return _is_no_date(tokens, place)
    number = _figure(tokens, place)
    if number is None or 0 < number.value <= _LONGEST_MONTH or number.value >= _YEARS_FROM:
        return False
    is_the = place > 1 and bool(sense(tokens, place - 1, "definite")) and bool(sense(tokens, place - 2, "on"))
    if number.ordinal and is_the and _ends(tokens, place + 1):
        return True
    named = value(tokens, place - 2 if sense(tokens, place - 1, "definite") else place - 1, "day")
    if named is not None and named == Day(weekday=named.weekday) and _ends(tokens, place + 1):
        return True  # "sunday 32"
    after = skip(tokens, place + 1, "of") if number.ordinal else place + 1
    return _is_month(tokens, after) or (_is_month(tokens, place - 1) and _ends(tokens, place + 1))


def _is_no_date(tokens: list[Token], place: int) -> bool:
    """Figures that are no day of a month: near the end of one ("2/30"), or led by "on"."""
    text = tokens[place].text
    parts = _parts(text)
    if len(parts) != 2 or "," in text:
        return False
    is_on = bool(sense(tokens, place - 1, "on_day"))
    if tokens[place].kind == "dotted" and not (text.endswith(".") or is_on):
        return False
    first, second = (int(part) for part in parts)
    is_near = any(a in _MONTHS and b in _DAYS_NEAR for a, b in ((first, second), (second, first)))
    return is_near or is_on


def _parts(text: str) -> list[str]:
    return text.rstrip(".").replace("-", "/").replace(".", "/").split("/")


def _figure(tokens: list[Token], place: int) -> Number | None:
    """A number in figures that no reader has taken."""
    number = value(tokens, place, "number")
    return number if isinstance(number, Number) and not number.spelled else None


def _is_month(tokens: list[Token], place: int) -> bool:
    """Whether a month stands there, as a word or as a period."""
    period = value(tokens, place, "period")
    return bool(sense(tokens, place, "month")) or (isinstance(period, Period) and period.month is not None)


def _ends(tokens: list[Token], place: int) -> bool:
    """Whether no noun follows that the number could count: "the 32nd floor"."""
    if kind(tokens, place) != "word":
        return True
    if "counted" in tokens[place].senses:
        return False
    return bool(tokens[place].senses)

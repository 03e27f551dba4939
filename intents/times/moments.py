"""Reads what is counted from now or from a day: "in two hours", "two weeks after easter"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, sense, skip, value
from intents.times.lengths import LONGEST, length_of
from intents.times.values import Dates, Day, Length, Moment, Stretch
from intents.tokens import Token

_DAY = 1440
_FEW = 3  # days that "the coming days" are
_BARE_MINUTES = range(5, 95, 5)


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind == "length":
        return _after_length(tokens, place)
    if tokens[place].kind == "number":
        return _turned(tokens, place)
    if sense(tokens, place, "next_days"):
        return Found("dates", run_of(length_of(_FEW, "day"), is_past=False, starts_now=False), 1)
    return _ago(tokens, place) or _within(tokens, place) or _next_unit(tokens, place) or _in(tokens, place)


def _ago(tokens: list[Token], place: int) -> Found | None:
    """ "il y a trois jours": where a language says it before the length."""
    if not sense(tokens, place, "ago_before"):
        return None
    after = skip(tokens, place + 1, "exactly_at", "at")
    length = value(tokens, after, "length")
    return _later(length, -1, after + 1 - place) if length is not None else None


def _turned(tokens: list[Token], place: int) -> Found | None:
    """ "the 2 next weeks", "3 coming days"; not "1-3 next week"."""
    if sense(tokens, place - 1, "range") or sense(tokens, place - 1, "at"):
        return None
    unit, number = sense(tokens, place + 2, "unit"), tokens[place].value
    is_past = sense(tokens, place + 1, "which") == -1
    if unit is None or number is None or number.ordinal:
        return None
    if not is_past and not sense(tokens, place + 1, "within"):
        return None
    length = length_of(number.value, unit)
    return _span(length, 3, is_past=is_past, starts_now=False) if length.seconds <= LONGEST else None


def _next_unit(tokens: list[Token], place: int) -> Found | None:
    """ "in the next hour", "within the next minute"."""
    unit = sense(tokens, place + 1, "unit")
    if unit not in ("hour", "minute", "fortnight") or not sense(tokens, place, "within"):
        return None
    return _span(length_of(1, unit), 2, is_past=False, starts_now=True)


def _in(tokens: list[Token], place: int) -> Found | None:
    """ "in two hours", "in 3 days"."""
    if not sense(tokens, place, "in"):
        return None
    after = skip(tokens, place + 1, "exactly_at", "more", "at")
    length = value(tokens, after, "length")
    if length is None:
        return _in_bare_minutes(tokens, place)
    size = after + 1 - place
    if sense(tokens, after + 1, "hence"):
        size += 1
    return _later(length, 1, size)


def _in_bare_minutes(tokens: list[Token], place: int) -> Found | None:
    """ "in 15" at the end of a sentence."""
    number = value(tokens, place + 1, "number")
    is_last = place + 2 == len(tokens) or (place + 3 == len(tokens) and tokens[-1].kind == "mark")
    if number is None or number.ordinal or not is_last or number.value not in _BARE_MINUTES:
        return None
    return Found("stretch", Stretch(moment=Moment(int(number.value))), 2)


def _within(tokens: list[Token], place: int) -> Found | None:
    """ "within an hour", "in the next 3 days", "last 2 weeks"."""
    is_past = sense(tokens, place, "which") == -1
    if not is_past and not sense(tokens, place, "within"):
        return None
    at = skip(tokens, place + 1, "exactly_at")
    at += 1 if sense(tokens, at, "definite") and sense(tokens, at + 1, "unit") == "hour" else 0
    length = _one_hour(tokens, at) or value(tokens, at, "length")
    if length is None or (sense(tokens, place, "within") == "coarse" and not length.is_coarse):
        return None
    size = at + 1 - place
    return _span(length, size, is_past=is_past, starts_now=sense(tokens, place, "within") != "next")


def _span(length: Length, size: int, *, is_past: bool, starts_now: bool) -> Found:
    """The time from now on, or until now, of this length."""
    if not length.is_coarse:
        moment = Moment(-length.minutes if is_past else length.minutes, within=True)
        return Found("stretch", Stretch(moment=moment), size)
    return Found("dates", run_of(length, is_past=is_past, starts_now=starts_now), size)


def _one_hour(tokens: list[Token], place: int) -> Length | None:
    """ "the next hour"."""
    return Length(minutes=60, unit="hour", amount=1) if sense(tokens, place, "unit") == "hour" else None


def run_of(length: Length, *, is_past: bool, starts_now: bool) -> Dates:
    """The next or last so many days, weeks or months."""
    if length.unit == "workday":
        edge = Day(offset=0, workdays=-int(length.amount) if is_past else int(length.amount))
        return Dates(edge, Day(offset=-1)) if is_past else Dates(Day(offset=1), edge)
    if is_past:
        return Dates(Day(offset=-(length.minutes // _DAY), plus_months=-length.months), Day(offset=-1))
    first = Day(offset=0 if starts_now and length.unit != "day" else 1)
    return Dates(first, replace(first, plus=length.minutes // _DAY - 1, plus_months=length.months))


def _after_length(tokens: list[Token], place: int) -> Found | None:
    """ "3 days ago", "2 hours from now", "3 days after easter", "a week from monday"."""
    length = tokens[place].value
    after = place + 1
    if sense(tokens, after, "ago"):
        return _later(length, -1, 2)
    sign = sense(tokens, after, "counted_from") or 0
    day = value(tokens, skip(tokens, after + 1, "the"), "day")
    if sense(tokens, after, "hence") and not (sign and day):
        return _later(length, 1, 2)
    if sense(tokens, place - 1, "for") and sense(tokens, after, "from"):
        return None  # "for 10 days from the 18th"
    if not sign or day is None or not length.is_coarse:
        return None
    size = skip(tokens, after + 1, "the") + 1 - place
    return Found(
        "day", Day(base=day, plus=sign * (length.minutes // _DAY), plus_months=sign * length.months), size
    )


def _later(length: Length, sign: int, size: int) -> Found | None:
    if not length.is_coarse or length.minutes % _DAY:
        return Found("stretch", Stretch(moment=Moment(sign * length.minutes)), size)
    if length.unit == "workday":
        return Found("day", Day(offset=0, workdays=sign * int(length.amount)), size)
    return Found("day", Day(offset=sign * (length.minutes // _DAY), plus_months=sign * length.months), size)


_LED_BY = frozenset({"in", "within", "which", "ago_before", "next_days"})
MOMENTS = Reader(
    "moment",
    _read,
    frozenset({"length", "number"}),
    _LED_BY,
    needs=_LED_BY | {"ago", "hence", "counted_from"},
)

"""Reads days told by another: "the friday before christmas", "easter weekend", "a week on monday"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, value
from intents.times.values import Day, Length, Period, Unit
from intents.tokens import Token

_WEEK = 7
_LIST_AT_MOST = 3  # tokens between "tomorrow" and "or the day after"


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    token = tokens[place]
    if token.kind == "length":
        return _length_on(tokens, place, token.value)
    if token.kind == "day":
        return (
            _week_of_holiday(tokens, place, token.value)
            or _weekday_beside(tokens, place, token.value)
            or _plus(tokens, place, token.value)
        )
    if token.kind == "period":
        return _period_beside(tokens, place, token.value)
    return _beside_as_word(tokens, place) or _day_beside(tokens, place)


def _length_on(tokens: list[Token], place: int, length: Length) -> Found | None:
    """ "a week on monday", "a fortnight on tuesday", "a week tomorrow"."""
    if length.unit not in ("week", "fortnight") or any(
        sense(tokens, place - 1, tag) for tag in ("each", "in")
    ):
        return None
    is_on = place + 1 < len(tokens) and tokens[place + 1].norm in ("on",)
    day = value(tokens, place + 2 if is_on else place + 1, "day")
    if day is None or (is_on and day.weekday is None) or (not is_on and day.offset not in (0, 1)):
        return None
    return Found("day", Day(base=day, plus=length.minutes // 1440), 3 if is_on else 2)


def _week_of_holiday(tokens: list[Token], place: int, day: Day) -> Found | None:
    """ "easter weekend", "christmas week"."""
    after = place + 1
    if kind(tokens, after) == "mark" and tokens[after].norm == "-" and is_glued(tokens, after):
        after += 1  # "halloween-weekend"
    is_weekend = value(tokens, after, "period") == Period("weekend", offset=0)
    is_week = sense(tokens, after, "unit") == "week"
    unit: Unit = "weekend" if is_weekend else "week"
    if day.holiday is None or not (is_week or is_weekend):
        return None
    year = value(tokens, after + 1, "number")
    if year is not None and 1990 <= year.value <= 2100 and not year.spelled:
        holding = replace(day, year=int(year.value))
        return Found("period", Period(unit, holding=holding), after + 2 - place)
    return Found("period", Period(unit, holding=day), after + 1 - place)


def _plus(tokens: list[Token], place: int, day: Day) -> Found | None:
    """ "next tuesday +10 days", "Dienstag in zwei Wochen"."""
    by = sense(tokens, place + 1, "plus_length")
    length = value(tokens, place + 2, "length") if by else None
    if length is None or length.minutes % 1440:
        return None
    days = length.minutes // 1440
    if by == "weeks" and day == Day(weekday=day.weekday):
        return _weeks_on(day, days) if not length.months else None
    return Found("day", Day(base=day, plus=days, plus_months=length.months), 3)


def _weeks_on(day: Day, days: int) -> Found | None:
    """That weekday so many weeks on; "in acht Tagen" is in a week. Other counts tell the day alone."""
    if days < _WEEK or days % _WEEK > 1:
        return None
    return Found("day", Day(base=replace(day, which=0), plus=days // _WEEK * _WEEK), 3)


def _side(tokens: list[Token], place: int) -> int:
    """1 for "after", -1 for "before", where the word is said as such; else 0."""
    if sense(tokens, place, "side") is not None:
        return int(sense(tokens, place, "side"))
    return 0


def _weekday_beside(tokens: list[Token], place: int, day: Day) -> Found | None:
    """ "the friday before christmas", "the monday after the 20th"."""
    side = _side(tokens, place + 1)
    at = skip(tokens, place + 2, "the")
    other = value(tokens, at, "day") if side and day == Day(weekday=day.weekday) else None
    week = value(tokens, at, "period") if side and day == Day(weekday=day.weekday) else None
    if week is not None and week == Period("week", offset=week.offset):
        return Found("day", Day(weekday=day.weekday, week=week.offset + side), at + 1 - place)
    if other is None or day.weekday is None or other == Day(weekday=other.weekday):
        return None
    return Found("day", Day(base=other, weekday=day.weekday, which=side), at + 1 - place)


def _period_beside(tokens: list[Token], place: int, period: Period) -> Found | None:
    """ "the weekend after the 20th"."""
    side = _side(tokens, place + 1) if period == Period("weekend", offset=0) else 0
    return _span_beside(tokens, place, "weekend", side) if side else None


def _span_beside(tokens: list[Token], place: int, unit: str, side: int) -> Found | None:
    at = skip(tokens, place + 2, "the")
    day = value(tokens, at, "day")
    if day is None:
        return None
    return Found(
        "period", Period("week" if unit == "week" else "weekend", holding=day, offset=side), at + 1 - place
    )


def _day_beside(tokens: list[Token], place: int) -> Found | None:
    """ "the day before christmas", "the week after easter", "tomorrow or the day after"."""
    unit, side = sense(tokens, place, "unit"), _side(tokens, place + 1)
    if not side or unit not in ("day", "week") or not _has_article(tokens, place):
        return None
    if unit == "week":
        return _span_beside(tokens, place, "week", side)
    at = skip(tokens, place + 2, "the")
    day = value(tokens, at, "day")
    if day is not None:
        return Found("day", Day(base=day, plus=side), at + 1 - place)
    before = _day_listed_before(tokens, place)
    return Found("day", Day(base=before, plus=side), 2) if before is not None else None


def _beside_as_word(tokens: list[Token], place: int) -> Found | None:
    """ "le lendemain du 11 février", "la veille de Noël": the word itself says before or after."""
    side = sense(tokens, place, "beside_day")
    at = skip(tokens, place + 1, "the")
    day = value(tokens, at, "day") if side is not None else None
    return Found("day", Day(base=day, plus=side), at + 1 - place) if day is not None else None


def _has_article(tokens: list[Token], place: int) -> bool:
    return bool(sense(tokens, place - 1, "the") or sense(tokens, place - 1, "day_article"))


def _day_listed_before(tokens: list[Token], place: int) -> Day | None:
    """The day of "tomorrow or the day after"."""
    for back in range(place - 1, max(place - 1 - _LIST_AT_MOST, -1), -1):
        if kind(tokens, back) == "day":
            day: Day = tokens[back].value
            return day
        if not any(sense(tokens, back, tag) for tag in ("or", "and", "the", "comma")):
            return None
    return None


RELATED_DAYS = Reader(
    "related_day",
    _read,
    frozenset({"length", "day", "period"}),
    frozenset({"unit", "beside_day"}),
    needs=frozenset({"length", "period", "unit", "side", "plus_length", "beside_day"}),
)

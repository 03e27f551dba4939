"""Reads days written in figures: "2026-07-18", "18.7.", "7/18", "18.07.2026", "20260718"."""

from calendar import monthrange
from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, is_glued, kind, sense, skip, skip_back, value
from intents.times.values import Day
from intents.tokens import Token

_CENTURY = 100
_LAST_MONTH = 12
_LAST_HOUR = 24
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def in_figures(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """A day in figures, if one stands here."""
    token = tokens[place]
    match token.kind:
        case "ymd":
            year, month, day = _parts(token.text)
            return _date(year, month, day)
        case "dmy":
            first, second, year = _parts(token.text)
            year += 2000 if year < _CENTURY else 0
            is_dotted = "." in token.text
            found = _date(year, *_month_and_day(first, second, words, is_dotted))
            return _either(found, first, second) if not is_dotted else found
        case "slash":
            first, second = _parts(token.text)
            found = _either(_date(None, *_month_and_day(first, second, words, False)), first, second)
            return _with_year(found, tokens, place) if found else None
        case "dotted":
            return _dotted(tokens, place, words)
        case "number":
            written = _eight_digits(str(int(token.value.value))) if token.value is not None else None
            return written or _dashed(tokens, place, words) or _spaced(tokens, place, words)
    return None


def _with_year(found: Found, tokens: list[Token], place: int) -> Found:
    year, after = year_at(tokens, place + 1)
    if year is None:
        return found
    return Found("day", replace(found.value, year=year), after - place)


def _either(found: Found | None, first: int, second: int) -> Found | None:
    """A day in figures, marked where they can also be day and month."""
    if found is None or first == second or max(first, second) > _LAST_MONTH:
        return found
    return Found("day", replace(found.value, either_order=True), found.size)


def _dotted(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "18.6." is a day; "18.6" only after "on"."""
    text = tokens[place].text
    if "," in text:
        return None
    first, second = _parts(text.rstrip("."))
    is_plain = (text.endswith(".") and (words.dotted or place + 1 < len(tokens))) or (
        sense(tokens, place - 1, "on") or (words.dotted and _follows_day(tokens, place))
    )
    if not is_plain or not 1 <= second <= 12 or sense(tokens, place - 1, "exactly_at"):
        return None
    return _date(None, second, first)


def _dashed(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "27-12", where a language writes days so and the first figure is too late for an hour's range."""
    day, month = value(tokens, place, "number"), value(tokens, place + 2, "number")
    is_dashed = kind(tokens, place + 1) == "mark" and tokens[place + 1].norm == "-"
    is_one = is_glued(tokens, place + 1) and is_glued(tokens, place + 2) and not is_glued(tokens, place + 3)
    if not words.dashed_days or day is None or month is None or not is_dashed or not is_one:
        return None
    is_on = sense(tokens, place - 1, "on_day") or sense(tokens, place - 1, "day_article")
    after = tokens[place + 3].senses.keys() if place + 3 < len(tokens) else set()
    is_early = day.value <= _LAST_MONTH and not is_on
    if is_early or sense(tokens, place - 1, "exactly_at") or after & {"unit", "of_date", "month"}:
        return None
    found = _date(None, int(month.value), int(day.value))
    return Found("day", found.value, 3) if found else None


def _spaced(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "31 10", "24 12 14": where nothing else is said and the first figure is no hour."""
    numbers = [one.value for one in tokens[:3] if one.kind == "number" and one.value is not None]
    is_all = place == 0 and 2 <= len(tokens) == len(numbers) and not words.month_first
    if not is_all or any(one.spelled or one.ordinal for one in numbers):
        return None
    day, month, *years = (int(one.value) for one in numbers)
    if day <= _LAST_HOUR and not years:
        return None
    year = years[0] + (2000 if years[0] < _CENTURY else 0) if years else None
    found = _date(year, month, day)
    return found._replace(size=len(numbers)) if found is not None else None


def _follows_day(tokens: list[Token], place: int) -> bool:
    """Whether a weekday or the first day of a range stands before: "Freitag 8.5", "14. - 15.10"."""
    before = skip_back(tokens, place - 1, "comma", "range", "the")
    number = value(tokens, before, "number")
    return kind(tokens, before) == "day" or (number is not None and bool(number.ordinal))


def _eight_digits(text: str) -> Found | None:
    if len(text) != 8 or not text.startswith(("19", "20")):
        return None
    return _date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _parts(text: str) -> list[int]:
    return [int(part) for part in text.replace("-", "/").replace(".", "/").split("/")]


def _month_and_day(first: int, second: int, words: Lexicon, is_dotted: bool) -> tuple[int, int]:
    month_first = words.month_first and not is_dotted
    if first > 12 or (not month_first and second <= 12):
        return second, first
    return first, second


def _date(year: int | None, month: int, day: int) -> Found | None:
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    return Found("day", Day(month=month, day=day, year=year), 1)


def past_dot(tokens: list[Token], place: int) -> int:
    """Past the dot of "Dec."."""
    is_dot = (
        kind(tokens, place) == "mark" and tokens[place].norm in (".", "-", "/") and is_glued(tokens, place)
    )
    return place + 1 if is_dot else place


def year_at(tokens: list[Token], place: int) -> tuple[int | None, int]:
    """A year that may follow a month or a date, and the place after it."""
    after = skip(tokens, place, "comma")
    if sense(tokens, after, "of_date"):
        after += 1
    number = value(tokens, after, "number")
    if number is None and kind(tokens, after) == "number":
        return None, place
    if number and not number.ordinal and 1990 <= number.value <= 2100:
        return int(number.value), after + 1
    return None, place

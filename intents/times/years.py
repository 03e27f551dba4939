"""Reads years, written as numbers or counted from this one, and months beside them."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, sense, skip, value
from intents.times.figures import year_at
from intents.times.values import Period
from intents.tokens import Token

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def year_in_figures(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "2019-05", "año 2015", "in 2026", "between 2026 and 2027": a month or a year written as a number."""
    if tokens[place].kind == "ym":
        year, month = (int(part) for part in tokens[place].text.replace("-", "/").split("/"))
        return (
            Found("period", Period("month", month=month, year=year), 1)
            if 1 <= month <= 12 and 1900 <= year <= 2200
            else None
        )
    if sense(tokens, place, "unit") == "year":
        named, after = year_at(tokens, place + 1)
        return Found("period", Period("year", year=named), after - place) if named is not None else None
    number = value(tokens, place, "number")
    if number is None or number.ordinal or not _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return None
    placed = any(sense(tokens, place - 1, tag) for tag in ("of", "after", "before", "week_of", "part_of"))
    placed = placed or _is_after_article(tokens, place)
    placed = placed or bool(sense(tokens, place - 1, "from") and not sense(tokens, place + 1, "range"))
    placed = placed or _is_in_span(tokens, place)
    return Found("period", Period("year", year=int(number.value)), 1) if placed else None


def _is_after_article(tokens: list[Token], place: int) -> bool:
    """Whether an article stands between it and its preposition: "dopo il 2018"."""
    is_led = sense(tokens, place - 1, "definite")
    return bool(is_led and (sense(tokens, place - 2, "after") or sense(tokens, place - 2, "before")))


def _is_in_span(tokens: list[Token], place: int) -> bool:
    """Whether it is the first or the second year of "between 2026 and 2027"."""
    if sense(tokens, place - 1, "between") and sense(tokens, place + 1, "and"):
        second = value(tokens, place + 2, "number")
        return second is not None and second.value >= _FIRST_YEAR
    before = value(tokens, place - 2, "period")
    return bool(sense(tokens, place - 1, "and")) and before is not None and before.unit == "year"


def year_after(tokens: list[Token], place: int) -> tuple[int | None, int | None, int]:
    """The year that a part of it is in, as a number or counted from this one, and the place after it."""
    at = skip(tokens, place, "of", "comma", "the")
    year = value(tokens, at, "number")
    if year and 1990 <= year.value <= 2100:
        return int(year.value), None, at + 1
    which = sense(tokens, at, "which")
    if which is not None and sense(tokens, at + 1, "unit") == "year":
        return None, which, at + 2
    return None, None, place

"""Reads parts of the running week, month or year in one word, "eow", and quarters behind their year."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, value
from intents.times.values import PartOf, Period
from intents.tokens import Token

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_PARTS: dict[str, PartOf | None] = {
    "end_of": "end",
    "start_of": "start",
    "middle_of": "middle",
    "first_half_of": "first_half",
    "second_half_of": "second_half",
    "this_period": None,
}


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    senses = tokens[place].senses
    tag = next((tag for tag in _PARTS if tag in senses), None)
    if tag is None:
        return _year_quarter(tokens, place)
    return Found("period", Period(senses[tag], offset=0, part=_PARTS[tag]), 1)


def _year_quarter(tokens: list[Token], place: int) -> Found | None:
    """ "2019 q1", "2019-Q3"."""
    year = value(tokens, place, "number")
    if year is None or not _FIRST_YEAR <= year.value <= _LAST_YEAR:
        return None
    letter = place + 2 if kind(tokens, place + 1) == "mark" and is_glued(tokens, place + 2) else place + 1
    figure = tokens[letter + 1].text if kind(tokens, letter + 1) == "number" else ""
    if not sense(tokens, letter, "quarter_letter") or figure not in ("1", "2", "3", "4"):
        return None
    found = Period("quarter", quarter=int(figure), year=int(year.value))
    return Found("period", found, letter + 2 - place)


_TOLD_BY = frozenset(_PARTS)
NAMED_PERIODS = Reader(
    "named_period", _read, frozenset({"number"}), _TOLD_BY, needs=_TOLD_BY | {"quarter_letter"}
)

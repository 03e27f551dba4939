"""Reads a day whose month is a word of another language: "12 juillet", "3. Oktober 2026", "5 de mayo"."""

from intents.foreign_months import month_named
from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, value
from intents.times.figures import year_at
from intents.times.values import Day
from intents.tokens import Token

_SHORTEST = 4  # letters; shorter words are too often something else
_BETWEEN = frozenset({"de", "di", "du"})


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    number = value(tokens, place, "number")
    if number is None or number.spelled or number.ordinal or not 1 <= number.value <= 31:
        return None
    after = place + 1
    if kind(tokens, after) == "mark" and tokens[after].norm == "." and is_glued(tokens, after):
        after += 1
    if kind(tokens, after) == "word" and tokens[after].norm in _BETWEEN:
        after += 1
    if kind(tokens, after) != "word" or not _may_be_month(tokens[after], words):
        return None
    month = month_named(tokens[after].norm)
    if month is None:
        return None
    end = after + 2 if after + 1 < len(tokens) and tokens[after + 1].norm in _BETWEEN else after + 1
    year, end = year_at(tokens, end)
    return Found("day", Day(day=int(number.value), month=month, year=year), end - place)


def _may_be_month(token: Token, words: Lexicon) -> bool:
    """Whether a word is unknown, and so worth asking about."""
    if token.senses or len(token.norm) < _SHORTEST:
        return False
    return not any(token.norm in known for known in words.words.values())


FOREIGN_DATES = Reader("foreign_date", _read, frozenset({"number"}))

"""Reads parts of the running week, month or year in one word: "eow", "Wochenmitte", "unter der Woche"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader
from intents.times.values import PartOf, Period
from intents.tokens import Token

_PARTS: dict[str, PartOf | None] = {
    "end_of": "end",
    "start_of": "start",
    "middle_of": "middle",
    "this_period": None,
}


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    senses = tokens[place].senses
    tag = next(tag for tag in _PARTS if tag in senses)
    return Found("period", Period(senses[tag], offset=0, part=_PARTS[tag]), 1)


NAMED_PERIODS = Reader("named_period", _read, tags=frozenset(_PARTS))

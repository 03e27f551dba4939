"""Reads numbers in digits and in letters, cardinal and ordinal: "3", "3rd", "twenty two", "twenty-second"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense
from intents.times.values import Number
from intents.tokens import Token

_CLOCK_FIGURES = 4  # "0930"
_YEAR_FIGURES = 4


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind == "number" and not tokens[place].senses:
        return _in_digits(tokens, place)
    if "unit" in tokens[place].senses and "ordinal" not in tokens[place].senses:
        return None
    return _in_letters(tokens, place)


def _in_digits(tokens: list[Token], place: int) -> Found | None:
    if is_glued(tokens, place) and kind(tokens, place - 1) == "word" and not _goes_on(tokens, place):
        return None  # "v2", "q3"
    number = int(tokens[place].text)
    if is_glued(tokens, place + 1) and sense(tokens, place + 1, "ordinal_ending"):
        return Found("number", Number(number, ordinal=True), 2)
    return Found("number", Number(number, padded=len(tokens[place].text) == _CLOCK_FIGURES), 1)


def _goes_on(tokens: list[Token], place: int) -> bool:
    """ "2h30", "in 1d2h": a number, a short unit and a number."""
    return bool(sense(tokens, place - 1, "short_unit")) and kind(tokens, place - 2) == "number"


def _in_letters(tokens: list[Token], place: int) -> Found | None:
    ordinal = sense(tokens, place, "ordinal")
    if ordinal is not None:
        return Found("number", Number(ordinal, ordinal=True, spelled=True), 1)
    number = sense(tokens, place, "number")
    if number is None or ("month" in tokens[place].senses and _is_month(tokens, place)):
        return None
    if number >= 20 and number < 100:
        after = place + 1
        if kind(tokens, after) == "mark" and tokens[after].norm == "-" and is_glued(tokens, after):
            after += 1
        for tag in ("number", "ordinal"):
            unit = sense(tokens, after, tag)
            if unit is not None and 0 < unit < 10:
                value = Number(number + unit, ordinal=tag == "ordinal", spelled=True)
                return Found("number", value, after - place + 1)
    return Found("number", Number(number, spelled=True), 1)


def _is_month(tokens: list[Token], place: int) -> bool:
    """Whether a word for a month and a number ("sept") is the month: beside a day or a year."""
    following = tokens[place + 1].text if kind(tokens, place + 1) == "number" else ""
    before = place - 2 if sense(tokens, place - 1, "ordinal_ending") else place - 1
    return kind(tokens, before) == "number" or len(following) == _YEAR_FIGURES


NUMBERS = Reader("number", _read, frozenset({"number"}), frozenset({"number", "ordinal"}))

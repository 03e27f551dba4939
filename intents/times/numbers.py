"""Reads numbers in digits and in letters, cardinal and ordinal: "3", "3rd", "twenty two", "twenty-second"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense
from intents.times.values import Number
from intents.tokens import Token, is_elided

_CLOCK_FIGURES = 4  # "0930"
_YEAR_FIGURES = 4
_THOUSAND = 1000
_LAST_DAY = 31


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind == "number" and not tokens[place].senses:
        return _in_digits(tokens, place, words)
    if "unit" in tokens[place].senses and "ordinal" not in tokens[place].senses:
        return None
    return _in_letters(tokens, place)


def _in_digits(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    is_glued_on = is_glued(tokens, place) and kind(tokens, place - 1) == "word"
    if is_glued_on and not _goes_on(tokens, place) and not is_elided(tokens[place - 1]):
        return None  # "v2", "q3"
    number = int(tokens[place].text)
    if is_glued(tokens, place + 1) and sense(tokens, place + 1, "ordinal_ending"):
        return Found("number", Number(number, ordinal=True), 2)
    if words.dotted and 1 <= number <= _LAST_DAY and _is_dotted(tokens, place + 1):
        return Found("number", Number(number, ordinal=True), 2)
    return Found("number", Number(number, padded=len(tokens[place].text) == _CLOCK_FIGURES), 1)


def _is_dotted(tokens: list[Token], place: int) -> bool:
    """Whether a dot stands here that makes the number before it an ordinal: "3. Mai", "am 3."."""
    is_dot = kind(tokens, place) == "mark" and tokens[place].norm == "." and is_glued(tokens, place)
    if not is_dot or sense(tokens, place - 2, "exactly_at"):
        return False
    is_led = sense(tokens, place - 2, "day_article") or sense(tokens, place - 2, "weekday")
    return bool(place + 1 < len(tokens) or is_led)


def _goes_on(tokens: list[Token], place: int) -> bool:
    """ "2h30", "in 1d2h": a number, a short unit and a number."""
    return bool(sense(tokens, place - 1, "short_unit")) and kind(tokens, place - 2) == "number"


def _in_letters(tokens: list[Token], place: int) -> Found | None:
    ordinal = sense(tokens, place, "ordinal")
    if ordinal is not None and not (_is_weekday(tokens, place) or _is_before(tokens, place)):
        return Found("number", Number(ordinal, ordinal=True, spelled=True), 1)
    number = sense(tokens, place, "number")
    if number is None or ("month" in tokens[place].senses and _is_month(tokens, place)):
        return None
    thousands = _thousands(tokens, place, number)
    if thousands is not None:
        return thousands
    number, is_ordinal, size = _tens(tokens, place, number)
    return Found("number", Number(number, ordinal=is_ordinal, spelled=True), size)


def _is_weekday(tokens: list[Token], place: int) -> bool:
    """Whether a word for an ordinal and a weekday ("segunda") is the weekday: it counts nothing."""
    counts = any(
        sense(tokens, place + 1, tag) is not None for tag in ("weekday", "unit", "week_of", "counted")
    )
    return "weekday" in tokens[place].senses and not counts


def _tens(tokens: list[Token], place: int, number: int) -> tuple[int, bool, int]:
    """A number under a hundred, whether it is an ordinal, and its tokens: "twenty-two", "treinta y uno"."""
    if not 20 <= number < 100 or number % 10:
        return number, False, 1
    after = place + 1
    is_dash = kind(tokens, after) == "mark" and tokens[after].norm == "-" and is_glued(tokens, after)
    if is_dash or sense(tokens, after, "number_and"):
        after += 1
    for tag in ("number", "ordinal"):
        unit = sense(tokens, after, tag)
        if unit is not None and 0 < unit < 10:
            return number + unit, tag == "ordinal", after - place + 1
    return number, False, 1


def _thousands(tokens: list[Token], place: int, number: int) -> Found | None:
    """ "dos mil veinte", "mil": what a year is spelled with."""
    size = 1
    if number not in (_THOUSAND, 2 * _THOUSAND):
        if not 0 < number < 10 or sense(tokens, place + 1, "number") != _THOUSAND:
            return None
        number, size = number * _THOUSAND, 2
    after = place + size
    if sense(tokens, after, "number_and") and sense(tokens, after + 1, "number") is not None:
        after += 1
    rest = sense(tokens, after, "number")
    if rest is not None and 0 < rest < 100:
        more, _, used = _tens(tokens, after, rest)
        number, size = number + more, after + used - place
    return Found("number", Number(number, spelled=True), size)


def _is_before(tokens: list[Token], place: int) -> bool:
    """Whether an ordinal is the word for "before" too, and counts nothing: "prima delle 9"."""
    counts = (
        sense(tokens, place + 1, "unit")
        or sense(tokens, place + 1, "week_of")
        or sense(tokens, place + 1, "weekday") is not None
    )
    return "before" in tokens[place].senses and not counts


def _is_month(tokens: list[Token], place: int) -> bool:
    """Whether a word for a month and a number ("sept") is the month: beside a day or a year."""
    following = tokens[place + 1].text if kind(tokens, place + 1) == "number" else ""
    is_past_link = sense(tokens, place - 1, "ordinal_ending") or sense(tokens, place - 1, "of_date")
    before = place - 2 if is_past_link else place - 1
    return kind(tokens, before) == "number" or len(following) == _YEAR_FIGURES


NUMBERS = Reader("number", _read, frozenset({"number"}), frozenset({"number", "ordinal"}))

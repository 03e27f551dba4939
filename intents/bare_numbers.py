"""Reads a number that stands alone: a time of day in "make it 4", a length in "make it 45"."""

from intents.hearing import Hearing
from intents.sentence import Sentence, read_at
from intents.times.clocks import clock_of
from intents.times.wall_clock import zone_of
from intents.tokens import Token

LENGTHS = frozenset({15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120})  # of a meeting, said without a unit
_SHOWN = 3  # times on a card
_LAST_HOUR = 12  # "make it 4" is a time of day, "make it 15" a length


def only_number(sentence: Sentence) -> int | None:
    """The number of a sentence that tells no time and no length."""
    if sentence.has_time or sentence.reading.lengths:
        return None
    numbers = [token for token in sentence.timed if token.kind == "number"]
    if len(numbers) != 1 or numbers[0].value is None or numbers[0].value.ordinal:
        return None
    place = sentence.timed.index(numbers[0])
    beside = sentence.timed[max(place - 1, 0) : place] + sentence.timed[place + 1 : place + 2]
    if any((found := sentence.words.picks.at([one], 0)) and found[1]["pick"] == "noun" for one in beside):
        return None
    return int(numbers[0].value.value)


def past_objection(sentence: Sentence, hearing: Hearing) -> Sentence:
    """ "10 is too early, 11?": what is proposed instead of an hour that does not suit."""
    timed, words = sentence.timed, sentence.words
    for place, token in enumerate(timed[:-1]):
        is_time = token.kind in ("clock", "times") or (token.kind == "number" and _names_hour(token, hearing))
        size = words.size_at("ruled_out", timed, place + 1) if is_time else 0
        rest = sentence.tokens[timed[place + size].last + 1 :] if size else []
        said = sentence.part(rest) if rest else None
        if said is not None:
            other = said if said.has_time else at_bare_hour(said)
            return other if other.has_time else sentence
    return sentence


def _names_hour(token: Token, hearing: Hearing) -> bool:
    """Whether a number is no choice on the card: more than there are, or the hour that was sought."""
    number, before = token.value, hearing.context.when
    if hearing.context.question != "offer":
        return True
    if number is None or number.ordinal or number.spelled:
        return False
    points = [one.start for one in before.windows if one.is_point] if before is not None else []
    sought = {one.astimezone(zone_of(hearing.tz)).hour % _LAST_HOUR for one in points}
    return number.value > _SHOWN or number.value % _LAST_HOUR in sought


def is_hour(number: int | None) -> bool:
    """Whether a bare number can be a time of day."""
    return number is not None and number <= _LAST_HOUR and clock_of(number) is not None


def at_bare_hour(sentence: Sentence) -> Sentence:
    """The sentence from its bare number on, as after "at"."""
    numbers = [token.first for token in sentence.timed if token.kind == "number"]
    return read_at(sentence.tokens[numbers[0] :], sentence.words) if numbers else sentence

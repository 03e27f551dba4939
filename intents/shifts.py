"""Reads by how much a meeting is to be moved: "back 30 minutes", "by an hour", "15 min earlier"."""

from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.sentence import Sentence
from intents.times.values import Day, Length, Stretch
from intents.tokens import Token

_DAY = 1440
_WORDS_OF_SHIFT = 4  # "an hour and a half later"


class Shift(NamedTuple):
    """So many minutes later (negative: earlier), and the tokens that say so."""

    minutes: int
    first: int
    last: int
    is_beside: bool = False  # the direction stands next to the length ("an hour earlier")


def shift_of(sentence: Sentence) -> Shift | None:
    """By how much something is moved. None where no length or no direction is said."""
    timed = (place for place, token in enumerate(sentence.timed) if token.value is not None)
    beside = (_beside(sentence, place) for place in timed)
    found = next((one for one in beside if one is not None), None)
    return found or _apart(sentence)


def shift_at_end(sentence: Sentence) -> Shift | None:
    """The shift after a time that it was read together with: "my 3pm a day later"."""
    tokens, words = sentence.tokens, sentence.words
    last = next((at for at, one in enumerate(tokens) if one.norm in words.words["comparative"]), 0)
    for first in range(max(last - _WORDS_OF_SHIFT, 1), last):
        said = sentence.part(tokens[first : last + 1])
        shift = shift_of(said)
        if shift is not None and shift.is_beside and (shift.first, shift.last) == (0, last - first):
            return shift._replace(first=first, last=last)
    return None


def _beside(sentence: Sentence, place: int) -> Shift | None:
    """ "an hour later", which is also a moment; "30 min earlier"; "forward 15 minutes"."""
    token = sentence.timed[place]
    words = sentence.words.words
    counted = _counted_later(token)
    if counted:
        return _counted(sentence, token, counted)
    if token.kind != "length" or not _minutes(token.value):
        return None
    for beside in (place + 1, place - 1):
        sign = _direction(sentence.timed[beside], sentence.words) if 0 <= beside < len(sentence.timed) else 0
        if sign:
            ends = sorted(
                (sentence.timed[beside].first, token.first, sentence.timed[beside].last, token.last)
            )
            is_beside = sentence.timed[beside].norm in words["comparative"]
            return Shift(sign * _minutes(token.value), ends[0], ends[-1], is_beside)
    return None


def _counted(sentence: Sentence, token: Token, minutes: int) -> Shift | None:
    """ "An hour later"; "adia em 30 minutos", where a verb before it tells the direction."""
    words = sentence.words.words
    ends = {one.last: one.norm for one in sentence.tokens}
    if ends.get(token.last) in words["comparative"]:
        return Shift(minutes, token.first, token.last, is_beside=True)
    leads = {one.first: one.norm for one in sentence.tokens}
    if leads.get(token.first) not in words["shift"]:
        return None
    sign = 1 if words["forward"].isdisjoint(sentence.norms) else -1
    return Shift(sign * minutes, token.first, token.last)


def _counted_later(token: Token) -> int:
    """The minutes of "an hour later", of "a week later"."""
    match token.value:
        case Stretch(days=None, moment=moment) if moment is not None and not moment.within:
            return int(moment.minutes)
        case Day(offset=int(offset)) as day if day == Day(offset=offset):
            return offset * _DAY
    return 0


def _minutes(length: Length) -> int:
    return 0 if length.months else length.minutes


def _direction(token: Token, words: Lexicon) -> int:
    if token.norm in words.words["forward"]:
        return -1
    return 1 if token.norm in words.words["back"] else 0


def _apart(sentence: Sentence) -> Shift | None:
    """A length, and somewhere a word that says in which direction."""
    words = sentence.words.words
    length = next((one for one in sentence.timed if one.kind == "length" and _minutes(one.value)), None)
    if length is None or words.union("forward", "back", "shift").isdisjoint(sentence.norms):
        return None
    sign = -1 if sentence.norms & words["forward"] else 1
    return Shift(sign * _minutes(length.value), length.first, length.last)

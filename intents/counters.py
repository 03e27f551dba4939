"""Finds the other time that is proposed for a meeting: "can't make my 2pm, could we do 4 instead"."""

from itertools import pairwise
from typing import NamedTuple

from intents.cues import Cue
from intents.sentence import Sentence, read_at, read_sentence
from intents.shifts import shift_of
from intents.tokens import Token, renumbered

_PROPOSES = ("change", "reschedule")
_CLEAR = 5  # of a cue that proposes
_STEPS = 2  # from "move" to the "to" of "move it to"
_WORDS_AT_MOST = 40


class Counter(NamedTuple):
    """The words about the meeting that one can't come to, and those that tell the new time."""

    meeting: list[Token]
    there: list[Token]


def counter_of(sentence: Sentence) -> Counter | None:
    """The meeting and its new time. None where no other time is proposed."""
    tokens, words = sentence.tokens, sentence.words
    if len(tokens) > _WORDS_AT_MOST:
        return None
    begin = next((sum(one) for one in words.words.spots("unable", tokens)), None)
    is_own = begin is None and begins_with_meeting(sentence)
    begin = max(sentence.head - 1, 0) if is_own else begin  # with its "my"
    if begin is None:
        return None
    cue = _proposal(sentence, begin)
    if cue is None or (is_own and not _is_about_it(tokens, begin, cue, sentence)):
        return None
    meeting = renumbered(_unrefused(tokens[begin : cue.place], sentence))
    there = renumbered(tokens[_past_toward(sentence, cue.place + cue.size) :])
    return Counter(meeting, there) if _is_named(meeting, sentence) and _tells_time(there, sentence) else None


def _proposal(sentence: Sentence, begin: int) -> Cue | None:
    """The first cue behind `begin` that proposes."""
    cues = (one for one in sentence.cues if one.label in _PROPOSES and one.weight >= _CLEAR)
    later = (one for one in cues if one.place > begin)
    return min(later, key=lambda one: (one.place, -one.size), default=None)


def _is_about_it(tokens: list[Token], begin: int, cue: Cue, sentence: Sentence) -> bool:
    """ "My 3pm doesn't work, how about 4", "my 3pm, push it to 4"."""
    words = sentence.words.words
    return words.says("ruled_out", tokens[begin : cue.place]) or words.says(
        "this_meeting", tokens[cue.place :]
    )


def begins_with_meeting(sentence: Sentence) -> bool:
    """ "My 3pm …", "the 1:1 …": what comes first is a meeting that stands."""
    timed, words = sentence.timed, sentence.words.words
    first = next((at for at, one in enumerate(timed) if one.first >= sentence.head), len(timed))
    names = words["own"] | words["determiner"]
    first += int(first < len(timed) and timed[first].norm in names)  # "our"; "my" is passed over already
    if not 0 < first < len(timed) or timed[first - 1].norm not in names:
        return False
    is_time = timed[first].kind in ("clock", "times", "stretch", "day", "without")
    return is_time or timed[first].norm in words["meeting"] | words["kept_title"]


def _unrefused(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """ "My 2pm is a problem today": the words about the meeting, without what speaks against its time."""
    words = sentence.words.words
    for place in words.leads(tokens, "ruled_out"):
        if size := words.size_at("ruled_out", tokens, place):
            return [*tokens[:place], *tokens[place + size :]]
    return tokens


def says_own(sentence: Sentence) -> bool:
    """Whether it begins with "my" or "our"."""
    return any(token.norm in sentence.words.words["own"] for token in sentence.tokens[: sentence.head + 1])


def _past_toward(sentence: Sentence, place: int) -> int:
    """After the "to" of "push it to thursday"."""
    toward = sentence.words.words["toward"]
    near = range(place, min(place + _STEPS, len(sentence.tokens)))
    return next((at + 1 for at in near if sentence.tokens[at].norm in toward), place)


def _is_named(meeting: list[Token], sentence: Sentence) -> bool:
    said = read_sentence(meeting, sentence.words) if meeting else None
    return said is not None and (said.has_time or said.evidence.meeting or said.evidence.people)


def _tells_time(there: list[Token], sentence: Sentence) -> bool:
    return bool(there) and bool(read_at(there, sentence.words).reading.stretches)


def is_instead(sentence: Sentence) -> bool:
    """ "can we do my 1:1 with <@U2> on thursday instead": a meeting of one's own, at another time."""
    words = sentence.words.words
    named = sentence.evidence.meeting and sentence.evidence.time
    if named and words.says("in_place_of", sentence.tokens):
        return not words["definite"].isdisjoint(
            sentence.norms
        )  # "have the sync on friday rather than monday"
    is_own = not words["own"].isdisjoint(sentence.norms)
    return named and is_own and not words["instead"].isdisjoint(sentence.norms)


def _has_own_time(sentence: Sentence, end: int) -> bool:
    """Whether "my 3pm" stands before there."""
    own, timed = sentence.words.words["own"], sentence.timed
    pairs = ((one, after) for one, after in pairwise(timed) if after.first < end)
    return any(one.norm in own and after.kind in ("clock", "times", "stretch") for one, after in pairs)


def makes_it_later(sentence: Sentence) -> bool:
    """ "start the review 15 min later", "make my 3pm an hour earlier"."""
    cue, shift = sentence.cue("book"), shift_of(sentence)
    if shift and shift.is_beside and _has_own_time(sentence, shift.first):
        return True
    verbs = sentence.words.words["adding"]
    if shift and shift.is_beside and sentence.words.words.says("being", sentence.tokens[: shift.first]):
        return sentence.words.words.says("definite", sentence.tokens[: shift.first])
    return cue is not None and sentence.tokens[cue.place].norm in verbs and bool(shift and shift.is_beside)

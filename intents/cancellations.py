"""Reads a wish to cancel a meeting: which one, and why."""

from intents.clauses import Clause, clauses
from intents.frames import CancelMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence, read_sentence
from intents.targets import target_of
from intents.tokens import Token, text_of

_VERBS = ("cancel", "decline", "reschedule")


def cancellation(sentence: Sentence, hearing: Hearing) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given."""
    place = _reason_at(sentence)
    if place is not None:
        meant, reason = sentence.tokens[:place], sentence.tokens[_after_because(sentence, place) :]
    else:
        meant, reason = _apart(sentence)
    if not meant or not reason:
        return CancelMeeting(target=target_of(sentence, hearing))
    target = target_of(read_sentence(meant, sentence.words), hearing)
    return CancelMeeting(target=target, reason=text_of(reason).strip(" .!,") or None)


def _reason_at(sentence: Sentence) -> int | None:
    """The place of "because"; "since 3pm" is a time."""
    because = sentence.words.words["because"]
    in_times = {
        place
        for token in sentence.timed
        if token.value is not None
        for place in range(token.first, token.last + 1)
    }
    places = (
        place
        for place, token in enumerate(sentence.tokens)
        if token.norm in because and place not in in_times
    )
    return next((place for place in places if place > sentence.head), None)


def _after_because(sentence: Sentence, place: int) -> int:
    """Past "because of"."""
    following = sentence.tokens[place + 1 : place + 2]
    return place + 2 if following and following[0].norm in sentence.words.words["because_tail"] else place + 1


def _apart(sentence: Sentence) -> tuple[list[Token], list[Token]]:
    """The words about the meeting, and a clause that tells the reason: "i'm sick, cancel my 3pm"."""
    parts = clauses(sentence)
    reason = next((one for one in parts if _is_reason(one, sentence)), None)
    if reason is None:
        return sentence.tokens, []
    said = sentence.tokens
    return [*said[: reason.first], *said[reason.last + 1 :]], said[reason.first : reason.last + 1]


def _is_reason(clause: Clause, sentence: Sentence) -> bool:
    """A clause without the verb that has a subject of its own, or comes first and names no meeting."""
    covered = range(clause.first, clause.last + 1)
    if any(cue.label in _VERBS and cue.place in covered for cue in sentence.cues):
        return False
    words = sentence.words.words
    norms = [token.norm for token in sentence.tokens[clause.first : clause.last + 1]]
    if norms[0] in words["reason_subject"]:
        return len(norms) > 1
    has_content = any(norm not in words["stop"] and norm not in words["filler"] for norm in norms)
    names = set(norms) & words["meeting"] or any(one.first in covered for one in sentence.people)
    timed = any(one.value is not None and one.first in covered for one in sentence.timed)
    return clause.first == 0 and has_content and not names and not timed

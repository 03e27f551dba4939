"""Cuts a sentence into clauses, and finds the one that tells why ("i'm sick, cancel my 3pm")."""

from typing import NamedTuple

from intents.sentence import Sentence
from intents.tokens import Token, places_of, text_of

_VERBS = ("cancel", "decline", "reschedule")
_OWN_AND_WHO = 2  # tokens: "my husband"


class Clause(NamedTuple):
    """The places of a clause's first and last token."""

    first: int
    last: int


def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses, in order; without the marks between them and without what is empty."""
    found: list[Clause] = []
    first = 0
    for place in range(len(sentence.tokens)):
        if _ends(place, sentence):
            found += [Clause(first, place - 1)] if place > first else []
            first = place + 1
    end = len(sentence.tokens)
    return (*found, Clause(first, end - 1)) if end > first else tuple(found)


def _ends(place: int, sentence: Sentence) -> bool:
    """Whether a clause ends here; not in "1:1", nor at the hyphen of a word."""
    token, after = sentence.tokens[place], sentence.tokens[place + 1 : place + 2]
    is_joint = token.norm == "-" or any(one.glued for one in after)
    is_inside = token.kind == "mark" and token.glued and is_joint
    return token.norm in sentence.words.words["clause_end"] and not is_inside


def apart(sentence: Sentence) -> tuple[list[Token], list[Token]]:
    """The words about the meeting, and those of a clause that tells the reason."""
    reason = next((one for one in clauses(sentence) if _is_reason(one, sentence)), None)
    if reason is None:
        return sentence.tokens, []
    said = sentence.tokens
    return [*said[: reason.first], *said[reason.last + 1 :]], said[reason.first : reason.last + 1]


def is_foreign_apart(sentence: Sentence) -> bool:
    """ "my train is late, push the 3pm to 4": the other trade stands in a clause that tells why."""
    meant, reason = apart(sentence)
    norms = {token.norm for token in meant}
    told = places_of(reason)
    timed = any(one.value is not None and one.first not in told for one in sentence.timed)
    words = sentence.words.words
    named = timed or not norms.isdisjoint(words["meeting"])
    return bool(reason) and named and norms.isdisjoint(words["foreign"])


def reason_apart(sentence: Sentence) -> tuple[Sentence, str | None]:
    """The sentence without the words that tell the reason, and those words. None where none is told."""
    place = _reason_at(sentence)
    if place is not None:
        meant, reason = sentence.tokens[:place], sentence.tokens[_after_because(sentence, place) :]
    else:
        meant, reason = apart(sentence)
    if not meant or not reason:
        return sentence, None
    return sentence.part(meant), text_of(reason).strip(" .!,") or None


def _is_reason(clause: Clause, sentence: Sentence) -> bool:
    """A clause without the verb that has a subject of its own, or comes first and names no meeting."""
    covered = range(clause.first, clause.last + 1)
    words = sentence.words.words
    norms = [token.norm for token in sentence.tokens[clause.first : clause.last + 1]]
    if norms[0] in words["own"] and words.size_at("absent", sentence.tokens, clause.first + _OWN_AND_WHO):
        return True  # "my husband can't make it"
    if any(cue.label in _VERBS and cue.place in covered for cue in sentence.cues):
        return False
    is_somebody = sentence.tokens[clause.first].kind == "mention" and norms[1:2] != []
    if norms[0] in words["own"] and _is_time(clause.first + 1, clause.last, sentence):
        return False  # "cancel my 3pm and my 4pm"
    if norms[0] in words["reason_subject"] or (is_somebody and norms[1] in words["is_or_has"]):
        return len(norms) > 1
    has_content = any(norm not in words["stop"] and norm not in words["filler"] for norm in norms)
    names = set(norms) & words["meeting"] or any(one.first in covered for one in sentence.people)
    timed = any(one.value is not None and one.first in covered for one in sentence.timed)
    return clause.first == 0 and has_content and not names and not timed


def _is_time(first: int, last: int, sentence: Sentence) -> bool:
    """Whether nothing but a time stands from one place to the other."""
    places = places_of([token for token in sentence.timed if token.value is not None])
    return first <= last and all(place in places for place in range(first, last + 1))


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

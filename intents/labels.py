"""Decides what kind of request a sentence is, from its cues and from what else it holds."""

from intents.cues import is_weak
from intents.sentence import Sentence

_REQUESTS = ("reschedule", "cancel", "decline", "accept", "find_slots", "list", "book")
_OTHERS = ("timezone", "share_link", "help", "greeting", "stop", "no", "yes", "more")
_CHAT_WORDS = 8  # beyond so many words it is no mere greeting


def label_of(sentence: Sentence) -> str | None:
    """The label of a request that stands by itself. None where there is none."""
    found = {label: _request_weight(sentence, label) for label in _REQUESTS}
    best = max(_REQUESTS, key=lambda label: found[label])
    if found["find_slots"] and found["list"] and best == "book":
        best = "find_slots" if found["find_slots"] >= found["list"] else "list"
    for label in ("timezone", "share_link", "help"):
        if sentence.weight(label) > max(found[best], 5.0) and not _is_help_with(sentence, label):
            return label
    if found[best] > 0:
        return best
    if _is_implied_booking(sentence):
        return "book"
    return None


def _request_weight(sentence: Sentence, label: str) -> float:
    cue = sentence.cue(label)
    if cue is None:
        return 0.0
    evidence = sentence.evidence
    if evidence.foreign and not evidence.calendar and not (evidence.people and evidence.time):
        return 0.0
    if not evidence.is_ours and (
        is_weak(cue) or label in ("cancel", "reschedule", "find_slots", "accept", "list")
    ):
        return 0.0
    weight = sentence.weight(label)
    if label == "list" and is_weak(cue) and not (evidence.meeting or evidence.calendar):
        return 0.0
    if (
        label == "book"
        and is_weak(cue)
        and cue.place > sentence.head
        and not evidence.people
        and not evidence.meeting
    ):
        return 0.0
    return weight


def _is_help_with(sentence: Sentence, label: str) -> bool:
    """ "help me book …" is a booking."""
    return label == "help" and (
        sentence.evidence.meeting or sentence.evidence.time or sentence.evidence.calendar
    )


def _is_implied_booking(sentence: Sentence) -> bool:
    """ "30 min with <@U2> tomorrow": a meeting is described and nothing else is said."""
    evidence = sentence.evidence
    if evidence.foreign:
        return False
    described = evidence.people or (evidence.meeting and evidence.time)
    return described and (evidence.time or evidence.length)


def small_talk(sentence: Sentence) -> str | None:
    """A label for what is no request: yes, no, stop, more, greeting. None where there is none."""
    size = sum(token.kind in ("word", "number") for token in sentence.tokens)
    if size > 3 * _CHAT_WORDS:
        return None
    found = {label: sentence.weight(label) for label in _OTHERS if label in sentence.weights}
    if not found:
        return None
    best = max(found, key=lambda label: found[label])
    cue = sentence.weights[best][1]
    near = cue.place <= sentence.head + 1 or cue.place + cue.size >= len(sentence.tokens) - 1
    return best if near or size <= _CHAT_WORDS else None

"""Reads a wish to cancel a meeting: which one, and why."""

from intents.clauses import reason_apart
from intents.frames import CancelMeeting, Target
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.targets import target_of

_UNNAMED = (Target(), Target(which="this"))


def cancellation(sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = ("cancel",)) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given. `taken`: as for `target_of`."""
    meant, reason = reason_apart(sentence)
    target = target_of(meant, hearing, taken)
    if reason and target in _UNNAMED and sentence.evidence.meeting:  # "we don't need the sync, cancel it"
        named = target_of(sentence, hearing, taken)
        target = named if named.title or named.when else target
    is_told = target.when is not None and any(one.is_point for one in target.when.windows)
    if reason and sentence.who and not (target.who or is_told):  # "<@U3> is sick, cancel our 1:1"
        target = target.model_copy(update={"who": sentence.who})
    return CancelMeeting(target=target, reason=reason)

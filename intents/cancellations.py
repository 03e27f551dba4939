"""Reads a wish to cancel a meeting: which one, and why."""

from intents.clauses import reason_apart
from intents.frames import CancelMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.targets import target_of


def cancellation(sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = ("cancel",)) -> CancelMeeting:
    """The meeting to be cancelled, with the reason if one was given. `taken`: as for `target_of`."""
    meant, reason = reason_apart(sentence)
    return CancelMeeting(target=target_of(meant, hearing, taken), reason=reason)

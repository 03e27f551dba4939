"""Reads the answer to an invitation: which meeting, and why not."""

from intents.cancellations import cancellation
from intents.frames import AcceptMeeting, DeclineMeeting
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.targets import target_of


def acceptance(sentence: Sentence, hearing: Hearing) -> AcceptMeeting:
    """The meeting that is accepted."""
    return AcceptMeeting(target=target_of(sentence, hearing, ("accept",)))


def refusal(sentence: Sentence, hearing: Hearing) -> DeclineMeeting:
    """The meeting that is declined, with the reason if one was given."""
    told = cancellation(sentence, hearing, ("decline",))
    return DeclineMeeting(target=told.target, reason=told.reason)

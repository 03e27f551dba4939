"""Reads questions about time zones: "what time is it in tokyo", "which zone is lima in"."""

from intents.frames import AskTime
from intents.hearing import Hearing
from intents.sentence import Sentence


def asked_time(sentence: Sentence, hearing: Hearing) -> AskTime:
    """What is asked of which zone."""
    return AskTime(zone=sentence.reading.zone)

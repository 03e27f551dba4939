"""Tells a greeting from thanks and from a farewell."""

from typing import Literal

from intents.frames import Greeting
from intents.sentence import Sentence

_IN_ORDER: tuple[Literal["thanks", "bye", "hello"], ...] = ("thanks", "bye", "hello")


def courtesy(sentence: Sentence) -> Greeting:
    """Which courtesy it is. "Hi, thanks" is thanks, "thanks, bye" too."""
    said = {cue.label for cue in sentence.cues}
    return Greeting(what=next((one for one in _IN_ORDER if one in said), "chat"))

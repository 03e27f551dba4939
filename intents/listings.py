"""Reads a question about what is on: of a time, the next meeting, or all that are to come."""

from dataclasses import replace
from itertools import pairwise
from typing import Literal

from intents.frames import ListBookings
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.times.values import Period, Reading, Stretch, Unit

_OWN_UNITS: tuple[Unit, ...] = ("week", "month")


def listing(sentence: Sentence, hearing: Hearing) -> ListBookings:
    """The bookings that are asked for."""
    reading = _of_own_period(sentence)
    when = hearing.when(sentence, reading, looks_back=True)
    return ListBookings(when=when, who=sentence.who, which=None if when else _which(sentence))


def _of_own_period(sentence: Sentence) -> Reading:
    """ "my week" is this week."""
    if sentence.has_time:
        return sentence.reading
    for before, token in pairwise(sentence.timed):
        unit = token.senses.get("unit")
        if before.norm in sentence.words.words["own"] and unit in _OWN_UNITS:
            return replace(sentence.reading, stretches=(Stretch(Period(unit, offset=0)),))
    return sentence.reading


def _which(sentence: Sentence) -> Literal["next", "upcoming"] | None:
    """ "when is my next meeting?", "show me my bookings"."""
    words = sentence.words.words
    if sentence.norms & words["listing"] or sentence.norms & words["upcoming"]:
        return "upcoming"
    return "next" if sentence.norms & words["which_next"] else None

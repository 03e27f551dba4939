"""Reads a place among what was shown that is counted from the end, or among those of one day."""

from intents.sentence import Sentence
from intents.times.values import Day
from intents.tokens import Token

_FEW = 5


def from_end(sentence: Sentence) -> int | None:
    """ "second to last", "third from the bottom", "the last but one": so many from the end, below zero."""
    if any(_name(sentence, place) == "last_but_one" for place in range(len(sentence.tokens))):
        return -2
    for token in sentence.timed:
        rank = _rank(token)
        if rank is None:
            continue
        after = _name(sentence, token.last + 1)
        if after == "from_end" or (after == "last" and rank > 1):
            return -rank
    return None


def among_day(sentence: Sentence) -> int | None:
    """ "the first one on wednesday", "second wednesday slot", "the last one on friday": -1 is the last."""
    if not _names_day(sentence) or from_end(sentence) is not None:
        return None
    for token in sentence.timed:
        number = token.value if token.kind == "number" else None
        if number is not None and number.ordinal and number.value <= _FEW:
            return int(number.value) if _goes_on(sentence, token.last + 1) else None
    for place in range(len(sentence.tokens)):
        if _name(sentence, place) == "last" and _goes_on(sentence, place + 1):
            return -1
    return None


def _names_day(sentence: Sentence) -> bool:
    """Whether one day is named and no time of day, or only a part of it."""
    (first, *more) = sentence.reading.stretches or (None,)
    if first is None or more or not isinstance(first.days, Day):
        return False
    return first.times is None or first.times.part is not None


def _goes_on(sentence: Sentence, place: int) -> bool:
    """Whether what is counted stands here: "one", "slot", the day itself, or "on"."""
    token = next((one for one in sentence.timed if one.first == place), None)
    if token is None:
        return False
    is_one = token.kind == "number" and token.value is not None and token.value.spelled
    is_day = token.kind in ("day", "stretch")
    return is_one or is_day or "on" in token.senses or _name(sentence, place) == "noun"


def _rank(token: Token) -> int | None:
    """The 2 of "second", and of "2nd", which alone is a day."""
    if token.kind == "number" and token.value is not None and token.value.ordinal:
        return int(token.value.value)
    day = token.value.day if token.kind == "day" else None
    return day if day is not None and token.value == Day(day=day) and day <= _FEW else None


def _name(sentence: Sentence, place: int) -> str | None:
    """What the choosing word here stands for: "last", "noun", …"""
    found = sentence.words.picks.at(sentence.tokens, place)
    return str(found[1]["pick"]) if found is not None else None

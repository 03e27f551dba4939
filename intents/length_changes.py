"""Reads how a length is to change: "shorter", "15 minutes longer", "double the time", "shorten it to 30"."""

from typing import Literal, NamedTuple

from intents.frames import LengthChange
from intents.sentence import Sentence
from intents.tokens import Token, places_of

_BARE_MINUTES = range(5, 241, 5)
_FACTORS = (("doubled", 2.0), ("halved", 0.5))
_MOVES = 5  # the weight of a cue that says no less than that the time is to be another
_REACH = 3  # tokens between "extend" and "by 15 minutes"

Direction = Literal["longer", "shorter"]


class Resized(NamedTuple):
    """The new length in minutes, or how it changes; and the places of the tokens that say so."""

    places: frozenset[int]
    minutes: int | None = None
    change: LengthChange | None = None


def ends_then(sentence: Sentence, size: Resized | None) -> bool:
    """Whether the time that is named is when it ends: "extend my 2pm to 4", "make it last until 5"."""
    if any(cue.label == "reschedule" and cue.weight >= _MOVES for cue in sentence.cues):
        return False  # "make it longer and move it to 4"
    is_told = sentence.words.words.says("lasting_until", sentence.tokens)
    return is_told or (size is not None and size.minutes is None and size.change is not None)


def new_length_only(sentence: Sentence) -> Sentence:
    """ "Make it 30 instead of an hour" without the old length; the new one, a bare number, is of minutes."""
    tokens, words = sentence.tokens, sentence.words
    place, size = next((one for one in words.words.spots("instead_of", tokens) if one[0]), (0, 0))
    if not size:
        return sentence
    old = sentence.part(tokens[place + size :])
    if old.has_time or not old.reading.lengths:
        return sentence
    unit = next(iter(words.words["bare_unit"]), "")
    is_bare = tokens[place - 1].kind == "number" and unit
    minutes = [Token("word", unit, unit, first=0, last=0, glued=True)] if is_bare else []
    return sentence.part([*tokens[:place], *minutes])


def resized(sentence: Sentence) -> Resized | None:
    """What is said of another length than before. None where nothing is."""
    timed, words = sentence.timed, sentence.words
    for place in range(len(timed)):
        for name, factor in _FACTORS:
            if size := words.size_at(name, timed, place):
                direction: Direction = "longer" if factor > 1 else "shorter"
                change = LengthChange(direction=direction, factor=factor)
                return Resized(_places(timed[place : place + size]), change=change)
        for direction in ("longer", "shorter"):
            if size := words.size_at(direction, timed, place):
                return _by_or_to(sentence, place, place + size, direction)
    return _turned(sentence) or _added(sentence)


def _turned(sentence: Sentence) -> Resized | None:
    """ "turn my 30 min into an hour", "make the review 45 min instead of 30"."""
    timed, words = sentence.timed, sentence.words.words
    resizes = any(token.norm in words["resizing"] for token in timed[: sentence.head + 1])
    for place in range(1, len(timed) if resizes else 0):
        before, minutes = timed[place - 1], timed[place].kind == "length" and _minutes(timed[place])
        if before.norm in words["resized_to"] and minutes:
            return Resized(_places([before, timed[place]]), minutes=minutes)
    return None


def _by_or_to(sentence: Sentence, place: int, end: int, direction: Direction) -> Resized | None:
    """ "15 minutes longer", "extend by 15", "shorten to 30", or only "longer"."""
    timed, words = sentence.timed, sentence.words.words
    said = timed[place:end]
    if end < len(timed) and timed[end].norm in words["than"]:
        return None
    if place and timed[place - 1].kind == "length":
        minutes = timed[place - 1].value.minutes
        change = LengthChange(direction=direction, minutes=minutes)
        return Resized(_places([timed[place - 1], *said]), change=change)
    for at in range(end, len(timed)):
        minutes = _minutes(timed[at])
        if minutes is None:
            continue
        before = timed[at - 1].norm
        if before in words["resized_to"]:
            return Resized(_places([*said, *timed[at - 1 : at + 1]]), minutes=minutes)
        led = {one.norm for one in timed[end:at]} & words["new_length"]
        if timed[at].kind == "length" and direction == "shorter" and (led or "comma" in timed[at - 1].senses):
            return Resized(_places([*said, *timed[end : at + 1]]), minutes=minutes)
        if before in words["shift"] or (timed[at].kind == "length" and at - end <= _REACH):
            change = LengthChange(direction=direction, minutes=minutes)
            begin = at - 1 if before in words["shift"] else at
            return Resized(_places([*said, *timed[begin : at + 1]]), change=change)
    return Resized(_places(said), change=LengthChange(direction=direction))


def _places(tokens: list[Token]) -> frozenset[int]:
    return frozenset(places_of(tokens))


def _minutes(token: Token) -> int | None:
    if token.kind == "length":
        return int(token.value.minutes)
    number = token.value if token.kind == "number" else None
    if number is None or number.ordinal or number.value not in _BARE_MINUTES:
        return None
    return int(number.value)


def _added(sentence: Sentence) -> Resized | None:
    """ "15 more minutes", "another half hour", "add 15 minutes"."""
    words = sentence.words.words
    for place, token in enumerate(sentence.timed):
        if token.kind != "length":
            continue
        inside = sentence.tokens[max(token.first - 1, 0) : token.last + 1]
        before = sentence.timed[place - 1].norm if place else ""
        if any(one.norm in words["extra"] for one in inside) or before in words["extending"]:
            change = LengthChange(direction="longer", minutes=token.value.minutes)
            return Resized(_places([token]), change=change)
    return None

"""Knows where somebody corrects what was just said: "tuesday, no, wednesday", "at 3, sorry, 4pm"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import kind, sense, skip_back
from intents.times.values import Stretch
from intents.tokens import Token

_LONGEST = 5  # tokens of ", no wait, sorry,"
_TIMED = frozenset({"clock", "times", "stretch"})


def tells_correction(between: list[Token], words: Lexicon) -> bool:
    """Whether one of the words between two times takes the first back."""
    return words.words.says("correction", between)


def corrects_hour(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Whether the number here takes the place of the hour before it ("at 3, sorry, 4")."""
    before = place - 1
    while before >= 0 and place - before <= _LONGEST and tokens[before].kind in ("word", "mark"):
        before -= 1
    between = tokens[before + 1 : place]
    return kind(tokens, before) in ("clock", "times") and tells_correction(between, words)


def is_taken_back(tokens: list[Token], place: int, at: int) -> bool:
    """Whether the "no" here takes back what stands before it, and does not rule out what stands `at`."""
    if not sense(tokens, place, "no"):
        return False
    if sense(tokens, place + 1, "comma"):
        return True
    before = skip_back(tokens, place - 1, "comma")
    if sense(tokens, before - 1, "or") or sense(tokens, before - 1, "and"):
        return False
    kinds = (kind(tokens, before), kind(tokens, at))
    if kinds[1] == "times" and tokens[at].value.part:
        return False  # "friday, no mornings"
    return kinds[0] == kinds[1] or (kinds[0] == "stretch" and kinds[1] in _TIMED)


def corrected(old: Stretch, new: Stretch) -> Stretch | None:
    """What is meant when the second takes the place of the first. None: they are of different things."""
    if new.moment is not None or old.moment is not None:
        return new
    if new.days is not None and new.times is not None:
        return new
    if new.times is not None:
        return replace(old, times=new.times) if old.times is not None else None
    return replace(old, days=new.days) if old.days is not None else None

"""Reads which existing meeting is meant: "my 3pm with <@U2>", "the design review", "my next meeting"."""

from itertools import pairwise
from typing import Literal

from intents.frames import Target
from intents.hearing import Hearing
from intents.sentence import Sentence, has_any
from intents.titles import title_of


def target_of(sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = ()) -> Target:
    """The meeting that a sentence, or a part of it, speaks of.

    `taken`: labels of the cues that say what is to happen with it; their words are no part of its title.
    """
    when = hearing.when(sentence, sentence.reading, looks_back=True)
    who = sentence.who
    title = title_of(sentence, sentence.places(taken))
    which = _which(sentence)
    if which == "this" and (when or who or title):
        which = None
    return Target(when=when, who=who, title=title, which=which)


def this_or(sentence: Sentence | None, hearing: Hearing) -> Target:
    """The meeting that the rest of a sentence speaks of; where it names none, that of the talk."""
    target = target_of(sentence, hearing) if sentence is not None else Target()
    return target if target != Target() else Target(which="this")


def _which(sentence: Sentence) -> Literal["next", "last", "this"] | None:
    norms = [token.norm for token in sentence.timed]
    meeting = sentence.words.words["meeting"]
    for before, norm in pairwise(norms):
        if norm in meeting and before in ("next", "upcoming"):
            return "next"
        if norm in meeting and before in ("last", "latest"):
            return "last"
    return "this" if has_any(sentence.timed, sentence.words.words["this_meeting"]) else None

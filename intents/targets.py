"""Reads which existing meeting is meant: "my 3pm with <@U2>", "the design review", "my next meeting"."""

from dataclasses import replace
from typing import Literal

from intents.frames import Target, When, Window
from intents.hearing import Hearing
from intents.sentence import Sentence
from intents.times.values import Reading
from intents.times.wall_clock import at, zone_of
from intents.titles import title_of
from intents.tokens import normal

_DAY = 1440
_BETWEEN = 2  # words between "last" and "meeting"


def target_of(
    sentence: Sentence, hearing: Hearing, taken: tuple[str, ...] = (), *, day: When | None = None
) -> Target:
    """The meeting that a sentence, or a part of it, speaks of.

    `taken`: labels of the cues that say what is to happen with it; their words are no part of its title.
    `day`: where a bare time of day is looked for.
    """
    when = hearing.when(sentence, _meant(sentence.reading), looks_back=True, before=day)
    if when is None and sentence.words.words.says("of_the_day", sentence.tokens):
        when = _today(hearing)
    who = sentence.who
    title = title_of(sentence, _verbs(sentence, taken))
    which = _which(sentence)
    if which == "this" and (when or who or title):
        which = None
    return Target(
        when=when, who=who, title=title, which=which, every=which is None and _is_every(sentence, title)
    )


def this_or(sentence: Sentence | None, hearing: Hearing) -> Target:
    """The meeting that the rest of a sentence speaks of; where it names none, that of the talk."""
    target = target_of(sentence, hearing) if sentence is not None else Target()
    return target if target != Target() else Target(which="this")


def _meant(reading: Reading) -> Reading:
    """In "can't do the 4pm" what is ruled out is the meeting's time."""
    return reading if reading.stretches else replace(reading, stretches=reading.without, without=())


def _verbs(sentence: Sentence, labels: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where the words stand that say what is to happen: the strongest cues, and those that begin."""
    strongest = [sentence.cue(label) for label in labels]
    return tuple(
        (cue.place, cue.place + cue.size - 1)
        for cue in sentence.cues
        if cue.label in labels and (cue in strongest or cue.place <= sentence.head)
    )


def _today(hearing: Hearing) -> When:
    zone = zone_of(hearing.tz)
    day = hearing.now.astimezone(zone).date()
    return When(zone=hearing.tz, windows=(Window(start=at(day, 0, zone), end=at(day, _DAY, zone)),))


def _which(sentence: Sentence) -> Literal["next", "first", "last", "this"] | None:
    """ "my next meeting", "the last call of the day"; "it"."""
    words = sentence.words.words
    norms = [token.norm for token in sentence.tokens]
    for place, norm in enumerate(norms):
        following = norms[place + 1 : place + 1 + _BETWEEN]
        if not words["meeting"].isdisjoint(following) or not words["listing"].isdisjoint(following):
            if norm in words["which_next"]:
                return "next"
            if norm in words["which_first"]:
                return "first"
            if norm in words["which_last"]:
                return "last"
    return "this" if words.says("this_meeting", sentence.timed) else None


def _is_every(sentence: Sentence, title: str | None) -> bool:
    """ "both meetings", "everything this afternoon", "my meetings on friday"; not "the all hands"."""
    named = normal(title or "").replace("-", " ").partition(" ")[0]
    if named in sentence.words.words["every_meeting"]:
        return False
    return sentence.words.words.says("every_meeting", sentence.tokens) or sentence.words.words.says(
        "listing", sentence.tokens
    )

"""Weighs what kind of wish a sentence is: phrases of the language file vote, the best label wins."""

from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.tokens import Token

_AT_HEAD = 1.5
_PER_WORD = 0.25  # a longer phrase says more
_FAINT = 1  # cues of this weight count only where they are the whole sentence
_NO_REQUESTS = ("greeting", "chat")
_WEAK = 2  # cues of this weight count only with evidence of a calendar


class Cue(NamedTuple):
    """A phrase that speaks for a label, and where it stands (by index in the list of tokens)."""

    label: str
    weight: int
    place: int
    size: int


class Evidence(NamedTuple):
    """What else in the sentence shows what its subject is."""

    time: bool = False
    length: bool = False
    people: bool = False
    meeting: bool = False
    calendar: bool = False
    pronoun: bool = False
    foreign: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether a calendar is the subject."""
        if self.foreign:
            return self.calendar
        return self.meeting or self.calendar or self.people or self.time or self.length or self.pronoun


def read_cues(tokens: list[Token], words: Lexicon) -> list[Cue]:
    """Every cue in the sentence, overlapping ones too."""
    whole = [
        Cue(label, weight, place, len(phrase))
        for place, token in enumerate(tokens)
        if words.cues.may_start(token)
        for phrase, senses in words.cues.all_at(tokens, place)
        for label, weight in senses.items()
    ]
    return whole + [
        Cue(cue.label, cue.weight, place, len(part))
        for cue, first, last in words.split_cues.found(tokens)
        for part, place in ((cue.first, first), (cue.last, last))
    ]


def head_of(tokens: list[Token], words: Lexicon) -> int:
    """The place of the first word that is no filler."""
    place = 0
    while place < len(tokens) - 1 and (
        tokens[place].norm in words.words["filler"] or tokens[place].kind in ("mark", "emoji")
    ):
        place += 1
    return place


def weigh(cues: list[Cue], head: int, said: int) -> dict[str, tuple[float, Cue]]:
    """How much speaks for each label, with its strongest cue. `said`: how many words there are."""
    found: dict[str, tuple[float, Cue]] = {}
    for cue in _counted(cues, said):
        score = cue.weight + _PER_WORD * (cue.size - 1)
        if cue.place <= head <= cue.place + cue.size - 1:
            score += _AT_HEAD
        if score > found.get(cue.label, (0.0, cue))[0]:
            found[cue.label] = (score, cue)
    return found


def _counted(cues: list[Cue], said: int) -> list[Cue]:
    """Cues that count: not the faint ones among other words, and not "see" in "see you"."""
    polite = [
        set(range(cue.place, cue.place + cue.size))
        for cue in cues
        if cue.label in _NO_REQUESTS and cue.size > 1
    ]
    return [
        cue
        for cue in cues
        if (cue.weight > _FAINT or cue.size == said)
        and not any(set(range(cue.place, cue.place + cue.size)) < one for one in polite)
    ]


def is_weak(cue: Cue) -> bool:
    """Whether a cue counts only where the subject is a calendar."""
    return cue.weight <= _WEAK

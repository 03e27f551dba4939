"""Guesses what kind of wish a sentence is: learned votes speak where rules see only a part of it."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter
from typing import NamedTuple

from intents.features import features, grams, words_of
from intents.sentence import Sentence

_WORDS_KEPT = 8192
_NONE = "none"
_LEAD_OVER_NONE = 0.5  # that a wish needs over "nothing for a calendar"
Vote = tuple[tuple[int, int], ...]  # (index of a label, hundredths)


class Guess(NamedTuple):
    """The label that most speaks for, and how much speaks for each."""

    label: str
    scores: Mapping[str, float]

    def lead_over(self, other: str) -> float:
        """How much more speaks for it than for another label."""
        return self.scores[self.label] - self.scores.get(other, 0.0)


class Votes:
    """What each feature says about each label."""

    def __init__(self, labels: tuple[str, ...], votes: Mapping[str, str]) -> None:
        self.labels = labels
        self._votes = votes
        self._read: dict[str, Vote] = {}
        self.of_word = lru_cache(maxsize=_WORDS_KEPT)(self._of_word)

    def of(self, feature: str) -> Vote:
        """The votes of one feature."""
        found = self._read.get(feature)
        if found is None:
            written = self._votes.get(feature)
            if written is None:
                return ()
            found = self._read[feature] = _read(written)
        return found

    def _of_word(self, word: str) -> Vote:
        """The votes of a word and of its letters, added up."""
        scores = self.added([], (self.of(gram) for gram in grams(word)))
        return tuple((place, score) for place, score in enumerate(scores) if score)

    def added(self, scores: list[int], votes: Iterable[Vote]) -> list[int]:
        """The scores with these votes."""
        scores = scores or [0] * len(self.labels)
        for vote in votes:
            for place, hundredths in vote:
                scores[place] += hundredths
        return scores


def _read(written: str) -> Vote:
    """ "0:12 3:-40": hundredths by the index of the label."""
    pairs = (pair.split(":") for pair in written.split())
    return tuple((int(place), int(hundredths)) for place, hundredths in pairs)


@cache
def votes_of(file: str) -> Votes:
    """The votes that lie in a file beside the languages."""
    table = json.loads(files("intents").joinpath("languages", file).read_text("utf-8"))
    return Votes(tuple(table["labels"]), table["votes"])


def guess(sentence: Sentence, question: str | None, ruled: str) -> Guess | None:
    """What a sentence most likely is. `ruled`: what the rules made of it. None: nothing was learned."""
    votes = votes_of(sentence.words.votes) if sentence.words.votes else None
    if votes is None or ruled not in votes.labels:
        return None
    words = words_of(sentence)
    scores = votes.added([], map(votes.of, features(sentence, words, question or "", ruled)))
    votes.added(scores, map(votes.of_word, dict.fromkeys(words)))
    named = {label: score / 100 for label, score in zip(votes.labels, scores, strict=True)}
    named[_NONE] += _LEAD_OVER_NONE
    return Guess(max(named.items(), key=itemgetter(1))[0], named)

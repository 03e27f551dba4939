"""Guesses what kind of wish a sentence is: learned votes speak where rules see only a part of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter, mul
from typing import NamedTuple

from intents.features import features, grams, words_of
from intents.sentence import Sentence

_WORDS_KEPT = 8192
_NONE = "none"
_LEAD_OVER_NONE = 1.0  # that a wish needs over "nothing for a calendar"; by cross-validation
_LANE = 32  # bits of a packed vote that belong to one label
_MIDDLE = 1 << (_LANE - 1)


class Guess(NamedTuple):
    """The label that most speaks for, and how much speaks for each."""

    label: str
    scores: Mapping[str, float]

    def lead_over(self, other: str) -> float:
        """How much more speaks for it than for another label."""
        return self.scores[self.label] - self.scores.get(other, 0.0)


class Votes:
    """What each feature says about each label: packed, so that adding two numbers adds all their votes."""

    def __init__(self, labels: tuple[str, ...], votes: Mapping[str, Sequence[int]]) -> None:
        self.labels = labels
        lanes = [1 << (_LANE * place) for place in range(len(labels))]
        self._bias = _MIDDLE * sum(lanes)
        self._packed = {
            feature: sum(map(mul, map(lanes.__getitem__, vote[::2]), vote[1::2]))
            for feature, vote in votes.items()
        }
        self.of_word = lru_cache(maxsize=_WORDS_KEPT)(self._of_word)

    def of(self, features: Iterable[str]) -> int:
        """The votes of features, added up."""
        return sum(filter(None, map(self._packed.get, features)))

    def _of_word(self, word: str) -> int:
        """The votes of a word and of its letters, added up."""
        return self.of(grams(word))

    def scores(self, packed: int) -> dict[str, float]:
        """How much votes speak for each label."""
        rest, scores = packed + self._bias, {}
        for label in self.labels:
            scores[label] = ((rest & (2 * _MIDDLE - 1)) - _MIDDLE) / 100
            rest >>= _LANE
        return scores


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
    seen = features(sentence, words, question or "", ruled)
    scores = votes.scores(votes.of(seen) + sum(map(votes.of_word, set(words))))
    scores[_NONE] += _LEAD_OVER_NONE
    return Guess(max(scores.items(), key=itemgetter(1))[0], scores)

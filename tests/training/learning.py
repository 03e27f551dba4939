"""Logistic regression by stochastic gradient (AdaGrad): examples in, the same weights out each time."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from random import Random

import numpy

from intents.features import features, grams, words_of
from intents.frames import Context
from intents.hearing import Hearing
from intents.lexicon import lexicon
from intents.sentence import Sentence, read_sentence
from intents.slack_text import plain_text
from intents.times.wall_clock import zone_of
from intents.typed import tokens_of
from intents.understanding import by_rules, label_by_rules
from tests.training.rows import Row

NOW = datetime.fromisoformat("2026-03-10T09:20:00+00:00")
ROUNDS = 12
STEP = 0.15
SHRINKING = 2e-5  # of all weights a round takes away; keeps those small that few examples ask for


def seen_in(row: Row) -> Counter[str]:
    """How often each feature stands in an example."""
    sentence = sentence_of(row.text)
    hearing = Hearing(now=NOW, tz="UTC", context=Context.model_validate({"question": row.question}))
    ruled = label_by_rules(*by_rules(sentence, hearing))
    words = words_of(sentence)
    found = Counter(features(sentence, words, row.question or "", ruled))
    found.update(gram for word in dict.fromkeys(words) for gram in grams(word))
    return found


def sentence_of(text: str) -> Sentence:
    """What the readers make of a text."""
    words = lexicon("en")
    return read_sentence(tokens_of(plain_text(text, zone_of("UTC")), words), words)


class Learned:
    """Weights by feature and label."""

    def __init__(self, names: Sequence[str], labels: Sequence[str]) -> None:
        self.names = list(names)
        self.labels = list(labels)
        self.places = {name: place for place, name in enumerate(self.names)}
        self.weights = numpy.zeros((len(self.names), len(self.labels)))

    def scores(self, found: Counter[str]) -> dict[str, float]:
        """How much speaks for each label."""
        known = [(self.places[name], count) for name, count in found.items() if name in self.places]
        places, counts = zip(*known, strict=True)
        total = numpy.asarray(counts) @ self.weights[list(places)]
        return dict(zip(self.labels, total.tolist(), strict=True))


def learned(examples: Sequence[tuple[Counter[str], str, float]]) -> Learned:
    """Learn from (features, label, weight of the example)."""
    often = Counter(name for found, _, _ in examples for name in found)
    names = sorted(name for name, count in often.items() if count > 1)
    result = Learned(names, sorted({label for _, label, _ in examples}))
    numbered = [(*numbers_of(found, result), result.labels.index(label), w) for found, label, w in examples]
    squares = numpy.full_like(result.weights, 1e-6)
    total = numpy.zeros_like(result.weights)
    chance = Random(1)
    for done in range(ROUNDS):
        chance.shuffle(numbered)
        for places, counts, label, weight in numbered:
            step(result.weights, squares, places, counts, label, weight)
        if done >= ROUNDS // 2:
            total += result.weights
    result.weights = total / (ROUNDS - ROUNDS // 2)
    return result


def numbers_of(found: Counter[str], result: Learned) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The places and the counts of the features that are kept."""
    known = [(result.places[name], count) for name, count in sorted(found.items()) if name in result.places]
    places, counts = zip(*known, strict=True)
    return numpy.asarray(places), numpy.asarray(counts, dtype=float)


def step(
    weights: numpy.ndarray,
    squares: numpy.ndarray,
    places: numpy.ndarray,
    counts: numpy.ndarray,
    label: int,
    weight: float,
) -> None:
    """Move the weights of one example's features a little towards its label."""
    here = weights[places]
    scores = counts @ here
    chances = numpy.exp(scores - scores.max())
    chances /= chances.sum()
    chances[label] -= 1.0
    slope = weight * numpy.outer(counts, chances) + SHRINKING * here * 10
    seen = squares[places] + slope**2
    squares[places] = seen
    weights[places] = here - STEP * slope / numpy.sqrt(seen)

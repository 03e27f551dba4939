"""Rules out the days on which somebody is away: "i'm out friday, book 30 min with ana on thursday"."""

from dataclasses import replace

from intents.clauses import Clause, clauses
from intents.sentence import Sentence


def without_absence(sentence: Sentence) -> Sentence:
    """The wish without the clause that tells of an absence, whose times are ruled out."""
    if sentence.norms.isdisjoint(sentence.words.words["gone"]):
        return sentence
    for clause in clauses(sentence):
        told = _part(clause, sentence)
        rest = [*sentence.tokens[: clause.first], *sentence.tokens[clause.last + 1 :]]
        if rest and _is_absence(told):
            wish = sentence.part(rest)
            without = (*wish.reading.without, *told.reading.stretches)
            return replace(wish, reading=replace(wish.reading, without=without))
    return sentence


def _part(clause: Clause, sentence: Sentence) -> Sentence:
    return sentence.part(sentence.tokens[clause.first : clause.last + 1])


def _is_absence(told: Sentence) -> bool:
    """Whether the speaker says to be away then, and nothing of a meeting."""
    words, evidence = told.words.words, told.evidence
    if told.norms.isdisjoint(words["gone"]) or told.norms.isdisjoint(words["reason_subject"]):
        return False
    meets = told.norms & words["meeting"] - words["gone"]  # a vacation is both
    names = told.named or evidence.length or meets or "book" in told.weights
    return bool(told.reading.stretches) and not names

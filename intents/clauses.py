"""Cuts a sentence into clauses at commas, full stops and dashes."""

from typing import NamedTuple

from intents.sentence import Sentence
from intents.tokens import Token


class Clause(NamedTuple):
    """The places of a clause's first and last token."""

    first: int
    last: int


def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses, in order; without the marks between them and without what is empty."""
    found: list[Clause] = []
    first = 0
    for place, token in enumerate(sentence.tokens):
        if _ends(token, sentence):
            found += [Clause(first, place - 1)] if place > first else []
            first = place + 1
    end = len(sentence.tokens)
    return (*found, Clause(first, end - 1)) if end > first else tuple(found)


def _ends(token: Token, sentence: Sentence) -> bool:
    is_inside_word = token.norm == "-" and token.glued
    return token.norm in sentence.words.words["clause_end"] and not is_inside_word

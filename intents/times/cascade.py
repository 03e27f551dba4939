"""How readers take turns: each passes once over the tokens and puts a typed value where it can read some."""

from collections.abc import Callable
from typing import Any, NamedTuple

from intents.lexicon import Lexicon
from intents.tokens import Token


class Found(NamedTuple):
    """What a reader made of the `size` tokens from where it stood."""

    kind: str
    value: Any
    size: int


Read = Callable[[list[Token], int, Lexicon], Found | None]


class Reader(NamedTuple):
    """One pass. It is tried where a token is of one of these kinds or has one of these senses.

    `needs`: kinds and senses without any of which, anywhere in a sentence, it finds nothing there.
    """

    name: str
    read: Read
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()

    def may_read(self, present: set[str]) -> bool:
        """Whether it may find something in a sentence with these kinds and senses."""
        if self.needs and self.needs.isdisjoint(present):
            return False
        return not (self.kinds.isdisjoint(present) and self.tags.isdisjoint(present))


def marks_of(tokens: list[Token]) -> set[str]:
    """The kinds and the senses that occur in a sentence."""
    present = {token.kind for token in tokens}
    return present.union(*[token.senses for token in tokens if token.senses])


def run(tokens: list[Token], reader: Reader, words: Lexicon) -> set[str]:
    """Pass over the tokens once, from the left; what was read stands in its place at once. The kinds made."""
    made: set[str] = set()
    over = gone = 0  # where what was read last ends, and how many tokens what was read took away
    for spot in _spots(tokens, reader):
        found = reader.read(tokens, spot - gone, words) if spot >= over else None
        if found is not None:
            place = spot - gone
            tokens[place : place + found.size] = [_made(found, tokens, place)]
            over, gone = spot + found.size, gone + found.size - 1
            made.add(found.kind)
    return made


def _spots(tokens: list[Token], reader: Reader) -> list[int]:
    """The places where something may begin."""
    kinds, tags = reader.kinds, reader.tags
    return [
        place
        for place, token in enumerate(tokens)
        if token.kind in kinds or (token.senses and not tags.isdisjoint(token.senses))
    ]


def _made(found: Found, tokens: list[Token], place: int) -> Token:
    first, last = tokens[place], tokens[place + found.size - 1]
    return Token(found.kind, "", "", first=first.first, last=last.last, glued=first.glued, value=found.value)


def sense(tokens: list[Token], place: int, tag: str) -> Any:
    """The value of a sense of the token at this place; None without such a token or sense."""
    if 0 <= place < len(tokens):
        return tokens[place].senses.get(tag)
    return None


def kind(tokens: list[Token], place: int) -> str:
    """The kind of the token at this place; empty beyond the ends."""
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def value(tokens: list[Token], place: int, of: str) -> Any:
    """The value of the token at this place if it is of this kind."""
    if 0 <= place < len(tokens) and tokens[place].kind == of:
        return tokens[place].value
    return None


def is_glued(tokens: list[Token], place: int) -> bool:
    """Whether a token stands at this place without a space before it."""
    return 0 <= place < len(tokens) and tokens[place].glued


def skip_back(tokens: list[Token], place: int, *tags: str) -> int:
    """The nearest place to the left, from here on, whose token has none of these senses."""
    while place >= 0 and any(tag in tokens[place].senses for tag in tags):
        place -= 1
    return place


def skip(tokens: list[Token], place: int, *tags: str) -> int:
    """The next place whose token has none of these senses."""
    while place < len(tokens) and any(tag in tokens[place].senses for tag in tags):
        place += 1
    return place

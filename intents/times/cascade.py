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
    """One pass. It is tried where a token is of one of these kinds or has one of these senses."""

    name: str
    read: Read
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def stands_at(self, token: Token) -> bool:
        """Whether something may begin here."""
        return token.kind in self.kinds or not self.tags.isdisjoint(token.senses)


def run(tokens: list[Token], reader: Reader, words: Lexicon) -> tuple[list[Token], bool]:
    """Pass over the tokens once, from the left; what was read stands in its place at once."""
    tokens = list(tokens)
    place, hit = 0, False
    while place < len(tokens):
        token = tokens[place]
        found = reader.read(tokens, place, words) if reader.stands_at(token) else None
        if found is not None:
            last = tokens[place + found.size - 1].last
            read = Token(
                found.kind, "", "", first=token.first, last=last, glued=token.glued, value=found.value
            )
            tokens[place : place + found.size] = [read]
            hit = True
        place += 1
    return tokens, hit


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

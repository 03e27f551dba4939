"""Phrases and sets of words of a language, found in a sentence by the words with which they begin."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from intents.tokens import NO_SENSES, Senses, Token

Phrase = tuple[str, ...]

_ALONE = ""  # in place of a second word


class Phrases:
    """Phrases with what they mean, found by their first two words, the longest first."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[str, list[tuple[Phrase, dict[str, Any]]]]] = {}

    def add(self, phrase: Phrase, tag: str, value: Any) -> None:
        """Let a phrase also mean this."""
        second = phrase[1] if len(phrase) > 1 else _ALONE
        found = self._by_first.setdefault(phrase[0], {}).setdefault(second, [])
        for known, senses in found:
            if known == phrase:
                senses.setdefault(tag, value)
                return
        found.append((phrase, {tag: value}))
        found.sort(key=lambda entry: -len(entry[0]))

    def senses_of(self, word: str) -> Senses:
        """What a word by itself means."""
        found = self._by_first.get(word, {}).get(_ALONE, ())
        return next((senses for _, senses in found), NO_SENSES)

    def may_start(self, token: Token) -> bool:
        """Whether a phrase begins with this token."""
        return token.norm in self._by_first

    def at(self, tokens: list[Token], place: int) -> tuple[int, Senses] | None:
        """The longest phrase that starts here: its length and its senses."""
        if place < len(tokens) and self.may_start(tokens[place]):
            for phrase, senses in self.all_at(tokens, place):
                return len(phrase), senses
        return None

    def all_at(self, tokens: list[Token], place: int) -> Iterator[tuple[Phrase, Senses]]:
        """Every phrase that starts here, the longest first."""
        found = self._by_first.get(tokens[place].norm)
        if found is None:
            return
        if place + 1 < len(tokens):
            for phrase, senses in found.get(tokens[place + 1].norm, ()):
                if len(phrase) == 2 or _goes_on(phrase, tokens, place):
                    yield phrase, senses
        yield from found.get(_ALONE, ())


def _goes_on(phrase: Phrase, tokens: list[Token], place: int) -> bool:
    """Whether a phrase whose first two words stand here goes on with the words that follow."""
    return tuple([one.norm for one in tokens[place + 2 : place + len(phrase)]]) == phrase[2:]


class WordSets(dict[str, frozenset[str]]):
    """Sets of words by name; empty where a language has none."""

    def __init__(self, lists: Mapping[str, frozenset[str]]) -> None:
        super().__init__(lists)
        self._sizes = {name: _sizes_by_first(words) for name, words in self.items()}
        self._starts: dict[tuple[str, ...], frozenset[str]] = {}
        self._unions: dict[tuple[str, ...], frozenset[str]] = {}

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()

    def union(self, *names: str) -> frozenset[str]:
        """The words of several sets together; put together once."""
        found = self._unions.get(names)
        if found is None:
            found = self._unions[names] = frozenset().union(*(self[name] for name in names))
        return found

    def leads(self, tokens: list[Token], *names: str) -> list[int]:
        """The places at which an entry of one of these sets may begin."""
        starts = self._starts.get(names)
        if starts is None:
            starts = frozenset(first for name in names for first in self._sizes.get(name, ()))
            self._starts[names] = starts
        return [place for place, token in enumerate(tokens) if token.norm.partition(" ")[0] in starts]

    def says(self, name: str, tokens: list[Token]) -> bool:
        """Whether an entry of a set stands anywhere among these tokens."""
        return next(self.spots(name, tokens), None) is not None

    def spots(self, name: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """Where entries of a set stand among these tokens: the place of each, and its size in tokens."""
        sizes = ((place, self.size_at(name, tokens, place)) for place in self.leads(tokens, name))
        return (one for one in sizes if one[1])

    def size_at(self, name: str, tokens: list[Token], place: int) -> int:
        """How many tokens from here on are one entry of a set; 0 where none is."""
        sizes = self._sizes.get(name)
        if sizes is None or place >= len(tokens):
            return 0
        longest = sizes.get(tokens[place].norm.partition(" ")[0])
        if longest is None:
            return 0
        for size in range(min(longest, len(tokens) - place), 0, -1):
            if " ".join(token.norm for token in tokens[place : place + size]) in self[name]:
                return size
        return 0


def _sizes_by_first(words: Iterable[str]) -> dict[str, int]:
    """How many words the longest entry with each first word has."""
    sizes: dict[str, int] = {}
    for word in words:
        first = word.partition(" ")[0]
        sizes[first] = max(sizes.get(first, 0), word.count(" ") + 1)
    return sizes

"""Parts words that a language writes as one: "dienstagabend" is "dienstag" and "abend"."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from intents.tokens import Senses

_SHORTEST, _LONGEST = 2, 40  # letters of a part, of the whole


class Part(NamedTuple):
    """One word of a compound, with those of its senses that it has there."""

    norm: str
    senses: Senses


class Compounds:
    """Which senses a word may have that begins or ends a compound. Remembers nothing."""

    def __init__(self, first: Iterable[str], last: Iterable[str], senses_of: Callable[[str], Senses]) -> None:
        self._first = frozenset(first)
        self._last = frozenset(last)
        self._senses_of = senses_of

    def parts(self, word: str) -> tuple[Part, Part] | None:
        """The two words of a compound, the longest first one that fits. None for other words."""
        if not self._first or len(word) > _LONGEST:
            return None
        for cut in range(len(word) - _SHORTEST, _SHORTEST - 1, -1):
            head, tail = word[:cut], word[cut:]
            first = self._as(head, self._first)
            last = self._as(tail, self._last) if first else {}
            if last:
                return Part(head, first), Part(tail, last)
        return None

    def _as(self, word: str, tags: frozenset[str]) -> Senses:
        return {tag: value for tag, value in self._senses_of(word).items() if tag in tags}

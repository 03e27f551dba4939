"""Mends slips of the finger in long words of a closed list: one letter wrong, missing, doubled or swapped.

A slip is found by what is left when one letter is taken out: a few hash look-ups, whatever the number of
words (Garbe's symmetric delete).
"""

from collections.abc import Iterable, Iterator

_SHORTEST = 6  # letters of a word that is mended to; shorter ones have too many neighbours


class Typos:
    """The words that are mended to, and those that look like them and are not."""

    def __init__(self, words: Iterable[str], kept: Iterable[str] = ()) -> None:
        self._kept = frozenset(kept)
        self._by_rest: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= _SHORTEST:
                for rest in (word, *_rests(word)):
                    self._by_rest.setdefault(rest, []).append(word)
        self._longest = max(map(len, self._by_rest), default=0) + 1

    def meant(self, word: str) -> str | None:
        """The one word of the list of which an unknown word is a slip. None if there is none, or several."""
        if not _SHORTEST - 1 <= len(word) <= self._longest or word in self._kept:
            return None
        near = {
            one
            for rest in (word, *_rests(word))
            for one in self._by_rest.get(rest, ())
            if _is_slip(word, one)
        }
        return near.pop() if len(near) == 1 else None


def _rests(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _is_slip(typed: str, word: str) -> bool:
    """Whether they differ by one edit, or by two neighbours swapped; the first letter is seldom wrong."""
    if len(typed) != len(word):
        return typed[0] == word[0] and abs(len(typed) - len(word)) == 1 and _is_longer_by_one(typed, word)
    wrong = [place for place, letter in enumerate(word) if typed[place] != letter]
    if len(wrong) != 2:
        return len(wrong) == 1 and wrong[0] > 0
    first, last = wrong
    return last == first + 1 and typed[first] + typed[last] == word[last] + word[first]


def _is_longer_by_one(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short in _rests(long)

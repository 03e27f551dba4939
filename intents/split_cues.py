"""Cues whose two parts stand apart in a sentence: "nimm den Termin an"."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from intents.tokens import Token

Phrase = tuple[str, ...]


class SplitCue(NamedTuple):
    """Two phrases that together speak for a label, the second anywhere behind the first."""

    label: str
    weight: int
    first: Phrase
    last: Phrase


class SplitCues:
    """Split cues, found by their first word."""

    def __init__(self, cues: Iterable[SplitCue]) -> None:
        self._by_first: dict[str, list[SplitCue]] = {}
        for cue in cues:
            self._by_first.setdefault(cue.first[0], []).append(cue)

    def found(self, tokens: list[Token]) -> Iterator[tuple[SplitCue, int, int]]:
        """Each split cue of a sentence, with the places of its two parts."""
        if not self._by_first:
            return
        ends = {token.norm: place for place, token in enumerate(tokens)}
        for place, token in enumerate(tokens):
            for cue in self._by_first.get(token.norm, ()):
                end = ends.get(cue.last[-1], -1) - len(cue.last) + 1
                if (
                    end > place
                    and not _leads(tokens, end + len(cue.last))
                    and _stands(cue.first, tokens, place)
                    and _stands(cue.last, tokens, end)
                ):
                    yield cue, place, end


def _leads(tokens: list[Token], after: int) -> bool:
    """Whether a figure follows, so that the last part is no part of a verb: "plane es um 17 Uhr"."""
    return after < len(tokens) and tokens[after].kind in ("number", "hms", "dotted")


def _stands(phrase: Phrase, tokens: list[Token], place: int) -> bool:
    return len(phrase) == 1 or tuple(token.norm for token in tokens[place : place + len(phrase)]) == phrase

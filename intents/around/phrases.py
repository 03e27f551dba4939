"""Finds the phrases that tell what is wanted around a meeting, and the sentence without them."""

from collections.abc import Iterable
from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.sentence import Sentence
from intents.tokens import Token, places_of


class Said(NamedTuple):
    """A phrase that was said: its label and value, the place of its first token, and its last."""

    label: str
    value: int | str
    first: int
    last: int

    @property
    def places(self) -> range:
        """The places of its tokens."""
        return range(self.first, self.last + 1)


class Phrased:
    """A sentence with the phrases of `[around.*]` in it. Places are those of the tokens as typed."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words
        self._found = _by_label(said_in(sentence.tokens, sentence.words))

    @property
    def is_phrased(self) -> bool:
        """Whether any phrase was said."""
        return bool(self._found)

    def all(self, label: str) -> list[Said]:
        """Every phrase of this label, in order."""
        return self._found.get(label, [])

    def has(self, label: str) -> bool:
        """Whether a phrase of this label was said."""
        return label in self._found

    def best(self, label: str) -> Said | None:
        """The surest phrase of this label; among these the longest, then the first."""
        found = self._found.get(label)
        if found is None:
            return None
        return max(found, key=lambda one: (_sureness(one), one.last - one.first, -one.first))

    def head(self, *labels: str) -> int:
        """The place of the first word that is no filler and belongs to no phrase of these labels."""
        passed = {place for label in labels for one in self.all(label) for place in one.places}
        filler = self.words.words["filler"]
        places = range(len(self.sentence.tokens))
        said = (
            place
            for place in places
            if place not in passed and not _is_passed(self.sentence.tokens[place], filler)
        )
        return next(said, 0)

    @property
    def asks(self) -> bool:
        """Whether it is put as a question about what is ("is it on zoom?"), not as a wish ("can you …?")."""
        words, tokens = self.words.words, self.sentence.tokens
        asks = {tokens[0].norm, tokens[self.sentence.head].norm}
        follows = words.union("this_meeting", "negation")
        is_order = tokens[0].norm in words["ordering"] and any(one.norm in follows for one in tokens[1:2])
        return not is_order and not words["question"].isdisjoint(asks)

    @property
    def ends_in_doubt(self) -> bool:
        """Whether a question mark stands at its end."""
        return self.sentence.tokens[-1].norm == "?"

    def norms(self, places: Iterable[int] | None = None) -> list[str]:
        """The words at these places, or all."""
        tokens = self.sentence.tokens
        return [tokens[place].norm for place in (range(len(tokens)) if places is None else places)]

    def without(self, *said: Said) -> Sentence | None:
        """The sentence read anew without these phrases. None where nothing is left."""
        taken = {place for one in said for place in one.places}
        left = [token for place, token in enumerate(self.sentence.tokens) if place not in taken]
        return self.sentence.part(left) if any(one.kind != "mark" for one in left) else None

    def unsaid(self, *said: Said) -> list[str]:
        """The words with content that neither these phrases nor times, people and fillers account for."""
        taken = {place for one in said for place in one.places} | told_places(self.sentence)
        words = self.words.words
        return [
            token.norm
            for place, token in enumerate(self.sentence.tokens)
            if token.kind in ("word", "number")
            and place not in taken
            and token.norm not in words.union("stop", "filler")
        ]


def said_in(tokens: list[Token], words: Lexicon) -> list[Said]:
    """Every phrase among these tokens, overlapping ones too."""
    return [
        Said(label, value, token.first, tokens[place + len(phrase) - 1].last)
        for place, token in enumerate(tokens)
        if words.around.may_start(token)
        for phrase, senses in words.around.all_at(tokens, place)
        for label, value in senses.items()
    ]


def _by_label(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in said:
        found.setdefault(one.label, []).append(one)
    return found


def _sureness(said: Said) -> int:
    return said.value if isinstance(said.value, int) else 0


def timed_places(sentence: Sentence) -> set[int]:
    """The places that were read as times or lengths."""
    return places_of(one for one in sentence.timed if one.value is not None)


def told_places(sentence: Sentence) -> set[int]:
    """The places that were read as times, lengths or people."""
    return timed_places(sentence) | places_of(sentence.named)


def _is_passed(token: Token, filler: frozenset[str]) -> bool:
    return token.kind in ("mark", "emoji") or token.norm in filler

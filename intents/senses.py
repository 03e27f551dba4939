"""Gives the words of a sentence the senses that they have in its language."""

from collections.abc import Iterator

from intents.compounds import Part
from intents.lexicon import Lexicon
from intents.tokens import Senses, Token, text_of

_SAID = frozenset({"word", "mark", "number", "noise", "slash"})  # kinds of tokens that phrases are made of


def _parted(token: Token, head: Part, tail: Part) -> Iterator[Token]:
    """The two words of a compound; each covers the place of the whole."""
    cut = len(token.text) - len(tail.norm)
    for part, text, glued in ((head, token.text[:cut], token.glued), (tail, token.text[cut:], True)):
        yield Token(
            "word", text, part.norm, first=token.first, last=token.last, glued=glued, senses=part.senses
        )


def with_senses(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Give words their senses; several words of one sense become one token."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        match = words.senses.at(tokens, place) if token.kind in _SAID else None
        parts = words.compounds.parts(token.norm) if match is None and token.kind == "word" else None
        if parts is not None:
            found += _parted(token, *parts)
            place += 1
            continue
        size, senses = match or (1, token.senses)
        found.append(_meant(tokens[place : place + size], senses) if senses else token)
        place += size
    return found


def _meant(group: list[Token], senses: Senses) -> Token:
    """Several words as one, or one, with its senses."""
    first = group[0]
    if len(group) == 1:
        norm = senses.get("as", first.norm)
        kind = "word" if "not_a_time" in senses else first.kind
        return Token(
            kind, first.text, norm, first=first.first, last=first.last, glued=first.glued, senses=senses
        )
    norm = senses.get("as") or " ".join(one.norm for one in group)
    return Token(
        "word", text_of(group), norm, first=first.first, last=group[-1].last, glued=first.glued, senses=senses
    )

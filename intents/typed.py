"""From a text as it was typed to the tokens that are read: undecorated, spaced, with typos mended."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import pairwise

from intents.lexicon import Lexicon
from intents.slack_text import plain_text
from intents.tokens import Senses, Token, renumbered, tokenize

# What has one of these senses is a word of its own, also next to a number: "6to8pm", "fri9-5", "at3".
_APART = frozenset(
    {
        "range",
        "weekday",
        "month",
        "relday",
        "daypart",
        "tonight",
        "exactly_at",
        "from",
        "for",
        "or",
        "weekdays",
    }
)
_ENDINGS = frozenset({"half", "unit"})  # these end a number: "3pmfriday" is "3pm friday"


def typed_tokens(text: str, words: Lexicon, zone: tzinfo) -> list[Token]:
    """The tokens of a text in this language. `zone`: where the speaker is."""
    return tokens_of(plain_text(text, zone), words)


def tokens_of(text: str, words: Lexicon) -> list[Token]:
    """The tokens of a text without decoration."""
    tokens = tokenize(text, words.elided)
    _mend(tokens, words)
    for before, token in pairwise(tokens):
        if token.glued and {before.kind, token.kind} == {"number", "word"}:
            return _spaced(tokens, words)
    return tokens


def _mend(tokens: list[Token], words: Lexicon) -> None:
    for token in tokens:
        if token.kind == "word" and token.norm not in words.known:
            token.norm = words.typos.meant(token.norm) or token.norm


def _spaced(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Numbers and words that were typed without the space between them, apart."""
    apart = [one for token in tokens for one in _split(token, words)]
    for before, token in pairwise(apart):
        if token.glued and (
            (token.kind == "number" and _stands_apart(before, words))
            or (before.kind == "number" and _stands_apart(token, words))
        ):
            token.glued = False
    return apart if len(apart) == len(tokens) else renumbered(apart)


def _stands_apart(token: Token, words: Lexicon) -> bool:
    return token.kind == "word" and not _APART.isdisjoint(_senses(token.norm, words))


def _senses(norm: str, words: Lexicon) -> Senses:
    found = words.senses.at([Token("word", norm, norm, first=0, last=0)], 0)
    return found[1] if found is not None and len(norm) > 1 else {}


def _split(token: Token, words: Lexicon) -> Iterator[Token]:
    """ "pmfriday" after a number, as "pm" and "friday"."""
    if token.kind == "word" and token.glued and token.norm not in words.known:
        for size in range(2, len(token.text) - 1):
            start, rest = token.norm[:size], token.norm[size:]
            if not _ENDINGS.isdisjoint(_senses(start, words)) and not _APART.isdisjoint(_senses(rest, words)):
                place = token.first
                yield Token("word", token.text[:size], start, first=place, last=place, glued=True)
                token = Token("word", token.text[size:], rest, first=place, last=place)
                break
    yield token

"""Cuts a sentence into tokens, in one pass and in linear time."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

READ_AT_MOST = 1500  # characters; nobody asks for a meeting in more
_NUMBERS_AT_MOST = 60  # of a sentence; what has more is a table

_TOKEN = re.compile(
    r"""
    (?P<plain>[^\W\d_]+(?=[\s,?!]|\Z))
    |(?P<mention><[@!][^<>\s][^<>\n]{0,120}>)
    |(?P<mail><mailto:[^<>|\s]{1,120}(?:\|[^<>]{0,120})?>
        |[\w.+'-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,5}\.[^\W\d_][\w-]{1,63})
    |(?P<link><(?:https?|tel|slack)[^<>\n]{0,300}>|https?://\S{1,300}
        |(?<![\w@.-])(?:[\w-]{1,63}\.){0,2}cal\.com/[^\s<>,;!?]{1,300})
    |(?P<channel><\#[^<>\n]{0,120}>)
    |(?P<emoji>(?<![\w:]):[a-z+\-][a-z0-9_+\-]{0,40}:(?!\d)|:\+1:|:-1:)
    |(?P<quote>["\u201c\u201e][^"\u201c\u201d\u201e\n]{1,150}["\u201d])
    |(?P<single>(?<!\w)'[^'\n]{2,80}'(?!\w))
    |(?P<ymd>\d{4}([-/.])\d{1,2}\10\d{1,2}(?!\d))
    |(?P<dmy>\d{1,2}([-/.])\d{1,2}\12(?:\d{4}|\d{2})(?![\d]|[-/.]\d))
    |(?P<hms>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]))
    |(?P<noise>\d{3,5}(?:[ ]\d{3,4}){2}(?!\d)|\d{1,8}(?:[-.]\d{1,8}){2,9}|\+\d{6,20}|[\#$€£]\d{1,20}|\d{9,})
    |(?P<ym>\d{4}[-/]\d{1,2}(?![\d/-]))
    |(?P<slash>\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<dotted>\d{1,2}\.\d{1,2}(?:\.(?!\w))?(?!\d)|\d{1,2},\d(?!\d))
    |(?P<number>\d{1,8})
    |(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*['\u2019]?|['\u2019][^\W\d_]+)
    |(?P<mark>[^\s\uFE0F\u200D])
    """,
    re.VERBOSE | re.IGNORECASE,
)

# A booking page at a host with "cal" or "calcom" among its parts: somebody's, or that of a kind of meeting.
_PAGE = re.compile(
    r"<?(?:https?://)?(?P<page>(?:[\w-]{1,63}\.){0,4}cal(?:com)?(?:\.[a-z][\w-]{0,62}){1,4}(?::\d{1,5})?"
    r"(?:/\w(?:[\w.+%-]{0,78}\w)?){1,3}?)[/.):]?(?:[?\#|][^<>\n]*)?>?",
    re.IGNORECASE,
)

_KINDS = {"plain": "word", "single": "quote"}  # of groups that are not named after one
_APOSTROPHES = ("'", "\u2019")

_NUMBERS = frozenset({"number", "dotted", "slash", "hms", "ymd", "dmy", "ym"})
Senses = Mapping[str, Any]
NO_SENSES: Senses = {}


class Token:
    """One word, number, mark, mention or link. `glued`: no space before it.

    A reader of times replaces tokens by one whose `kind` names a typed `value`.
    """

    __slots__ = ("first", "glued", "kind", "last", "norm", "senses", "text", "value")

    def __init__(
        self,
        kind: str,
        text: str,
        norm: str,
        *,
        first: int,
        last: int,
        glued: bool = False,
        senses: Senses = NO_SENSES,
        value: Any = None,
    ) -> None:
        self.kind = kind
        self.text = text
        self.norm = norm
        self.first = first
        self.last = last
        self.glued = glued
        self.senses = senses
        self.value = value

    def __repr__(self) -> str:
        return f"{self.kind}:{self.norm or self.value}"


class Spanning(Protocol):
    """What stands at some places of a sentence, from the first to the last."""

    @property
    def first(self) -> int:
        """The place of its first token."""

    @property
    def last(self) -> int:
        """The place of its last token."""


def places_of(spans: Iterable[Spanning]) -> set[int]:
    """All places at which these stand."""
    return {place for one in spans for place in range(one.first, one.last + 1)}


def normal(word: str) -> str:
    """Lower case without apostrophes, straight or curly ("O'Clock" is "oclock")."""
    return word.lower().replace("'", "").replace("\u2019", "")


def is_elided(token: Token) -> bool:
    """Whether an apostrophe joins a word to the next one ("l'8 marzo")."""
    return token.text.endswith(_APOSTROPHES)


def text_of(tokens: Sequence[Token]) -> str:
    """Neighbouring tokens as they were typed."""
    text = ""
    for token in tokens:
        text += token.text if token.glued or not text else f" {token.text}"
    return text


def renumbered(tokens: Sequence[Token]) -> list[Token]:
    """Tokens as typed, counted anew after some were added or taken out."""
    return [
        Token(one.kind, one.text, one.norm, first=place, last=place, glued=one.glued)
        for place, one in enumerate(tokens)
    ]


def tokenize(text: str, elided: frozenset[str] = frozenset()) -> list[Token]:
    """Cut the first part of a text into tokens without senses.

    `elided`: short words that lose their vowel before another one and are cut off ("l'heure", "un'ora").
    """
    text = unicodedata.normalize("NFC", text[:READ_AT_MOST])
    tokens: list[Token] = []
    end, numbers = -1, 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        kind = _KINDS.get(kind, kind)
        if kind in _NUMBERS:
            numbers += 1
            kind = kind if numbers <= _NUMBERS_AT_MOST else "noise"
        elif kind == "link" and page_in(match.group()):
            kind = "page"
        glued = match.start() == end
        for piece in _cut(match.group(), elided) if elided and kind == "word" else (match.group(),):
            norm = normal(piece) if kind in ("word", "mark", "emoji") else piece
            place = len(tokens)
            tokens.append(Token(kind, piece, norm, first=place, last=place, glued=glued))
            glued = True
        end = match.end()
    return tokens


def page_in(link: str) -> str | None:
    """The booking page that a link leads to ("cal.com/ana/intro"); None: to something else."""
    found = _PAGE.fullmatch(link)
    return found["page"].lower() if found else None


def _cut(word: str, elided: frozenset[str]) -> Iterator[str]:
    """A word and the elided ones before it ("d'aujourd'hui" is "d'" and "aujourd'hui")."""
    while True:
        size = min((word + mark).index(mark) for mark in _APOSTROPHES) + 1
        if size >= len(word) or word[: size - 1].lower() not in elided:
            break
        yield word[:size]
        word = word[size:]
    yield word

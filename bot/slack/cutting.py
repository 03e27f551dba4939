"""Fits text into Slack's limits without cutting through a mention, a date, a link or an escape."""

import re
from collections.abc import Iterator

_ATOM = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|\s|[^\s<&]+|[<&]")


def cut(text: str, limit: int) -> str:
    """At most so many characters; what is too long ends after a whole word, with an ellipsis."""
    if len(text) <= limit:
        return text
    space = text[:limit].rfind(" ")
    return text[: space if space > limit // 2 else limit - 1].rstrip() + "…"


def pieces(text: str, limit: int) -> list[str]:
    """The text in as few pieces as fit, broken between lines if possible, else between words."""
    found: list[str] = [""]
    for line in _lines(text, limit):
        joined = f"{found[-1]}\n{line}" if found[-1] else line
        if len(joined) <= limit:
            found[-1] = joined
        else:
            found.append(line)
    return [one for one in found if one.strip()]


def _lines(text: str, limit: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _broken(line, limit) if len(line) > limit else (line,)


def _broken(line: str, limit: int) -> Iterator[str]:
    piece = ""
    for atom in _atoms(line, limit):
        if len(piece) + len(atom) > limit:
            yield piece
            piece = ""
        piece += atom
    yield piece


def _atoms(line: str, limit: int) -> Iterator[str]:
    """What must stay whole; a single word that is longer than a piece is broken all the same."""
    for atom in _ATOM.findall(line):
        yield from (atom[i : i + limit] for i in range(0, len(atom), limit))

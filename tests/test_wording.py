"""Every phrase that the code says has its words, and no words are left that nobody says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.conversation.wording import phrases

BOT = Path(__file__).parent.parent / "bot"
SAID_BY = ("say", "Phrase", "plainly")
RENDERED = ("date.", "weekday.", "month.", "list.")  # said by the edge that renders values


def spoken() -> Iterator[str]:
    """Patterns of the keys that the code names: in a call, or as a text that has the shape of a key."""
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+"
                    for part in node.values
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)


def said_literally() -> Iterator[str]:
    for file in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID_BY and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    yield key.value


def test_whatever_is_said_has_words() -> None:
    assert sorted(set(said_literally()) - phrases("en").keys()) == []


def test_no_words_are_left_over() -> None:
    patterns = [re.compile(one) for one in set(spoken()) if re.search("[a-z]{3}", one.replace(r"[\w.]+", ""))]

    left = [
        key
        for key in phrases("en")
        if not key.startswith(RENDERED) and not any(one.fullmatch(key) for one in patterns)
    ]

    assert left == []

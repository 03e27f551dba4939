"""What a message says, as its readers see it."""

import re
from collections.abc import Sequence
from typing import Any

from bot.playground.small_slack import Message


def words(message: Message) -> str:
    """What a message says: its blocks as a reader sees them, dates in the fallback's words."""
    return " | ".join(parts_of(message))


def parts_of(message: Message) -> tuple[str, ...]:
    """The same block by block, those without words left out; the plain text where there are no blocks."""
    return words_of(message.blocks) if message.blocks else _plain([message.text])


def words_of(blocks: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """What blocks say, one by one, those without words left out."""
    return _plain([_block_text(block) for block in blocks])


def _plain(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", text) for text in texts if text)


def first_missing(text: str, parts: Sequence[str]) -> str | None:
    """The first of the parts that do not stand in the text one after the other, in words; None: all do."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return f"{part!r} not in {text[place:]!r} (all: {text!r})"
        place = found + len(part)
    return None


def _block_text(block: dict[str, Any]) -> str:
    if block["type"] == "context":
        return " ".join(one.get("text", "") for one in block["elements"])
    if block["type"] == "input":
        return " ".join(block[one]["text"] for one in ("label", "hint") if block.get(one))
    text = block.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""

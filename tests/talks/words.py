"""What a message says, as its readers see it."""

import re
from typing import Any

from bot.playground.small_slack import Message


def words(message: Message) -> str:
    """What a message says: its blocks as a reader sees them, dates in the fallback's words."""
    texts = [_block_text(block) for block in message.blocks] or [message.text]
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", " | ".join(text for text in texts if text))


def _block_text(block: dict[str, Any]) -> str:
    if block["type"] == "context":
        return " ".join(one.get("text", "") for one in block["elements"])
    text = block.get("text")
    return text["text"] if isinstance(text, dict) else ""


def has_in_order(text: str, parts: list[str]) -> None:
    """Fail unless the parts stand in the text, one after the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        assert found >= 0, f"{part!r} not in {text[place:]!r} (all: {text!r})"
        place = found + len(part)

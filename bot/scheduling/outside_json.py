"""JSON that comes from outside, in a shape that can be kept and sent on. Pure."""

import json
from typing import Any


def read_json(text: str | bytes) -> Any:
    """What it says, "?" for each half of a letter. Raises ValueError, RecursionError.

    JavaScript cuts emoji in two and writes the half as `\\ud83d`; nothing that holds one can be stored in
    UTF-8, and so it would be a message that never ends to fail.
    """
    parsed = json.loads(text)
    return whole(parsed) if _may_have_halves(text) else parsed


def whole(parsed: Any) -> Any:
    """The same JSON, with "?" for each half of a letter."""
    return json.loads(json.dumps(parsed, ensure_ascii=False).encode("utf-8", "replace"))


def _may_have_halves(text: str | bytes) -> bool:
    """So has every emoji that is written as two halves; only then a closer look is worth its time."""
    if isinstance(text, bytes):
        return b"\\ud" in text or b"\\uD" in text
    return "\\ud" in text or "\\uD" in text

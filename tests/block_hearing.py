"""What somebody who hears a message instead of seeing it would miss. Pure; knows nothing of the bot."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

LETTERS = re.compile(r"[^\W\d_]")
WORDS = re.compile(r"[^\W_]{2,}")
SYNTAX = re.compile(r"<!date\^[^>|]*(?:\|([^>]*))?>|<[^>|]*\|([^>]*)>|<[^>]*>|:[a-z0-9_+-]+:")
CUT = 3_000  # characters: a longer text may leave out the end, and so may one that says that it was cut


def unheard(payload: Any) -> list[str]:
    """Buttons that cannot be told apart or have no words; words of blocks that the text does not say."""
    view = payload.get("view") if isinstance(payload, dict) else None
    shown = view if isinstance(view, dict) else payload
    if not isinstance(shown, dict) or not isinstance(shown.get("blocks"), list):
        return []
    blocks = [one for one in shown["blocks"] if isinstance(one, dict)]
    unsaid = _unsaid(blocks, str(payload.get("text") or "")) if shown is payload else ()
    return [*_alike(blocks), *_wordless(blocks), *unsaid]


def _alike(blocks: list[Json]) -> Iterator[str]:
    names = Counter(_name(one) for one in _buttons(blocks) if not one.get("url"))
    yield from (
        f"/blocks: {times} buttons are all called {name!r}" for name, times in names.items() if times > 1
    )


def _wordless(blocks: list[Json]) -> Iterator[str]:
    for one in _buttons(blocks):
        if not LETTERS.search(_name(one)):
            yield f"/blocks: the button {_name(one)!r} has no words: give it an accessibility_label"


def _unsaid(blocks: list[Json], text: str) -> Iterator[str]:
    said = set(WORDS.findall(text.casefold()))
    for block in blocks if len(text) < CUT and not text.endswith("…") else ():
        shown = str(block["text"].get("text")) if isinstance(block.get("text"), dict) else ""
        missing = sorted(set(WORDS.findall(_plain(shown).casefold())) - said)
        if missing:
            yield f"/text: does not say {', '.join(missing[:5])}"


def _plain(mrkdwn: str) -> str:
    """Its words: of a date those for readers without dates, of a link its own."""
    return SYNTAX.sub(lambda found: f" {found[1] or found[2] or ''} ", mrkdwn)


def _name(button: Json) -> str:
    return str(button.get("accessibility_label") or button.get("text", {}).get("text") or "")


def _buttons(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        if value.get("type") == "button":
            yield value
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _buttons(one)

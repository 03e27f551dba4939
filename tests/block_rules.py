"""What Block Kit asks of blocks that its schema cannot say. Pure; knows nothing of the bot."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

Json = dict[str, Any]
Place = tuple[str | int, ...]

# docs.slack.dev/reference/block-kit/blocks: where each block may stand
SURFACES = {
    "actions": "message modal home",
    "alert": "modal",
    "card": "message modal home",
    "carousel": "message",
    "container": "message home",
    "context": "message modal home",
    "context_actions": "message",
    "data_table": "message home",
    "divider": "message modal home",
    "file": "message",
    "header": "message modal home",
    "image": "message modal home",
    "input": "message modal home",
    "markdown": "message",
    "plan": "message",
    "rich_text": "message modal home",
    "section": "message modal home",
    "table": "message home",
    "task_card": "message",
    "video": "message modal home",
}
ROUTED = (
    "button",
    "icon_button",
    "feedback_buttons",
    "static_select",
    "external_select",
    "users_select",
    "overflow",
    "datepicker",
    "timepicker",
    "datetimepicker",
    "checkboxes",
    "radio_buttons",
)
FOREIGN_MARKDOWN = {
    r"\*\*[^*\n]+\*\*": "**bold** is standard markdown; mrkdwn bold is *bold*",
    r"\[[^\]\n]+\]\(https?://": "[text](url) is standard markdown; a mrkdwn link is <url|text>",
    r"<!(channel|here|everyone)[|>]": "mentions the whole channel; escape what people typed",
}
LONGEST_MARKDOWN = 12_000  # characters, over all markdown blocks of a message
LONGEST_TABLE = {"table": 10_000, "data_table": 20_000}  # characters in all cells


def rules(blocks: Any, surface: str) -> Iterator[str]:
    """What is wrong with these blocks on a `message`, `modal` or `home`, each with its pointer."""
    whole = [one for one in blocks if isinstance(one, dict)] if isinstance(blocks, list) else []
    for at, block in enumerate(whole):
        place: Place = ("blocks", at)
        if surface not in SURFACES.get(block.get("type", ""), surface).split():
            yield f"{pointer(place)}: {block['type']} blocks are not for a {surface}"
        yield from _block_rules(block, place)
    yield from _rules_of_all(whole, surface)


def foreign(text: str, at: str) -> list[str]:
    """Marks of other markdowns, and calls to a whole channel, in a text of mrkdwn."""
    return [f"{at}: {words}" for pattern, words in FOREIGN_MARKDOWN.items() if re.search(pattern, text)]


def pointer(place: Place) -> str:
    """`/blocks/0/text`."""
    return "".join(f"/{part}" for part in place)


def _rules_of_all(blocks: Sequence[Json], surface: str) -> Iterator[str]:
    names = [block["block_id"] for block in blocks if "block_id" in block]
    for twice in sorted({one for one in names if names.count(one) > 1}):
        yield f"/blocks: block_id {twice!r} is used twice"
    if surface == "message" and sum(block.get("type") == "table" for block in blocks) > 1:
        yield "/blocks: one table block a message at most"
    if (
        sum(len(block.get("text") or "") for block in blocks if block.get("type") == "markdown")
        > LONGEST_MARKDOWN
    ):
        yield f"/blocks: over {LONGEST_MARKDOWN} characters in all markdown blocks"
    if sum(bool(part.get("focus_on_load")) for block in blocks for part, _ in _parts(block, ())) > 1:
        yield "/blocks: focus_on_load may be set on one element only"


def _block_rules(block: Json, place: Place) -> Iterator[str]:
    parts = list(_parts(block, place))
    actions = [part["action_id"] for part, _ in parts if "action_id" in part]
    for twice in {one for one in actions if actions.count(one) > 1}:
        yield f"{pointer(place)}: action_id {twice!r} is used twice in this block"
    if sum(part.get("type") == "button" and part.get("style") == "primary" for part, _ in parts) > 1:
        yield f"{pointer(place)}: more than one primary button in one set"
    if block.get("type") in LONGEST_TABLE:
        yield from _table_rules(block, pointer(place))
    for part, at in parts:
        yield from _part_rules(part, pointer(at))


def _table_rules(block: Json, at: str) -> Iterator[str]:
    rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        yield f"{at}/rows: rows have different numbers of cells"
    texts = (part.get("text") for part, _ in _parts({"rows": rows}, ()))
    if sum(len(one) for one in texts if isinstance(one, str)) > LONGEST_TABLE[block["type"]]:
        yield f"{at}: over {LONGEST_TABLE[block['type']]} characters in all cells"


def _part_rules(part: Json, at: str) -> Iterator[str]:
    if part.get("type") in ROUTED and not part.get("action_id"):
        yield f"{at}: {part['type']} without action_id: the app cannot route on it"
    if part.get("type") == "image" and not str(part.get("alt_text", " ")).strip():
        yield f"{at}: empty alt_text: screen readers have nothing to say"
    if part.get("type") == "mrkdwn":
        yield from foreign(str(part.get("text")), f"{at}/text")
    if (part.get("min_length") or 0) > part.get("max_length", float("inf")):
        yield f"{at}: min_length is over max_length"
    yield from _option_rules(part, at)


def _option_rules(part: Json, at: str) -> Iterator[str]:
    grouped = [one for group in part.get("option_groups") or [] for one in group.get("options", [])]
    plain = part.get("options") if isinstance(part.get("options"), list) else []
    options = [*plain, *grouped]
    values = [one.get("value") for one in options if isinstance(one, dict)]
    if len(values) != len(set(values)):
        yield f"{at}/options: two options share a value"
    chosen = [part["initial_option"]] if part.get("initial_option") else []
    if options and any(one not in options for one in [*chosen, *(part.get("initial_options") or [])]):
        yield f"{at}/initial_option: is not exactly one of the options"


def _parts(value: Any, place: Place) -> Iterator[tuple[Json, Place]]:
    """Every object inside, with where it stands."""
    if isinstance(value, dict):
        yield value, place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield from _parts(each, (*place, name))

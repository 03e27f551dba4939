"""Judges what the bot sends to Slack: Block Kit's schema, its limits, and the rules that a schema cannot say.

`samples/slack/blockkit.schema.json` is made from @slack/types (MIT). Neutral: knows nothing of the bot."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

SAMPLES = Path(__file__).parent / "samples" / "slack"

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
    "static_select",
    "external_select",
    "users_select",
    "overflow",
    "datepicker",
    "checkboxes",
)
FOREIGN_MARKDOWN = {
    r"\*\*[^*\n]+\*\*": "**bold** is standard markdown; mrkdwn bold is *bold*",
    r"\[[^\]\n]+\]\(https?://": "[text](url) is standard markdown; a mrkdwn link is <url|text>",
    r"<!(channel|here|everyone)[|>]": "mentions the whole channel; escape what people typed",
}

Path_ = tuple[str | int, ...]


def problems(payload: Any) -> list[str]:
    """What is wrong with a message, a view, `{"view": …}`, a bare list of blocks or a response_url's body."""
    if isinstance(payload, list):
        payload = {"text": "blocks", "blocks": payload}
    if not isinstance(payload, dict):
        return [f"/: neither an object nor an array: {type(payload).__name__}"]
    if isinstance(payload.get("view"), dict):
        return [f"/view{each}" for each in problems(payload["view"])]
    if payload.get("type") in ("modal", "home"):
        return _view_problems(payload)
    return _message_problems(payload)


def _message_problems(payload: dict[str, Any]) -> list[str]:
    if payload.get("delete_original"):
        return []
    found = [*_schema("Message", payload), *_rules(payload.get("blocks"), "message")]
    text = payload.get("text") or ""
    if payload.get("blocks") and not text.strip():
        found.append("/text: blocks without text: notifications and screen readers get no summary")
    if len(text) > 4000:
        found.append("/text: over 4,000 characters: Slack asks for less")
    if not any(payload.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        found.append("/: nothing to show")
    return sorted(set(found + _mrkdwn(text, "/text")))


def _view_problems(view: dict[str, Any]) -> list[str]:
    kind = view["type"]
    found = [*_schema(kind.capitalize(), view), *_rules(view.get("blocks"), kind)]
    inputs = any(block.get("type") == "input" for block in view.get("blocks", []) if isinstance(block, dict))
    if kind == "modal" and inputs and not view.get("submit"):
        found.append("/submit: required when the modal has an input block")
    return sorted(set(found))


def _schema(name: str, value: Any) -> Iterator[str]:
    for error in _validator(name).iter_errors(value):
        for leaf in _leaves(error):
            yield f"{_pointer(tuple(leaf.absolute_path))}: {_words(leaf)}"


@cache
def _validator(name: str) -> Draft7Validator:
    schema = json.loads((SAMPLES / "blockkit.schema.json").read_text("utf-8"))
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})


def _leaves(error: Any) -> Iterator[Any]:
    """The deepest useful faults: inside anyOf, those of the variant that fits best."""
    if not error.context:
        yield error
        return
    variants: dict[Any, list[Any]] = {}
    for each in error.context:
        variants.setdefault(each.schema_path[0], []).append(each)
    best = min(variants.values(), key=lambda found: (any(x.validator == "type" for x in found), len(found)))
    for each in best:
        yield from _leaves(each)


def _words(error: Any) -> str:
    size = len(error.instance) if hasattr(error.instance, "__len__") else 0
    if error.validator in ("maxLength", "maxItems"):
        return f"{size}, at most {error.validator_value}"
    if error.validator in ("minLength", "minItems"):
        return f"{size}, at least {error.validator_value}"
    if error.validator == "additionalProperties":
        extra = sorted(set(error.instance) - set(error.schema.get("properties", {})))
        return f"unknown field {', '.join(extra)}"
    return str(error.message)[:200]


def _rules(blocks: Any, surface: str) -> Iterator[str]:
    seen: set[str] = set()
    for at, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        path: Path_ = ("blocks", at)
        if surface not in SURFACES.get(block.get("type", ""), surface).split():
            yield f"{_pointer(path)}: {block['type']} blocks are not for a {surface}"
        if block.get("block_id") in seen:
            yield f"{_pointer(path)}: block_id {block['block_id']!r} is used twice"
        seen |= {block["block_id"]} if "block_id" in block else set()
        yield from _block_rules(block, path)


def _block_rules(block: dict[str, Any], path: Path_) -> Iterator[str]:
    parts = [(part, at) for part, at in _walk(block, path) if isinstance(part, dict)]
    actions = [part["action_id"] for part, _ in parts if "action_id" in part]
    for twice in {one for one in actions if actions.count(one) > 1}:
        yield f"{_pointer(path)}: action_id {twice!r} is used twice in this block"
    if sum(part.get("type") == "button" and part.get("style") == "primary" for part, _ in parts) > 1:
        yield f"{_pointer(path)}: more than one primary button in one set"
    for part, at in parts:
        yield from _part_rules(part, _pointer(at))


def _part_rules(part: dict[str, Any], at: str) -> Iterator[str]:
    if part.get("type") in ROUTED and not part.get("action_id"):
        yield f"{at}: {part['type']} without action_id: the app cannot route on it"
    options = part.get("options") if isinstance(part.get("options"), list) else []
    values = [one.get("value") for one in options if isinstance(one, dict)]
    if len(values) != len(set(values)):
        yield f"{at}/options: two options share a value"
    if part.get("initial_option") and part["initial_option"] not in options and not part.get("option_groups"):
        yield f"{at}/initial_option: is not exactly one of the options"
    if part.get("type") == "image" and not str(part.get("alt_text", " ")).strip():
        yield f"{at}: empty alt_text: screen readers have nothing to say"
    if part.get("type") == "mrkdwn":
        yield from _mrkdwn(str(part.get("text")), f"{at}/text")


def _mrkdwn(text: str, at: str) -> list[str]:
    return [f"{at}: {words}" for pattern, words in FOREIGN_MARKDOWN.items() if re.search(pattern, text)]


def _walk(value: Any, path: Path_) -> Iterator[tuple[Any, Path_]]:
    yield value, path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield from _walk(each, (*path, name))


def _pointer(path: Path_) -> str:
    return "".join(f"/{part}" for part in path)

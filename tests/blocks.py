"""Judges what the bot sends to Slack: Block Kit's schema, its limits, and the rules that a schema cannot say.

`samples/slack/blockkit.schema.json` is made from @slack/types (MIT). Neutral: knows nothing of the bot."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.validators import extend

from tests.block_rules import foreign, pointer, rules

SAMPLES = Path(__file__).parent / "samples" / "slack"
LONGEST_TEXT = 4_000  # characters that Slack asks for; it cuts at 40,000
FOLLOWS = ("errors", "update", "push", "clear")  # what may be done with a form that was handed in
MOST_SUGGESTED = 100


def problems(payload: Any) -> list[str]:
    """What is wrong with a message, a view, `{"view": …}`, a bare list of blocks, a response_url's body, the
    unfurls of links, or what is answered to a form or to a menu that asks for its options."""
    if isinstance(payload, list):
        payload = {"text": "blocks", "blocks": payload}
    if not isinstance(payload, dict):
        return [f"/: neither an object nor an array: {type(payload).__name__}"]
    if payload.get("response_action"):
        return _answer_problems(payload)
    if "options" in payload or "option_groups" in payload:
        return _suggestion_problems(payload)
    if isinstance(payload.get("view"), dict):
        return [f"/view{each}" for each in problems(payload["view"])]
    if payload.get("type") in ("modal", "home"):
        return _view_problems(payload)
    return _unfurl_problems(payload) if "unfurls" in payload else _message_problems(payload)


def _message_problems(payload: dict[str, Any]) -> list[str]:
    if payload.get("delete_original"):
        return []
    found = [*_schema("Message", payload), *rules(payload.get("blocks"), "message")]
    text = payload.get("text") or ""
    if payload.get("blocks") and not text.strip():
        found.append("/text: blocks without text: notifications and screen readers get no summary")
    if len(text) > LONGEST_TEXT:
        found.append("/text: over 4,000 characters: Slack asks for less")
    if not any(payload.get(name) for name in ("text", "blocks", "attachments", "markdown_text")):
        found.append("/: nothing to show")
    for at, each in enumerate(payload.get("attachments") or []):
        found += [f"/attachments/{at}{one}" for one in _attached(each)]
    return sorted(set(found + foreign(text, "/text")))


def _attached(attachment: Any) -> list[str]:
    """Of an attachment with blocks; one of the older kind, in plain fields, is not for us."""
    blocks = attachment.get("blocks") if isinstance(attachment, dict) else None
    if not blocks:
        return ["/: neither blocks nor anything else that is known"]
    return sorted({*_schema("MessageBlocks", blocks, ("blocks",)), *rules(blocks, "message")})


def _unfurl_problems(payload: dict[str, Any]) -> list[str]:
    unfurls = payload["unfurls"]
    shown = json.loads(unfurls) if isinstance(unfurls, str) else unfurls
    return [f"/unfurls{one}" for each in shown.values() for one in _attached(each)]


def _answer_problems(answer: dict[str, Any]) -> list[str]:
    action, errors = answer["response_action"], answer.get("errors")
    if action not in FOLLOWS:
        return [f"/response_action: {action!r} is not one of {', '.join(FOLLOWS)}"]
    if action == "errors" and not (errors and all(isinstance(one, str) and one for one in errors.values())):
        return ["/errors: a text for each block that is named"]
    if action in ("update", "push"):
        return problems({"view": answer["view"]}) if answer.get("view") else ["/view: there is none"]
    return []


def _suggestion_problems(answer: dict[str, Any]) -> list[str]:
    grouped = [one for group in answer.get("option_groups") or [] for one in group.get("options", [])]
    options = [*(answer.get("options") or []), *grouped]
    found = [f"/options: {len(options)}, at most {MOST_SUGGESTED}"] if len(options) > MOST_SUGGESTED else []
    values = [one.get("value") for one in options]
    found += ["/options: two options share a value"] if len(values) != len(set(values)) else []
    return found + [one for each in options for one in _schema("PlainTextOption", each, ("options",))]


def _view_problems(view: dict[str, Any]) -> list[str]:
    kind = view["type"]
    found = [*_schema(kind.capitalize(), view), *rules(view.get("blocks"), kind)]
    inputs = any(block.get("type") == "input" for block in view.get("blocks", []) if isinstance(block, dict))
    if kind == "modal" and inputs and not view.get("submit"):
        found.append("/submit: required when the modal has an input block")
    return sorted(set(found))


def _schema(name: str, value: Any, under: tuple[str, ...] = ()) -> Iterator[str]:
    for error in _validator(name).iter_errors(value):
        for leaf in _leaves(error):
            yield f"{pointer((*under, *leaf.absolute_path))}: {_words(leaf)}"


def _if(validator: Any, condition: dict[str, Any], value: Any, schema: dict[str, Any]) -> Iterator[Any]:
    """The schema parts kinds by "if the type is so, then": comparing does in a third of the time."""
    kind = condition.get("properties", {}).get("type", {}).get("const")
    is_so = value.get("type") == kind if kind and isinstance(value, dict) else None
    if is_so is None:
        is_so = validator.evolve(schema=condition).is_valid(value)
    branch = "then" if is_so else "else"
    if branch in schema:
        yield from validator.descend(value, schema[branch], schema_path=branch)


_Judge = extend(Draft7Validator, {"if": _if})


@cache
def _validator(name: str) -> Any:
    schema = json.loads((SAMPLES / "blockkit.schema.json").read_text("utf-8"))
    return _Judge({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})


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

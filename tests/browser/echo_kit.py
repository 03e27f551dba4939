"""Pieces of Block Kit that the bot of a few lines is made of."""

from typing import Any

Json = dict[str, Any]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def section(words: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def button(action_id: str, label: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": text(label), **more}


def options(*labels: str) -> list[Json]:
    return [{"text": text(label), "value": label.lower()} for label in labels]


def ask(block_id: str, label: str, element: Json, **more: Any) -> Json:
    """An input block, optional unless told otherwise; its control is called as the block is."""
    control = element | {"action_id": block_id}
    return {
        "type": "input",
        "block_id": block_id,
        "label": text(label),
        "optional": True,
        "element": control,
    } | more

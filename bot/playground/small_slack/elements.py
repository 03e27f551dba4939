"""The interactive elements inside blocks: where they sit, and the ids that Slack makes up for them. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]

ROWS = ("actions", "context_actions")


def elements_in(blocks: Sequence[Json]) -> Iterator[Json]:
    """Every interactive element in order, each with the id of its block."""
    for block in flat(blocks):
        for element in _parts(block):
            yield {**element, "block_id": block["block_id"]}


def flat(blocks: Sequence[Json]) -> Iterator[Json]:
    """Blocks, and those inside containers and carousels."""
    for block in blocks:
        yield block
        yield from flat(_inside(block))


def named(block: Json, next_id: Callable[[str], str]) -> Json:
    """Give the ids that Slack makes up where the app gives none: `block_id` and `action_id`."""
    done: Json = {"block_id": next_id("b"), **block}
    kind = done.get("type")
    if kind in ROWS:
        done["elements"] = [_with_id(each, next_id) for each in done.get("elements", [])]
    if kind == "card" and "actions" in done:
        done["actions"] = [_with_id(each, next_id) for each in done["actions"]]
    for place in ("accessory", "element"):
        if isinstance(done.get(place), dict):
            done[place] = _with_id(done[place], next_id)
    for place in ("child_blocks", "elements"):
        if kind in ("container", "carousel") and place in done:
            done[place] = [named(each, next_id) for each in done[place]]
    return done


def _inside(block: Json) -> Sequence[Json]:
    place = {"container": "child_blocks", "carousel": "elements"}.get(block.get("type", ""))
    inside: Sequence[Json] = block.get(place, []) if place else []
    return inside


def _parts(block: Json) -> list[Json]:
    kind = block.get("type")
    if kind in ROWS:
        return list(block.get("elements", []))
    if kind == "card":
        return list(block.get("actions", []))
    alone = block.get("accessory") or (block.get("element") if kind == "input" else None)
    return [alone] if alone and alone.get("type") != "image" else []


def _with_id(element: Json, next_id: Callable[[str], str]) -> Json:
    return element if element.get("type") == "image" else {"action_id": next_id("a"), **element}


def offered_in(element: Json) -> list[Json]:
    """What an element offers to choose from, in groups or not."""
    grouped = [one for group in element.get("option_groups", []) for one in group.get("options", [])]
    return [*element.get("options", []), *grouped]


def options_in(element: Json) -> list[Json]:
    """What may be chosen in an element: what it offers, and what it stands at from the start."""
    alone = [element["initial_option"]] if element.get("initial_option") else []
    return [*offered_in(element), *alone, *element.get("initial_options", [])]


def texts_of(element: Json) -> list[str]:
    """The words of everything in an element that can be pressed or chosen."""
    if element.get("type") == "feedback_buttons":
        return [element[one]["text"]["text"] for one in ("positive_button", "negative_button")]
    if "options" in element or "option_groups" in element:
        return [option["text"]["text"] for option in offered_in(element)]
    return [element.get("text", {}).get("text", "")]

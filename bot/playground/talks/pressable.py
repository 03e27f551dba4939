"""Buttons and options of a message by what stands on them, as a talk names them."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.playground.small_slack.elements import offered_in
from bot.playground.small_slack.model import Json
from bot.playground.talks.stage import Stuck

Chosen = dict[str, str]


class Pressable(NamedTuple):
    """One thing to press or choose: its words, where it sits, and what is chosen with it."""

    label: str
    block_id: str
    action_id: str
    chosen: Chosen


def buttons(elements: Sequence[Json]) -> list[Pressable]:
    """The buttons among them, in order."""
    return [
        Pressable(one["text"]["text"], one["block_id"], one["action_id"], {})
        for one in elements
        if one["type"] == "button"
    ]


def options(elements: Sequence[Json]) -> list[Pressable]:
    """What the menus among them offer, in order."""
    return [
        Pressable(option["text"]["text"], one["block_id"], one["action_id"], {"option": option["value"]})
        for one in elements
        if one["type"] in ("static_select", "overflow", "radio_buttons")
        for option in offered_in(one)
    ]


def called(label: str, found: list[Pressable], nth: int) -> Pressable:
    """The n-th that is called so; where none is, the n-th whose words begin so. Raises Stuck."""
    same = [one for one in found if one.label == label] or [
        one for one in found if one.label.startswith(label)
    ]
    if nth >= len(same):
        raise Stuck(f"no {label!r} among {[one.label for one in found]}")
    return same[nth]


def link_called(label: str, elements: Sequence[Json]) -> tuple[Pressable, str]:
    """The link whose words begin so, and where it leads. Raises Stuck."""
    links = [one for one in elements if one["type"] == "button" and one.get("url")]
    for one, found in zip(links, buttons(links), strict=True):
        if found.label.startswith(label):
            return found, str(one["url"])
    raise Stuck(f"no link {label!r} among {[one.label for one in buttons(links)]}")

"""Buttons and options of a message by what stands on them, as a talk names them."""

from typing import NamedTuple

from bot.playground.small_slack import Message
from bot.playground.small_slack.elements import offered_in
from bot.playground.talks.stage import Stuck

Chosen = dict[str, str]


class Pressable(NamedTuple):
    """One thing to press or choose: its words, where it sits, and what is chosen with it."""

    label: str
    block_id: str
    action_id: str
    chosen: Chosen


def buttons(message: Message) -> list[Pressable]:
    """Its buttons, in order."""
    return [
        Pressable(one["text"]["text"], one["block_id"], one["action_id"], {})
        for one in message.elements
        if one["type"] == "button"
    ]


def options(message: Message) -> list[Pressable]:
    """What its menus offer, in order."""
    return [
        Pressable(option["text"]["text"], one["block_id"], one["action_id"], {"option": option["value"]})
        for one in message.elements
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

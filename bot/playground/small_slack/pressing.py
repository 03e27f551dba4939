"""Finds what a test means by a label, an option, a value: one element of a card, and what is chosen there."""

from bot.playground.small_slack.controls import CONTROLS
from bot.playground.small_slack.elements import options_in
from bot.playground.small_slack.model import Chosen, Json, Message


def found_element(message: Message, *, label: str | None, action_id: str | None, value: str | None) -> Json:
    """The one button that is meant. Raises LookupError, which names what could have been pressed."""
    for element in message.elements:
        named = label in (None, element.get("text", {}).get("text"))
        meant = named and action_id in (None, element["action_id"]) and value in (None, element.get("value"))
        if meant and (label or action_id or value) and "options" not in element:
            return element
    raise LookupError(f"nothing to press like that; there is {list(message.labels)}")


def found_option(message: Message, *, option: str, action_id: str | None) -> tuple[Json, Chosen]:
    """The menu and its option, by value or label. Raises LookupError, which names the options."""
    for element in message.elements:
        if action_id not in (None, element["action_id"]):
            continue
        for one in options_in(element):
            if option in (one.get("value"), one["text"]["text"]):
                many = element["type"] in CONTROLS and CONTROLS[element["type"]].many
                return element, {"options": [one["value"]]} if many else {"option": one["value"]}
    raise LookupError(f"no such option; there is {list(message.labels)}")

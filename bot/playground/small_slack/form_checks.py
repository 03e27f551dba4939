"""What Slack's own client says of a form before it is sent. The words are the client's. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bot.playground.small_slack.model import Json

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://[^\s/]+\.?[^\s]*", re.IGNORECASE)


def complaints(blocks: Sequence[Json], values: Json) -> dict[str, str]:
    """What is wrong, by block; empty when the form may be sent. `values`: as in `state.values`."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] == "input":
            stands = values.get(block["block_id"], {}).get(block["element"]["action_id"], {})
            said = _complaint(block, next((stands[name] for name in stands if name != "type"), None))
            found |= {block["block_id"]: said} if said else {}
    return found


def _complaint(block: Json, value: object) -> str | None:
    element = block["element"]
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, str(value))
    if kind == "number_input":
        return _number(element, str(value))
    if kind == "email_text_input" and not EMAIL.fullmatch(str(value)):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not URL.fullmatch(str(value)):
        return "Please enter a valid URL."
    return None


def _length(element: Json, text: str) -> str | None:
    if len(text) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(text) > element.get("max_length", 3000):
        return f"Please enter no more than {element.get('max_length', 3000)} characters."
    return None


def _number(element: Json, text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(str(element["min_value"])):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(str(element["max_value"])):
        return f"Please enter a number of at most {element['max_value']}."
    return None

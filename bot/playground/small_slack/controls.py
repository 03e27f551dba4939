"""What a control stands at: the page's short form, turned into Slack's fields. Pure."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, NamedTuple

from bot.playground.small_slack.elements import options_in
from bot.playground.small_slack.model import Chosen, Json


class Control(NamedTuple):
    """One kind of control. `short`: the page's name of its value, `field`: Slack's, `initial`: the app's."""

    short: str
    field: str
    initial: str
    many: bool = False


def _one(name: str) -> Control:
    return Control(name, f"selected_{name}", f"initial_{name}")


def _many(name: str) -> Control:
    return Control(name, f"selected_{name}", f"initial_{name}", many=True)


_TEXT = Control("value", "value", "initial_value")
CONTROLS: Mapping[str, Control] = {
    "static_select": _one("option"),
    "external_select": _one("option"),
    "radio_buttons": _one("option"),
    "users_select": _one("user"),
    "conversations_select": _one("conversation"),
    "channels_select": _one("channel"),
    "datepicker": _one("date"),
    "timepicker": _one("time"),
    "datetimepicker": _one("date_time"),
    "multi_static_select": _many("options"),
    "multi_external_select": _many("options"),
    "checkboxes": _many("options"),
    "multi_users_select": _many("users"),
    "multi_conversations_select": _many("conversations"),
    "multi_channels_select": _many("channels"),
    "plain_text_input": _TEXT,
    "number_input": _TEXT,
    "email_text_input": _TEXT,
    "url_text_input": _TEXT,
    "rich_text_input": Control("rich_text", "rich_text_value", "initial_value"),
}
OVERFLOW = _one("option")  # chosen from, but stands at nothing afterwards


class Known(NamedTuple):
    """What can be chosen. `options`: those that the app suggested for external selects, by value."""

    people: frozenset[str]
    rooms: frozenset[str]
    options: Mapping[str, Json]


def initial(element: Json) -> Json:
    """The fields of a control that nobody has touched."""
    control = CONTROLS[element["type"]]
    return {control.field: element.get(control.initial, [] if control.many else None)}


def fields(element: Json, chosen: Chosen, known: Known, control: Control | None = None) -> Json:
    """Slack's fields for what was chosen; nothing chosen is null or []. Raises LookupError."""
    control = control or CONTROLS[element["type"]]
    given = chosen.get(control.short)
    if not control.many:
        return {control.field: None if given in (None, "") else _value(control.short, given, element, known)}
    if len(given or []) > element.get("max_selected_items", 100):
        raise LookupError("more than may be chosen")
    singular = control.short.removesuffix("s")
    return {control.field: [_value(singular, each, element, known) for each in given or []]}


def _value(short: str, given: Any, element: Json, known: Known) -> Any:
    """One value, checked: only what a person could have chosen in Slack."""
    if short == "option":
        return _option(given, element, known)
    if short in ("user", "conversation", "channel"):
        there = known.people if short == "user" else known.rooms
        if given not in there:
            raise LookupError(f"no such {short}: {given}")
    try:
        if short == "date":
            return date.fromisoformat(given).isoformat()
        if short == "time":
            return time.fromisoformat(given).strftime("%H:%M")
        return int(given) if short == "date_time" else given
    except (TypeError, ValueError) as error:
        raise LookupError(f"not a {short}: {given}") from error


def _option(value: Any, element: Json, known: Known) -> Json:
    offered = options_in(element)
    if "external" in element["type"]:
        offered = [*known.options.values(), *offered]
    for one in offered:
        if one.get("value") == value:
            return one
    raise LookupError(f"no such option: {value}; there is {[one.get('value') for one in offered]}")

"""Blocks with every control that there is, and what is chosen in them."""

from typing import Any


def plain(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def control(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": kind, **more}


THREE = [option("one"), option("two"), option("three")]
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}

# The control, what is chosen in it, and the fields that Slack sends for that.
CONTROLS = [
    (control("static_select", options=THREE), {"option": "two"}, {"selected_option": THREE[1]}),
    (
        control("static_select", option_groups=[{"label": plain("All"), "options": THREE}]),
        {"option": "three"},
        {"selected_option": THREE[2]},
    ),
    (control("radio_buttons", options=THREE), {"option": "one"}, {"selected_option": THREE[0]}),
    (control("checkboxes", options=THREE), {"options": ["one", "two"]}, {"selected_options": THREE[:2]}),
    (control("multi_static_select", options=THREE), {"options": []}, {"selected_options": []}),
    (control("users_select"), {"user": "UBEN"}, {"selected_user": "UBEN"}),
    (control("multi_users_select"), {"users": ["UBEN", "UCHI"]}, {"selected_users": ["UBEN", "UCHI"]}),
    (control("conversations_select"), {"conversation": "D0BEN"}, {"selected_conversation": "D0BEN"}),
    (
        control("multi_conversations_select"),
        {"conversations": ["C0GENERAL"]},
        {"selected_conversations": ["C0GENERAL"]},
    ),
    (control("channels_select"), {"channel": "C0SALES"}, {"selected_channel": "C0SALES"}),
    (control("multi_channels_select"), {"channels": ["C0SALES"]}, {"selected_channels": ["C0SALES"]}),
    (control("datepicker"), {"date": "2026-07-15"}, {"selected_date": "2026-07-15"}),
    (control("timepicker"), {"time": "09:30"}, {"selected_time": "09:30"}),
    (control("datetimepicker"), {"date_time": 1784109600}, {"selected_date_time": 1784109600}),
    (control("rich_text_input"), {"rich_text": RICH}, {"rich_text_value": RICH}),
    *(
        (control(kind), {"value": "words"}, {"value": "words"})
        for kind in ("plain_text_input", "number_input", "email_text_input", "url_text_input")
    ),
]


def shown(element: dict[str, Any]) -> dict[str, Any]:
    """A block around a control, in which it tells of every change."""
    return {
        "type": "input",
        "block_id": "b",
        "dispatch_action": True,
        "label": plain("Say"),
        "element": element,
    }


def ask(block_id: str, kind: str, **more: Any) -> dict[str, Any]:
    """An input block of a modal; `optional` goes to the block, all else to the control."""
    optional = more.pop("optional", False)
    block = {"type": "input", "block_id": block_id, "label": plain(block_id), "optional": optional}
    return block | {"element": {"type": kind, "action_id": "it", **more}}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    seen = {"type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Send")}
    return seen | {"blocks": list(blocks) or [{"type": "divider"}], **more}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


def button(action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(action_id.title()), **more}

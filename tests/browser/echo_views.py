"""The modals and the Home tab of the bot of a few lines: one input of each kind. Pure."""

import json

from tests.browser.echo_kit import Json, ask, button, options, section, text

SIZES = options("Small", "Medium", "Large")
RICH = [
    {"type": "rich_text_section", "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}]}
]


def form(*, count: int = 0, title: str = "", about: str = "") -> Json:
    """Every input that there is. Its first field is required; `wrong` there is refused by the app."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text("A form"),
        "submit": text("Go on"),
        "close": text("Leave"),
        "notify_on_close": True,
        "private_metadata": json.dumps({"count": count}),
        "blocks": [*([section(about, block_id="about")] if about else []), _row(count), *_inputs(title)],
    }


def _row(count: int) -> Json:
    more = {"type": "overflow", "action_id": "form_more", "options": options("Count ten more")}
    buttons = [button("form_count", f"Counted {count}"), button("form_push", "Read the small print"), more]
    return {"type": "actions", "block_id": "row", "elements": buttons}


def _inputs(title: str) -> list[Json]:
    name = {"type": "plain_text_input", "min_length": 3, "max_length": 40}
    name |= {"initial_value": title} if title else {}
    return [
        ask("title", "Title", name, optional=False, hint=text("At least three letters")),
        ask("notes", "Notes", {"type": "plain_text_input", "multiline": True}),
        ask("email", "E-mail", {"type": "email_text_input"}),
        ask("site", "Link", {"type": "url_text_input"}),
        ask(
            "people_count",
            "How many",
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
        ),
        ask("size", "Size", {"type": "static_select", "options": SIZES, "initial_option": SIZES[1]}),
        ask("sizes", "Sizes", {"type": "multi_static_select", "options": SIZES}),
        ask("city", "City", {"type": "external_select", "min_query_length": 1}),
        ask("cities", "Cities", {"type": "multi_external_select", "min_query_length": 1}),
        ask("person", "Person", {"type": "users_select"}),
        ask("persons", "Persons", {"type": "multi_users_select"}),
        ask("place", "Conversation", {"type": "conversations_select"}),
        ask("places", "Conversations", {"type": "multi_conversations_select"}),
        ask("channel", "Channel", {"type": "channels_select"}),
        ask("channels", "Channels", {"type": "multi_channels_select"}),
        ask("extras", "Extras", {"type": "checkboxes", "options": options("Coffee", "Cake")}),
        ask("mood", "Mood", {"type": "radio_buttons", "options": options("Calm", "Lively")}),
        ask("day", "Day", {"type": "datepicker", "initial_date": "2026-07-15"}),
        ask("time", "Time", {"type": "timepicker", "initial_time": "09:30"}),
        ask("moment", "Moment", {"type": "datetimepicker"}),
        ask(
            "rich",
            "Rich text",
            {"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": RICH}},
        ),
    ]


def small_print() -> Json:
    """A modal that is laid on top by a button; nothing to submit."""
    words = section("Nothing is kept, and nothing is meant.")
    return {"type": "modal", "callback_id": "small_print", "title": text("Small print"), "blocks": [words]}


def second_step(values: Json) -> Json:
    """What the form leads to: what was filled in, and one more question."""
    filled = {"type": "section", "block_id": "filled", "text": text("\n".join(_lines(values)) or "Nothing")}
    sure = ask("sure", "Sure?", {"type": "radio_buttons", "options": options("Yes", "No")}, optional=False)
    return {
        "type": "modal",
        "callback_id": "second_step",
        "title": text("Second step"),
        "submit": text("Finish"),
        "close": text("Back"),
        "private_metadata": json.dumps(_lines(values)),
        "blocks": [filled, sure],
    }


def _lines(values: Json) -> list[str]:
    """`title: lunch` for every field that was filled."""
    lines = []
    for block, controls in values.items():
        stands = next(iter(controls.values()))
        value = next((stands[name] for name in stands if name != "type"), None)
        if value not in (None, "", []):
            lines.append(f"{block}: {_said(value)}")
    return lines


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    if isinstance(value, dict):
        return str(value.get("value", value.get("type")))
    return str(value)


def home(count: int) -> Json:
    """The Home tab, with a number that grows."""
    buttons = [button("home_count", "Count", style="primary"), button("open_form", "Open the form")]
    pick = {"type": "static_select", "action_id": "home_size", "options": SIZES, "placeholder": text("Size")}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": text("At home")},
            section(f"Counted *{count}* times", block_id="count"),
            {"type": "actions", "block_id": "home_row", "elements": [*buttons, pick]},
        ],
    }

"""The card that the bot of a few lines answers with. Pure."""

from datetime import datetime, timedelta

from tests.browser.echo_kit import Json, button, section, text

SURE = {
    "title": text("Sure?"),
    "text": text("It is gone then."),
    "confirm": text("Yes"),
    "deny": text("No"),
}


def card(asked: str, now: datetime) -> Json:
    """An offer with buttons, a menu, and a block that there is not."""
    at = int((now + timedelta(days=1)).replace(hour=8, minute=0, second=0).timestamp())
    when = f"<!date^{at}^{{date_short_pretty}} {{time}}|tomorrow 08:00 UTC>"
    words = {"type": "mrkdwn", "text": "`code` & <https://example.org|a link>"}
    blocks = [
        {"type": "header", "text": text("An offer")},
        section(f"*You said* {asked} _at_ {when}"),
        {"type": "divider"},
        {"type": "context", "elements": [words]},
        {"type": "actions", "elements": [*_buttons(), _menu()]},
        {"type": "timetable", "rows": []},
    ]
    return {"text": f"An offer for: {asked}", "blocks": blocks}


def _buttons() -> list[Json]:
    return [
        button("book", "Book it", value="p1", style="primary"),
        button("stop", "Drop", value="p1", style="danger", confirm=SURE),
        button("site", "Look", url="https://example.org/"),
    ]


def _menu() -> Json:
    times = [
        {"text": text(f"Time {n} of a meeting with a title that is as long as titles are"), "value": f"t{n}"}
        for n in range(3)
    ]
    return {
        "type": "static_select",
        "action_id": "menu",
        "placeholder": text("More times"),
        "options": times,
    }


def form_card() -> Json:
    """A button that opens the form."""
    row = {"type": "actions", "elements": [button("open_form", "Open the form")]}
    return {"text": "Here is a form", "blocks": [section("Here is a form"), row]}

"""The judge of what is heard of a message: it finds what only eyes can tell."""

import pytest

from tests.block_hearing import unheard

DATE = "<!date^1784102400^{date_long_pretty} {time}|Wed 15 Jul, 10:00 CEST>"


def button(text, **more):
    return {"type": "button", "text": {"type": "plain_text", "text": text}, **more}


def message(text, *buttons, shown="*Moved:* Design review"):
    section = {"type": "section", "text": {"type": "mrkdwn", "text": shown}}
    return {"text": text, "blocks": [section, {"type": "actions", "elements": list(buttons)}]}


def test_a_message_that_says_all_in_words_has_no_faults():
    whole = message(
        "Moved: Design review, Wed 15 Jul, 10:00 CEST",
        button("Undo"),
        shown=f"*Moved:* Design review, {DATE}",
    )

    assert unheard(whole) == []


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (message("Moved", button("Undo")), "does not say design, review"),
        (message("Moved: Design review", shown=f"*Moved:* Design review {DATE}"), "does not say"),
        (message("Moved: Design review", button("Join"), button("Join")), "2 buttons are all called 'Join'"),
        (message("Moved: Design review", button("✓")), "has no words"),
        ({"view": {"blocks": [{"type": "actions", "elements": [button("Join")] * 2}]}}, "called 'Join'"),
    ],
)
def test_what_only_eyes_can_tell_is_found(payload, words):
    assert words in "\n".join(unheard(payload))


def test_a_label_of_its_own_tells_a_button_from_the_next():
    twins = (button("Join"), button("Join", accessibility_label="Join the retro"))

    assert unheard(message("Moved: Design review", *twins)) == []

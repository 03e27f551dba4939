"""The judge must judge: good payloads pass, each kind of bad one is named."""

import pytest

from tests.blocks import problems

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "p1"}
GOOD = {
    "channel": "C1",
    "text": "Two times",
    "blocks": [
        {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Two* times"}},
        {"type": "actions", "block_id": "a", "elements": [BUTTON]},
    ],
}


def _with(**button):
    return {"text": "x", "blocks": [{"type": "actions", "elements": [BUTTON | button]}]}


def _said(text):
    return {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}


OPTION = {"text": {"type": "plain_text", "text": "Ten"}, "value": "10"}
LABEL = {"type": "plain_text", "text": "When"}


def _table(kind, *rows):
    cells = [[{"type": "raw_text", "text": one} for one in row] for row in rows]
    return {"text": "x", "blocks": [{"type": kind, "rows": cells}]}


def _choice(**more):
    boxes = {"type": "checkboxes", "action_id": "go", "options": [OPTION]} | more
    return {"text": "x", "blocks": [{"type": "input", "label": LABEL, "element": boxes}]}


def _input(**more):
    field = {"type": "plain_text_input", "action_id": "go"} | more
    return {"text": "x", "blocks": [{"type": "input", "label": LABEL, "element": field}]}


def test_a_good_message_has_no_problems():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (_with(value="v" * 2001), "at most 2000"),
        (_with(text={"type": "plain_text", "text": "t" * 76}), "at most 75"),
        (_with(colour="red"), "unknown field colour"),
        (_said("s" * 3001), "at most 3000"),
        (_said("**bold**"), "mrkdwn bold"),
        (_said("<!channel> hello"), "whole channel"),
        ({"blocks": GOOD["blocks"]}, "no summary"),
        ({}, "nothing to show"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "at most 50"),
        ({"text": "x", "blocks": [{"type": "divider", "block_id": "d"}] * 2}, "is used twice"),
        (
            {"text": "x", "blocks": [{"type": "actions", "elements": [BUTTON, BUTTON]}]},
            "used twice in this block",
        ),
        ({"text": "x", "blocks": [{"type": "nonsense"}]}, "nonsense"),
        ({"type": "home", "blocks": [{"type": "markdown", "text": "hi"}]}, "not for a home"),
        (
            {"view": {"type": "modal", "title": {"type": "plain_text", "text": "t" * 25}, "blocks": []}},
            "at most 24",
        ),
        (_table("table", ["a"], ["a", "b"]), "different numbers of cells"),
        ({"text": "x", "blocks": [_table("table", ["a"])["blocks"][0]] * 2}, "one table block"),
        (_table("data_table", ["x" * 20_001]), "over 20000 characters"),
        (_choice(initial_options=[OPTION | {"value": "other"}]), "not exactly one of the options"),
        (_choice(options=[OPTION, OPTION]), "share a value"),
        (_input(min_length=5, max_length=3), "min_length is over"),
        (_input(action_id=""), "at least 1"),
        ({"attachments": [{"blocks": [{"type": "divider", "block_id": "d"}] * 2}]}, "is used twice"),
        ({"unfurls": {"https://x": {"blocks": [{"type": "alert"}]}}}, "not for a message"),
        ({"response_action": "leave"}, "not one of errors"),
        ({"response_action": "errors", "errors": {"day": ""}}, "a text for each"),
        ({"response_action": "push", "view": {"type": "modal", "blocks": []}}, "title"),
        ({"options": [OPTION, OPTION]}, "share a value"),
        ({"options": [OPTION | {"value": "v" * 151}]}, "at most 150"),
        ({"option_groups": [{"options": [OPTION | {"value": str(n)} for n in range(101)]}]}, "at most 100"),
    ],
)
def test_each_fault_is_named(payload, words):
    assert words in "\n".join(problems(payload))


def test_blocks_alone_are_judged_as_a_message():
    assert problems(GOOD["blocks"]) == []
    assert problems([{"type": "alert", "text": {"type": "plain_text", "text": "x"}}])

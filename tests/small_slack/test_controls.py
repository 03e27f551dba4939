"""Every control of Block Kit sends what Slack sends, and is found wherever it sits."""

import pytest

from bot.playground.small_slack import Refused
from tests.small_slack.conftest import until
from tests.small_slack.forms import CONTROLS, THREE, button, control, option, plain, shown


async def _posted(bench, *blocks):
    posted = await bench.client.chat_postMessage(channel="C0GENERAL", text="A card", blocks=list(blocks))
    return bench.slack.message(posted["channel"], posted["ts"])


def _payload(bench, kind="block_actions"):
    return next(one for one in reversed(bench.bodies) if one.get("type") == kind)


@pytest.mark.parametrize(("element", "chosen", "sent"), CONTROLS, ids=lambda one: str(one.get("type", "")))
async def test_a_control_sends_what_was_chosen_and_stands_at_it(bench, element, chosen, sent):
    card = await _posted(bench, shown(element))
    answer = await bench.slack.act(
        "UANA", card, block_id="b", action_id=element["type"], chosen=chosen, state={}
    )

    payload = _payload(bench)
    [action] = payload["actions"]
    assert answer.ok
    assert (action["type"], action["block_id"]) == (element["type"], "b")
    assert {name: action[name] for name in sent} == sent
    assert payload["state"]["values"]["b"][element["type"]] == {"type": element["type"], **sent}


async def test_what_nobody_touched_stands_as_the_app_set_it(bench):
    untouched = [
        control("static_select", options=THREE, initial_option=THREE[0]),
        control("checkboxes", options=THREE, initial_options=THREE[:1]),
        control("users_select", initial_user="UBEN"),
        control("datepicker", initial_date="2026-07-15"),
        control("timepicker"),
        control("multi_users_select"),
        button("go"),
    ]
    card = await _posted(bench, {"type": "actions", "block_id": "a", "elements": untouched})
    await bench.slack.act("UANA", card, block_id="a", action_id="go", chosen={})

    stands = _payload(bench)["state"]["values"]["a"]
    assert stands["static_select"]["selected_option"] == THREE[0]
    assert stands["checkboxes"]["selected_options"] == THREE[:1]
    assert stands["users_select"]["selected_user"] == "UBEN"
    assert stands["datepicker"]["selected_date"] == "2026-07-15"
    assert stands["timepicker"]["selected_time"] is None
    assert stands["multi_users_select"]["selected_users"] == []
    assert "go" not in stands


async def test_a_press_tells_what_the_other_controls_stand_at(bench):
    menu = control("static_select", options=THREE)
    card = await _posted(bench, {"type": "actions", "block_id": "a", "elements": [menu, button("go")]})
    state = {"a": {"static_select": {"option": "two"}}, "gone": {"x": {"option": "y"}}}
    await bench.slack.act("UANA", card, block_id="a", action_id="go", chosen={}, state=state)

    assert _payload(bench)["state"]["values"]["a"]["static_select"]["selected_option"] == THREE[1]


async def test_what_the_app_no_longer_offers_counts_as_untouched(bench):
    menu = control("static_select", options=THREE)
    card = await _posted(bench, {"type": "actions", "block_id": "a", "elements": [menu, button("go")]})
    state = {"a": {"static_select": {"option": "an old one"}}}
    await bench.slack.act("UANA", card, block_id="a", action_id="go", chosen={}, state=state)

    assert _payload(bench)["state"]["values"]["a"]["static_select"]["selected_option"] is None


@pytest.mark.parametrize(
    ("element", "chosen"),
    [
        (control("static_select", options=THREE), {"option": "four"}),
        (control("users_select"), {"user": "UNOBODY"}),
        (control("channels_select"), {"channel": "C0NONE"}),
        (control("datepicker"), {"date": "2026-02-30"}),
        (control("timepicker"), {"time": "25:00"}),
        (control("datetimepicker"), {"date_time": "soon"}),
        (control("multi_static_select", options=THREE, max_selected_items=1), {"options": ["one", "two"]}),
    ],
)
async def test_what_cannot_be_chosen_in_slack_cannot_be_chosen_here(bench, element, chosen):
    card = await _posted(bench, shown(element))

    with pytest.raises(LookupError):
        await bench.slack.act("UANA", card, block_id="b", action_id=element["type"], chosen=chosen)


async def test_a_choice_can_be_taken_back(bench):
    card = await _posted(bench, shown(control("static_select", options=THREE, initial_option=THREE[0])))
    await bench.slack.act("UANA", card, block_id="b", action_id="static_select", chosen={"option": None})

    assert _payload(bench)["actions"][0]["selected_option"] is None


async def test_an_overflow_is_chosen_from_and_stands_at_nothing(bench):
    card = await _posted(
        bench,
        {
            "type": "section",
            "block_id": "s",
            "text": plain("x"),
            "accessory": control("overflow", options=THREE),
        },
    )
    await bench.slack.press("UANA", card, option="two")

    payload = _payload(bench)
    assert payload["actions"][0]["selected_option"] == THREE[1]
    assert payload["state"]["values"] == {}


async def test_feedback_carries_the_side_that_was_pressed(bench):
    sides = {
        "positive_button": {"text": plain("Good"), "value": "up"},
        "negative_button": {"text": plain("Bad"), "value": "down"},
    }
    elements = [control("feedback_buttons", **sides), control("icon_button", text=plain("Bin"), value="v")]
    card = await _posted(bench, {"type": "context_actions", "block_id": "c", "elements": elements})
    await bench.slack.act("UANA", card, block_id="c", action_id="feedback_buttons", chosen={"value": "down"})
    first = _payload(bench)["actions"][0]
    await bench.slack.act("UANA", card, block_id="c", action_id="icon_button", chosen={})

    assert (first["type"], first["value"], first["text"]["text"]) == ("feedback_buttons", "down", "Bad")
    assert _payload(bench)["actions"][0]["value"] == "v"
    assert card.labels == ("Good", "Bad", "Bin")


async def test_controls_are_found_in_cards_carousels_and_containers(bench):
    one = {"type": "card", "title": {"type": "mrkdwn", "text": "A"}, "actions": [button("first")]}
    two = {"type": "carousel", "elements": [one | {"block_id": "x", "actions": [button("second")]}]}
    three = {"type": "actions", "elements": [{"type": "button", "text": plain("Third")}]}
    box = {"type": "container", "title": plain("Box"), "child_blocks": [three]}
    card = await _posted(bench, one, two, box)

    assert card.labels == ("First", "Second", "Third")
    for label in card.labels:
        assert (await bench.slack.press("UANA", card, label=label)).ok
        assert _payload(bench)["actions"][0]["text"]["text"] == label
    assert all(each["action_id"] and each["block_id"] for each in card.elements)


async def test_an_input_that_does_not_dispatch_tells_nothing(bench):
    card = await _posted(bench, shown(control("plain_text_input")) | {"dispatch_action": False})

    with pytest.raises(LookupError, match="before its form"):
        await bench.slack.act("UANA", card, block_id="b", action_id="plain_text_input", chosen={"value": "x"})


async def test_suggestions_come_from_the_app_and_can_then_be_chosen(bench):
    asked = []

    @bench.bolt.options("external_select")
    async def suggest(ack, payload):
        asked.append(payload["value"])
        await ack(options=[option(f"{payload['value']}-1"), option(f"{payload['value']}-2")])

    card = await _posted(bench, shown(control("external_select", min_query_length=2)))
    place = {"block_id": "b", "action_id": "external_select"}
    short = await bench.slack.options("UANA", card, **place, query="a")
    found = await bench.slack.options("UANA", card, **place, query="an")
    await bench.slack.act("UANA", card, **place, chosen={"option": "an-2"})

    told = _payload(bench, "block_suggestion")
    assert short == ()
    assert found == (option("an-1"), option("an-2"))
    assert asked == ["an"]
    assert (told["value"], told["action_id"], told["block_id"]) == ("an", "external_select", "b")
    assert told["container"]["message_ts"] == card.ts
    assert _payload(bench)["actions"][0]["selected_option"] == option("an-2")
    with pytest.raises(LookupError):
        await bench.slack.act("UANA", card, **place, chosen={"option": "never suggested"})


async def test_suggestions_in_groups_come_as_groups(bench):
    groups = [{"label": plain("All"), "options": [option("one")]}]

    @bench.bolt.options("external_select")
    async def suggest(ack):
        await ack(option_groups=groups)

    card = await _posted(bench, shown(control("external_select", min_query_length=0)))
    place = {"block_id": "b", "action_id": "external_select"}

    assert await bench.slack.options("UANA", card, **place, query="") == tuple(groups)
    await bench.slack.act("UANA", card, **place, chosen={"option": "one"})


async def test_an_app_that_suggests_nothing_is_said_to_be_silent(bench):
    card = await _posted(bench, shown(control("external_select")))

    with pytest.raises(Refused, match="no_options"):
        await bench.slack.options("UANA", card, block_id="b", action_id="external_select", query="anybody")


async def test_a_shortcut_from_anywhere_has_a_trigger_and_no_place(bench):
    @bench.bolt.shortcut("everywhere")
    async def used(ack):
        await ack()

    answer = await bench.slack.shortcut("UANA", "everywhere")

    told = _payload(bench, "shortcut")
    assert answer.ok
    assert (told["callback_id"], told["user"]["id"]) == ("everywhere", "UANA")
    assert told["trigger_id"]
    assert not {"channel", "message", "response_url"} & told.keys()


async def test_a_shortcut_of_a_message_tells_of_it_and_where_to_answer(bench):
    @bench.bolt.shortcut("this")
    async def used(ack, respond):
        await ack()
        await respond("seen")

    said = await bench.slack.say("UBEN", "C0GENERAL", "lunch?")
    await bench.slack.shortcut("UANA", "this", said)

    told = _payload(bench, "message_action")
    assert (told["message"]["text"], told["message_ts"]) == ("lunch?", said.ts)
    assert told["channel"]["id"] == "C0GENERAL"
    await until(lambda: bench.slack.whispers("UANA", "C0GENERAL"))
    assert [one.text for one in bench.slack.whispers("UANA", "C0GENERAL")] == ["seen"]


async def test_strangers_have_no_shortcuts(bench):
    with pytest.raises(ValueError, match="strangers"):
        await bench.slack.shortcut("USTR", "everywhere")

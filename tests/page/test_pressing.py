"""What is pressed and chosen on the page reaches the app as Slack would send it, or meets a code."""

import httpx
import pytest

from tests.page.means import actions, button, field, option, text

MENU = {"type": "static_select", "action_id": "menu", "options": [option("a"), option("b")]}
SEARCH = {"type": "external_select", "action_id": "search", "min_query_length": 1}
DATE = {"type": "datepicker", "action_id": "day"}


async def on(setting, *elements, person="UANA"):
    card = await setting.card(actions(*elements))
    return {"person": person, "channel": card.channel, "ts": card.ts, "block_id": "row"}


async def test_a_button_is_pressed(setting):
    place = await on(setting, button())

    assert await setting.ask("act", place | {"action_id": "go"}) == (200, {"ok": True})
    [pressed] = setting.got[-1]["actions"]
    assert (pressed["action_id"], pressed["value"]) == ("go", "1")


async def test_a_choice_comes_with_what_stands_beside_it(setting):
    place = await on(setting, MENU, DATE)
    state = {"row": {"day": {"date": "2026-07-15"}}}

    told = await setting.ask("act", place | {"action_id": "menu", "chosen": {"option": "b"}, "state": state})

    values = setting.got[-1]["state"]["values"]["row"]
    assert told == (200, {"ok": True})
    assert setting.got[-1]["actions"][0]["selected_option"] == option("b")
    assert (values["menu"]["selected_option"], values["day"]["selected_date"]) == (option("b"), "2026-07-15")


async def test_a_choice_can_be_taken_back(setting):
    place = await on(setting, DATE)

    await setting.ask("act", place | {"action_id": "day", "chosen": {"date": None}})

    assert setting.got[-1]["actions"][0]["selected_date"] is None


async def test_controls_of_a_modal_in_front_can_be_used(setting):
    view = await setting.modal("UANA", actions(button()))
    body = {"person": "UANA", "view": view, "block_id": "row", "action_id": "go"}

    assert await setting.ask("act", body) == (200, {"ok": True})
    assert setting.got[-1]["view"]["id"] == view


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"ts": "1.0"}, 409, "message_not_found"),
        ({"channel": "C0NOWHERE"}, 409, "channel_not_found"),
        ({"channel": "D0BEN"}, 409, "channel_not_found"),
        ({"action_id": "other"}, 409, "no_such_control"),
        ({"block_id": "other"}, 409, "no_such_control"),
        ({"chosen": {"option": "z"}}, 409, "no_such_control"),
        ({"chosen": {"options": "a"}}, 422, "wrong_shape"),
        ({"chosen": {"date_time": "soon"}}, 422, "wrong_shape"),
        ({"chosen": {"admin": True}}, 422, "wrong_shape"),
        ({"state": {"row": ["menu"]}}, 422, "wrong_shape"),
        ({"view": "V1"}, 422, "wrong_shape"),
        ({"ts": None}, 422, "wrong_shape"),
        ({"channel": None, "ts": None}, 422, "wrong_shape"),
    ],
)
async def test_what_cannot_be_pressed_is_refused(setting, change, status, code):
    setting.slack.dm_channel("UBEN")
    place = await on(setting, MENU)
    setting.got.clear()

    told = await setting.ask("act", place | {"action_id": "menu", "chosen": {"option": "a"}} | change)

    assert told == (status, {"error": code})
    assert setting.got == []


async def test_nobody_presses_what_only_another_sees(setting):
    whisper = await setting.bot_does(
        "chat.postEphemeral", channel="C0GENERAL", user="UBEN", text="x", blocks=[actions(button())]
    )
    body = {"channel": "C0GENERAL", "ts": whisper["message_ts"], "block_id": "row", "action_id": "go"}

    assert await setting.ask("act", body | {"person": "UANA"}) == (409, {"error": "message_not_found"})
    assert await setting.ask("act", body | {"person": "UBEN"}) == (200, {"ok": True})


@pytest.mark.parametrize("deed", ["act", "options", "submit", "close"])
async def test_another_ones_modal_is_not_there(setting, deed):
    view = await setting.modal("UBEN", field({"type": "plain_text_input", "action_id": "t"}))
    body = {"person": "UANA", "view": view}
    if deed in ("act", "options"):
        body |= {"block_id": "what", "action_id": "t"} | ({"query": ""} if deed == "options" else {})

    assert await setting.ask(deed, body) == (409, {"error": "view_not_found"})
    assert len(setting.slack.stack("UBEN")) == 1


async def test_that_the_app_does_not_take_a_press_is_said(setting):
    place = await on(setting, button())
    setting.app = lambda _: httpx.Response(500)

    assert await setting.ask("act", place | {"action_id": "go"}) == (
        502,
        {"ok": False, "error": "app_did_not_answer"},
    )


async def test_an_external_menu_offers_what_the_app_suggests(setting):
    place = await on(setting, SEARCH)
    setting.app = lambda told: httpx.Response(200, json={"options": [option(told["value"] + "!")]})

    found = await setting.ask("options", place | {"action_id": "search", "query": "rome"})
    setting.app = lambda _: httpx.Response(200)
    chosen = await setting.ask("act", place | {"action_id": "search", "chosen": {"option": "rome!"}})

    assert found == (200, {"options": [option("rome!")]})
    assert chosen == (200, {"ok": True})


async def test_that_the_app_suggests_nothing_usable_is_said(setting):
    place = await on(setting, SEARCH)
    setting.app = lambda _: httpx.Response(500)

    assert await setting.ask("options", place | {"action_id": "search", "query": "rome"}) == (
        409,
        {"error": "no_options"},
    )


async def test_shortcuts_reach_the_app_with_their_message_or_without(setting):
    card = await setting.card()
    at = {"channel": card.channel, "ts": card.ts}

    told = [
        await setting.ask("shortcut", {"person": "UANA", "callback_id": "new"}),
        await setting.ask("shortcut", {"person": "UANA", "callback_id": "from_message", **at}),
    ]

    assert told == [(200, {"ok": True})] * 2
    assert [one["type"] for one in setting.got[-2:]] == ["shortcut", "message_action"]
    assert setting.got[-1]["message"]["text"] == "A card"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"callback_id": "other"}, 404, "unknown_shortcut"),
        ({"callback_id": "from_message"}, 404, "unknown_shortcut"),
        ({"person": "USTR"}, 409, "not_allowed"),
        ({"callback_id": "from_message", "channel": "C0GENERAL", "ts": "1.0"}, 409, "message_not_found"),
    ],
)
async def test_only_the_apps_shortcuts_are_there_and_only_for_its_people(setting, change, status, code):
    told = await setting.ask("shortcut", {"person": "UANA", "callback_id": "new"} | change)

    assert told == (status, {"error": code})
    assert setting.got == []


async def test_a_form_is_typed_into_before_it_is_sent_only_where_the_app_asked_for_it(setting):
    typed = {"type": "plain_text_input", "action_id": "t"}
    view = await setting.modal("UANA", field(typed), field(typed, "live", dispatch_action=True))
    body = {"person": "UANA", "view": view, "action_id": "t", "chosen": {"value": "x"}}

    assert await setting.ask("act", body | {"block_id": "what"}) == (409, {"error": "no_such_control"})
    assert await setting.ask("act", body | {"block_id": "live"}) == (200, {"ok": True})
    assert text("A form") == setting.got[-1]["view"]["title"]


async def test_stop_is_told_the_app_while_it_works_and_refused_when_it_does_not(setting):
    status, said = await setting.ask("say", {"person": "UANA", "channel": "UANA", "text": "slowly"})
    stop = {"person": "UANA", **said}

    refused = await setting.ask("stop", stop)
    place = {"channel_id": said["channel"], "thread_ts": said["ts"]}
    await setting.bot_does("agents.sessions.setStatus", **place, status="processing")
    await setting.ask("stop", stop)

    assert status == 200
    assert refused == (409, {"error": "not_processing"})
    assert setting.got[-1]["event"]["type"] == "agent_session_stopped"

"""Presses, choices, commands and response_urls, as Slack sends and takes them."""

import json
from datetime import timedelta

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.small_slack import conftest


def _text(words):
    return {"type": "plain_text", "text": words}


CARD = [
    {"type": "section", "block_id": "s", "text": _text("Which?")},
    {
        "type": "actions",
        "block_id": "a",
        "elements": [
            {"type": "button", "action_id": "go", "text": _text("Go"), "value": "p1", "style": "primary"},
            {"type": "button", "action_id": "stop", "text": _text("Stop"), "value": "p2"},
            {
                "type": "static_select",
                "action_id": "menu",
                "placeholder": _text("More"),
                "options": [
                    {"text": _text("Ten"), "value": "t10"},
                    {"text": _text("Eleven"), "value": "t11"},
                ],
            },
        ],
    },
]


async def _card(bench, **place):
    where = {"channel": "C0GENERAL"} | place
    posted = await bench.client.chat_postMessage(**where, text="Which?", blocks=CARD)
    return bench.slack.message(posted["channel"], posted["ts"])


async def _whisper(bench):
    await bench.client.chat_postEphemeral(channel="C0GENERAL", user="UANA", text="Which?", blocks=CARD)
    return bench.slack.whispers("UANA")[-1]


def _payload(bench):
    return next(one for one in reversed(bench.bodies) if one.get("type") == "block_actions")


async def _respond(bench, body, url=None):
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.post(url or _payload(bench)["response_url"], json=body)


async def test_a_press_tells_who_pressed_what_and_where(bench):
    root = await bench.slack.say("UANA", "C0GENERAL", "hello")
    card = await _card(bench, thread_ts=root.ts)
    answer = await bench.slack.press("UBEN", card, label="Go")

    payload = _payload(bench)
    assert answer.status == 200
    assert payload["user"]["id"] == "UBEN"
    assert payload["container"] == {
        "type": "message",
        "message_ts": card.ts,
        "channel_id": "C0GENERAL",
        "is_ephemeral": False,
        "thread_ts": root.ts,
    }
    assert payload["message"]["ts"] == card.ts
    [action] = payload["actions"]
    assert (action["action_id"], action["block_id"], action["value"], action["style"]) == (
        "go",
        "a",
        "p1",
        "primary",
    )


@pytest.mark.parametrize("how", [{"label": "Stop"}, {"action_id": "stop"}, {"value": "p2"}])
async def test_a_button_is_found_by_label_id_or_value(bench, how):
    await bench.slack.press("UANA", await _card(bench), **how)

    assert _payload(bench)["actions"][0]["action_id"] == "stop"


async def test_what_is_not_there_cannot_be_pressed(bench):
    card = await _card(bench)

    with pytest.raises(LookupError, match="Eleven"):
        await bench.slack.press("UANA", card, label="Approve")
    with pytest.raises(LookupError):
        await bench.slack.press("UANA", card, option="t12")


@pytest.mark.parametrize("option", ["t11", "Eleven"])
async def test_a_choice_carries_its_option_and_the_state(bench, option):
    await bench.slack.press("UANA", await _card(bench), option=option)

    payload = _payload(bench)
    assert payload["actions"][0]["selected_option"]["value"] == "t11"
    assert payload["state"]["values"]["a"]["menu"]["selected_option"]["value"] == "t11"


async def test_an_old_card_is_pressed_as_it_was(bench):
    card = await _card(bench)
    await bench.client.chat_update(channel=card.channel, ts=card.ts, text="Done", blocks=[])

    assert (await bench.slack.press("UANA", card, label="Go")).ok


async def test_a_press_can_come_again_byte_for_byte(bench):
    await bench.slack.press("UANA", await _card(bench), label="Go")
    await bench.slack.press_again()

    first, second = [one for one in bench.bodies if one.get("type") == "block_actions"]
    assert json.dumps(first) == json.dumps(second)


async def test_a_press_on_a_whisper_has_no_message_but_a_response_url(bench):
    await bench.slack.press("UANA", await _whisper(bench), label="Go")

    payload = _payload(bench)
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    await _respond(bench, {"replace_original": True, "text": "Done"})
    assert [one.text for one in bench.slack.whispers("UANA")] == ["Done"]
    await _respond(bench, {"delete_original": True})
    assert bench.slack.whispers("UANA") == ()


async def test_a_response_url_replaces_the_card_or_adds_to_it(bench):
    card = await _card(bench)
    await bench.slack.press("UANA", card, label="Go")
    await _respond(bench, {"replace_original": True, "text": "Done"})
    await _respond(bench, {"text": "for you"})
    await _respond(bench, {"text": "for all", "response_type": "in_channel"})

    now = bench.slack.message(card.channel, card.ts)
    assert (now.text, now.blocks) == ("Done", ())
    assert [one.text for one in bench.slack.whispers("UANA")] == ["for you"]
    assert [one.text for one in bench.slack.messages("C0GENERAL")] == ["Done", "for all"]


async def test_a_response_url_serves_five_times(bench):
    await bench.slack.press("UANA", await _card(bench), label="Go")
    answers = [await _respond(bench, {"text": "again"}) for _ in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert answers[-1].json()["error"] == "used_url"
    unknown = await _respond(bench, {"text": "x"}, f"{bench.slack.public_url}/respond/nothing")
    assert unknown.status_code == 404


async def test_a_response_url_ends_after_half_an_hour(bench, monkeypatch):
    await bench.slack.press("UANA", await _card(bench), label="Go")
    later = conftest.TUESDAY + timedelta(minutes=31)
    monkeypatch.setattr(conftest, "TUESDAY", later)

    assert (await _respond(bench, {"text": "late"})).json()["error"] == "expired_url"


async def test_a_command_is_a_form_with_mentions_spelled_out(bench):
    answer = await bench.slack.command("UANA", "C0RANDOM", "/meet", "@ben & me <b>")

    command = next(one for one in bench.bodies if one.get("command") == "/meet")
    assert command["text"] == "<@UBEN|ben> &amp; me &lt;b&gt;"
    assert (command["channel_id"], command["user_id"], command["team_id"]) == ("C0RANDOM", "UANA", "T0SLOT")
    assert answer.body == "on it"
    assert [one.text for one in bench.slack.whispers("UANA", "C0RANDOM")] == ["on it"]
    await _respond(bench, {"text": "done", "response_type": "in_channel"}, command["response_url"])
    assert [one.text for one in bench.slack.messages("C0RANDOM")] == ["done"]


async def test_strangers_have_no_commands(bench):
    with pytest.raises(ValueError, match="strangers"):
        await bench.slack.command("USTR", "C0GENERAL", "/meet", "hello")


async def test_a_modal_opens_on_a_trigger_once(bench):
    await bench.slack.press("UANA", await _card(bench), label="Go")
    trigger = _payload(bench)["trigger_id"]
    view = {"type": "modal", "title": _text("Book"), "blocks": [{"type": "divider"}]}
    opened = await bench.client.views_open(trigger_id=trigger, view=view)
    await bench.client.views_update(view_id=opened["view"]["id"], view=view | {"callback_id": "c"})

    assert bench.slack.views[0]["callback_id"] == "c"
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await bench.client.views_open(trigger_id=trigger, view=view)


async def test_an_interaction_that_fails_is_not_retried(bench):
    card = await _card(bench)
    await bench.slack.settled()
    before = len(bench.headers)
    bench.failing = 1
    answer = await bench.slack.press("UANA", card, label="Go")
    await bench.slack.settled()

    assert answer.status == 500
    assert len(bench.headers) == before + 1


async def test_those_who_follow_hear_of_changes_until_the_end(bench):
    heard = []
    stop = bench.slack.changes.on_change(lambda change: heard.append(change.kind))
    await bench.slack.say("UANA", "C0GENERAL", "hello")
    bench.slack.remove_bot_from("C0GENERAL")
    stop()
    await bench.slack.say("UANA", "C0GENERAL", "hello")

    assert heard == ["message", "room"]

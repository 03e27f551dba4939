"""Modals and the Home tab, as the page's people use them."""

import httpx
import pytest

from bot.playground.features import AppFeatures
from tests.page.means import Setting, actions, button, field, text

TYPED = {"type": "plain_text_input", "action_id": "t", "max_length": 5}


def answering(**body):
    return lambda told: (
        httpx.Response(200, json=body) if told["type"] == "view_submission" else httpx.Response(200)
    )


async def submitted(setting, view, value):
    state = {"what": {"t": {"value": value}}}
    return await setting.ask("submit", {"person": "UANA", "view": view, "state": state})


async def test_a_form_is_sent_with_what_was_typed_and_closes(setting):
    view = await setting.modal("UANA", field(TYPED))

    assert await submitted(setting, view, "plan") == (200, {"ok": True, "errors": {}})
    assert setting.got[-1]["view"]["state"]["values"]["what"]["t"]["value"] == "plan"
    assert setting.slack.stack("UANA") == ()


@pytest.mark.parametrize("value", ["", None, "too long"])
async def test_what_slacks_client_would_complain_of_never_reaches_the_app(setting, value):
    view = await setting.modal("UANA", field(TYPED))
    setting.got.clear()

    status, told = await submitted(setting, view, value)

    assert (status, told["ok"], list(told["errors"])) == (200, False, ["what"])
    assert setting.got == []


async def test_the_apps_own_complaints_come_back_and_the_form_stays(setting):
    view = await setting.modal("UANA", field(TYPED))
    setting.app = answering(response_action="errors", errors={"what": "Taken"})

    assert await submitted(setting, view, "plan") == (200, {"ok": False, "errors": {"what": "Taken"}})
    assert len(setting.slack.stack("UANA")) == 1


async def test_that_the_app_does_not_answer_a_form_is_said_and_it_stays(setting):
    view = await setting.modal("UANA", field(TYPED))
    setting.app = lambda _: httpx.Response(500)

    assert await submitted(setting, view, "plan") == (502, {"ok": False, "error": "app_did_not_answer"})
    assert len(setting.slack.stack("UANA")) == 1


async def test_a_closed_modal_is_gone_for_good(setting):
    view = await setting.modal("UANA", field(TYPED), notify_on_close=True)

    assert await setting.ask("close", {"person": "UANA", "view": view}) == (200, {})
    assert setting.got[-1]["type"] == "view_closed"
    assert await setting.ask("close", {"person": "UANA", "view": view}) == (409, {"error": "view_not_found"})
    assert await submitted(setting, view, "plan") == (409, {"error": "view_not_found"})


async def test_only_the_uppermost_modal_can_be_used_and_all_can_be_closed(setting):
    below = await setting.modal("UANA", field(TYPED))
    setting.app = answering(
        response_action="push", view={"type": "modal", "title": text("Above"), "blocks": []}
    )
    await submitted(setting, below, "plan")
    top = setting.slack.stack("UANA")[-1].id

    assert await submitted(setting, below, "again") == (409, {"error": "view_not_found"})
    assert await setting.ask("close", {"person": "UANA", "view": top, "whole": True}) == (200, {})
    assert setting.slack.stack("UANA") == ()


async def test_a_home_tab_has_no_form_to_send(setting):
    home = {"type": "home", "blocks": [actions(button())]}
    told = await setting.bot_does("views.publish", user_id="UANA", view=home)
    body = {"person": "UANA", "view": told["view"]["id"]}

    assert await setting.ask("submit", body) == (409, {"error": "no_such_control"})
    assert await setting.ask("close", body) == (409, {"error": "view_not_found"})
    assert await setting.ask("act", body | {"block_id": "row", "action_id": "go"}) == (200, {"ok": True})


async def test_the_app_is_told_when_its_home_is_opened(setting):
    assert await setting.ask("home", {"person": "UANA", "tab": "home"}) == (200, {})

    assert setting.got[-1]["event"]["type"] == "app_home_opened"
    assert setting.got[-1]["event"]["tab"] == "home"


async def test_an_app_without_a_home_tab_has_none_to_open():
    setting = Setting(features=AppFeatures())

    assert await setting.ask("home", {"person": "UANA", "tab": "home"}) == (409, {"error": "not_enabled"})
    assert await setting.ask("home", {"person": "UANA", "tab": "messages"}) == (200, {})
    assert await setting.ask("home", {"person": "UANA", "tab": "about"}) == (422, {"error": "wrong_shape"})
    await setting.close()

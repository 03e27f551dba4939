"""The calendar that an admin lets everybody use: checked, kept without ever being shown, gone at a press."""

import json

import pytest

from bot.accounts.model import Rules
from bot.home.rules import shared_form, version_of
from bot.playground.world import load_world
from bot.scheduling.model import Person
from bot.slack.forms import render_form
from tests.attacks.scene import Scene
from tests.attacks.test_rules import handed_in, pressed

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEAM = "T0SLOT"


async def share(bot: Scene, key: str) -> str:
    payload = handed_in("rules.shared", "UANA", version_of(await bot.house.stores.rules.now(TEAM)))
    payload["view"]["state"]["values"]["key"]["value"]["value"] = key
    answer = await bot.interact(payload)
    return answer.text


async def test_a_key_that_cal_com_knows_serves_everybody_until_it_is_taken_back(
    bot: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", logger="bot")
    key = load_world().citizen("UBEN").key or ""

    said = await share(bot, key)

    rules = await bot.house.stores.rules.now(TEAM)
    assert rules.shared
    assert rules.shared.account.email == "ben@acme.example"
    assert "Kept" in said
    exported = [one async for one in bot.house.stores.belongings.export(TEAM)]
    assert not any(key in one for one in (said, caplog.text, repr(rules), *exported))

    await bot.interact(pressed("rules.unshare", "UANA"))

    assert (await bot.house.stores.rules.now(TEAM)).shared is None


async def test_a_key_that_cal_com_does_not_know_is_not_kept(bot: Scene) -> None:
    said = await share(bot, "cal_of_nobody")

    assert "does not know this key" in said
    assert await bot.house.stores.rules.now(TEAM) == Rules(team=TEAM)
    assert "cal_of_nobody" not in said


async def test_a_key_for_a_server_that_nobody_allowed_is_sent_nowhere(bot: Scene) -> None:
    payload = handed_in("rules.shared", "UANA", version_of(Rules(team=TEAM)))
    payload["view"]["state"]["values"]["server"] = {
        "value": {"selected_option": {"value": "https://evil.example/v2"}}
    }
    asked = len(bot.calcom.requests)

    answer = await bot.interact(payload)

    assert answer.json()["response_action"] == "errors"
    assert len(bot.calcom.requests) == asked
    assert await bot.house.stores.rules.now(TEAM) == Rules(team=TEAM)


async def test_the_form_says_how_the_shared_key_goes_and_how_a_key_looks() -> None:
    view = json.dumps(render_form(shared_form(Rules(team=TEAM), (), Person(id="UANA", name="Ana"))))

    assert "Shared calendar" in view
    assert "Stop sharing it" in view
    assert "disconnect" not in view
    assert "cal_1a2b" in view

"""What belongs to one workspace, wanted with its ids from another that has the bot as well."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.accounts.model import Rules
from bot.home.rules import version_of
from tests.attacks.test_rules import handed_in, pressed
from tests.installing.scene import ANA, FAY, HOME, NEIGHBOURS, Scene, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene() -> AsyncIterator[Scene]:
    """Both workspaces have the bot; Fay administers hers, Ana hers."""
    async with staged(shares=True) as opened:
        await opened.install(ANA)
        await opened.install(FAY)
        opened.there.appoint("UFAY", admin=True)
        opened.home.appoint("UANA", admin=True)
        yield opened


async def done(scene: Scene, payload: dict[str, Any]) -> None:
    await scene.interact(payload)
    await scene.house.rest()


async def entries(scene: Scene, team: str) -> list[Any]:
    return [one async for one in scene.house.stores.audit.entries(team)]


async def test_an_admin_changes_the_rules_of_their_own_workspace_alone(scene: Scene) -> None:
    about = version_of(Rules(team=NEIGHBOURS))

    await done(scene, handed_in("rules.change", "UFAY", about, team=NEIGHBOURS))

    assert await scene.house.stores.rules.now(HOME) == Rules(team=HOME)
    assert (await scene.house.stores.rules.now(NEIGHBOURS)).guests == "public"
    assert not any(one.step == "setting" for one in await entries(scene, HOME))
    await scene.house.stores.rules.forget(NEIGHBOURS)


async def test_an_admin_gets_the_audit_log_of_their_own_workspace_alone(scene: Scene) -> None:
    await scene.greet(scene.home, "UANA", "C0GENERAL")
    await scene.home.say("UANA", "C0GENERAL", "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon")
    await scene.house.rest()

    await done(scene, pressed("rules.audit", "UFAY", about=HOME, team=NEIGHBOURS))

    assert scene.home.files.handed == {}
    (file,) = scene.there.files.handed.values()
    assert {json.loads(line)["team"] for line in (file.content or b"").splitlines()} == {NEIGHBOURS}


@pytest.mark.parametrize("by", ["team", "view"])
async def test_who_administers_one_workspace_is_nobody_in_the_other(by: str, scene: Scene) -> None:
    """`view`: Slack says that the window was opened by the bot of that workspace."""
    before, about = len(await entries(scene, HOME)), version_of(Rules(team=HOME))
    payload = handed_in("rules.change", "UFAY", about, team=HOME if by == "team" else NEIGHBOURS)
    if by == "view":
        payload["view"]["app_installed_team_id"] = HOME

    await done(scene, payload | {"trigger_id": f"1.2.{by}"})

    assert await scene.house.stores.rules.now(HOME) == Rules(team=HOME)
    assert await scene.house.stores.rules.now(NEIGHBOURS) == Rules(team=NEIGHBOURS)
    assert [(one.person, one.why) for one in (await entries(scene, HOME))[before:]] == [("UFAY", "nobody")]


async def test_a_channel_closed_in_one_workspace_is_open_in_the_other(scene: Scene) -> None:
    await scene.house.stores.rules.keep(Rules(team=NEIGHBOURS, channels=("C0NOWHERE",)))
    asked = len(scene.home.messages("C0GENERAL"))

    await scene.greet(scene.home, "UANA", "C0GENERAL")

    assert len(scene.home.messages("C0GENERAL")) > asked + 1
    await scene.house.stores.rules.forget(NEIGHBOURS)


async def test_somebody_of_the_other_workspace_is_nobody_who_can_be_met(scene: Scene) -> None:
    before = len(scene.home.messages("C0GENERAL"))

    await scene.home.say("UANA", "C0GENERAL", "<@U0BOT> 30 min with <@UFAY> tomorrow afternoon")
    await scene.house.rest()

    said = scene.home.messages("C0GENERAL")[before + 1 :]
    assert not any(one.labels for one in said)
    assert not any("nord" in one.text.lower() for one in said)

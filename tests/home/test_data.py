"""What is kept is handed out and deleted, as it is asked for at the bot's page; on record either way."""

import json
from typing import Any

import pytest

from bot.conversation.visits import DataRequest
from tests.attacks.scene import TUESDAY, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")
TEAM = "T0SLOT"


async def wanted(bot: Scene, what: str, whose: str, by: str = "UANA") -> None:
    told: dict[str, Any] = {"id": f"{what}-{whose}", "team": TEAM, "person": by, "at": TUESDAY}
    await bot.house.offices.handle(DataRequest(what=what, whose=whose, **told))
    await bot.rest()


def files(bot: Scene) -> list[tuple[str | None, list[dict[str, Any]]]]:
    """Where each went, and its lines."""
    handed = bot.slack.files.handed.values()
    return [(one.channel, [json.loads(line) for line in (one.content or b"").splitlines()]) for one in handed]


async def steps(bot: Scene, person: str = "UANA") -> list[tuple[str, str | None]]:
    entries = [one async for one in bot.house.stores.audit.entries(TEAM)]
    return [(one.step, getattr(one, "what", None)) for one in entries if one and one.person == person]


async def test_an_admin_gets_the_audit_log_as_a_file_in_their_direct_messages(bot: Scene) -> None:
    await bot.ask(by="UBEN", text="<@U0BOT> 30 min with <@UCHI> tomorrow afternoon")

    await wanted(bot, "audit", "workspace")

    ((channel, lines),) = files(bot)
    assert channel == bot.slack.dm_channel("UANA")
    assert [(one["step"], one["person"]) for one in lines] == [("asked", "UBEN"), ("exported", "UANA")]
    assert "Here is the audit log" in bot.dms("UANA")[-1]


async def test_a_member_gets_what_is_kept_of_them_and_nothing_of_others(bot: Scene) -> None:
    await bot.ask(by="UBEN", text="<@U0BOT> 30 min with <@UCHI> tomorrow afternoon")
    await bot.ask(by="UDEV", text="<@U0BOT> 30 min with <@UEVA> tomorrow afternoon")

    await wanted(bot, "export", "mine", by="UBEN")

    ((channel, lines),) = files(bot)
    assert channel == bot.slack.dm_channel("UBEN")
    assert {one["kept"] for one in lines} == {"conversation", "prefers", "audit"}
    assert "UDEV" not in json.dumps(lines)


async def test_what_a_member_has_deleted_is_gone_and_what_others_asked_stays(bot: Scene) -> None:
    await bot.ask(by="UBEN", text="<@U0BOT> 30 min with <@UCHI> tomorrow afternoon")
    await bot.ask(by="UDEV", text="<@U0BOT> 30 min with <@UEVA> tomorrow afternoon")

    await wanted(bot, "delete", "mine", by="UBEN")

    kept = [json.loads(one) async for one in bot.house.stores.belongings.export(TEAM)]
    assert {one["owner"] for one in kept if one["kept"] == "conversation"} == {"UDEV"}
    assert ("deleted", "mine.delete") in await steps(bot, "UBEN")


async def test_of_a_workspace_whose_things_were_deleted_only_that_is_left(bot: Scene) -> None:
    await bot.ask(by="UBEN", text="<@U0BOT> 30 min with <@UCHI> tomorrow afternoon")

    await wanted(bot, "delete", "workspace")

    kept = [json.loads(one) async for one in bot.house.stores.belongings.export(TEAM)]
    assert [one["kept"] for one in kept if one["kept"] != "rules"] == ["audit"]
    assert await steps(bot) == [("deleted", "workspace.delete")]


@pytest.mark.parametrize("what", ["audit", "export", "delete"])
@pytest.mark.parametrize("person", ["UBEN", "UGIL", "USTR", "UNOBODY"])
async def test_who_may_not_have_it_gets_nothing_however_it_was_asked_for(
    person: str, what: str, bot: Scene
) -> None:
    await bot.ask(by="UDEV", text="<@U0BOT> 30 min with <@UEVA> tomorrow afternoon")

    await wanted(bot, what, "workspace", by=person)

    assert files(bot) == []
    kept = [json.loads(one) async for one in bot.house.stores.belongings.export(TEAM)]
    assert any(one["kept"] == "conversation" for one in kept)
    assert await steps(bot, person) == [("refused", None)]

"""Between workspaces nothing passes: neither presses nor ids; strangers in shared channels get no more."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground.small_slack import Message
from tests.installing.scene import ANA, FAY, HOME, NEIGHBOURS, Scene, staged

CARD = "<@U0BOT> book 30 min with <@UBEN> tomorrow afternoon"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged(shares=True) as opened:
        await opened.install(ANA)
        await opened.install(FAY)
        yield opened


async def card(scene: Scene) -> Message:
    """Ana's offer, with its buttons."""
    await scene.home.say("UANA", "C0GENERAL", CARD)
    await scene.house.rest()
    return next(one for one in scene.home.messages("C0GENERAL") if one.by_bot and one.labels)


def press(message: Message, **whose: Any) -> dict[str, Any]:
    """Approving what stands on a card of home's, by somebody elsewhere."""
    buttons = [one for block in message.blocks for one in block.get("elements", ()) if one.get("value")]
    return {
        "type": "block_actions",
        "container": {"message_ts": message.ts, "channel_id": "C0GENERAL", "thread_ts": message.thread_ts},
        "channel": {"id": "C0GENERAL"},
        "actions": [{**buttons[0], "action_ts": "1784012500.000001"}],
        "trigger_id": "1.2",
        "message": {"ts": message.ts, "thread_ts": message.thread_ts, **whose.pop("shown", {})},
        **whose,
    }


def booked(scene: Scene) -> int:
    return sum(one.status == "accepted" for one in scene.calcom.bookings())


async def lanes(scene: Scene, team: str) -> set[str]:
    lines = [one async for one in scene.house.stores.belongings.export(team)]
    return {one for one in lines if '"conversation"' in one}


async def test_the_card_can_be_approved_by_its_owner(scene: Scene) -> None:
    message, before = await card(scene), booked(scene)
    owner = {"user": {"id": "UANA", "team_id": HOME}, "team": {"id": HOME}}

    await scene.interact(press(message, **owner))
    await scene.house.rest()

    assert booked(scene) == before + 1


async def test_ids_of_another_workspace_mean_nothing_in_ones_own(scene: Scene) -> None:
    message, before = await card(scene), booked(scene)
    theirs = {"user": {"id": "UFAY", "team_id": NEIGHBOURS}, "team": {"id": NEIGHBOURS}}

    answer = await scene.interact(press(message, **theirs))
    await scene.house.rest()

    assert answer.status_code == 200
    assert booked(scene) == before
    assert await lanes(scene, NEIGHBOURS) == set()


async def test_not_even_with_the_same_id_of_a_person(scene: Scene) -> None:
    message, before = await card(scene), booked(scene)
    theirs = {"user": {"id": "UANA", "team_id": NEIGHBOURS}, "team": {"id": NEIGHBOURS}}

    await scene.interact(press(message, **theirs))
    await scene.house.rest()

    assert booked(scene) == before


async def test_a_strangers_press_on_our_card_reaches_us_and_changes_nothing(scene: Scene) -> None:
    message, before = await card(scene), booked(scene)
    stranger = {"user": {"id": "USTR", "team_id": "T9OTHER"}, "team": {"id": "T9OTHER"}}

    await scene.interact(press(message, shown={"team": HOME}, **stranger))
    await scene.house.rest()

    assert booked(scene) == before
    refused = [one async for one in scene.house.stores.audit.entries(HOME) if one.step == "refused"]
    assert [(one.person, one.why) for one in refused] == [("USTR", "stranger")]


async def test_a_stranger_in_a_shared_channel_is_answered_by_the_workspace_that_received_it(
    scene: Scene,
) -> None:
    scene.home.share("C0GENERAL")
    await scene.home.say("USTR", "C0GENERAL", CARD)
    await scene.house.rest()

    assert len(scene.home.whispers("USTR")) == 1
    assert not any(one.by_bot for one in scene.home.messages("C0GENERAL"))
    assert await lanes(scene, HOME) == set()

"""Installed once for a whole organisation: all its workspaces are served, by one token."""

from collections.abc import AsyncIterator

import pytest

from bot.scheduling.errors import UnknownPerson
from tests.installing.scene import COMPANY, NEIGHBOURS, Scene, staged

FOR_ALL = f"{COMPANY}/UFAY"


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged(enterprise=COMPANY) as opened:
        yield opened


async def test_every_workspace_of_it_is_answered(scene: Scene) -> None:
    page = await scene.install(FOR_ALL)
    here = await scene.greet(scene.home, "UANA", "C0GENERAL")
    there = await scene.greet(scene.there, "UFAY", "C0HALLO")

    assert "add Slotwise to the workspaces" in page.text
    assert (len(here), len(there)) == (1, 1)


async def test_its_people_are_colleagues_and_no_strangers(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    await scene.greet(scene.home, "UANA", "C0GENERAL")
    await scene.greet(scene.there, "UFAY", "C0HALLO")

    assert scene.home.whispers("UANA") == ()
    assert scene.there.whispers("UFAY") == ()


async def test_a_press_goes_where_the_words_went(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    await scene.home.say("UANA", "C0GENERAL", "<@U0BOT> quick chat")
    await scene.house.rest()
    lanes = [key async for key in scene.house.stores.conversations._redis.scan_iter(match="*:state")]

    assert lanes
    assert all(COMPANY.encode() in key for key in lanes)


async def test_a_user_group_is_found_in_whichever_workspace_it_is(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    scene.there.add_group("S0CREW", "crew", ["UFAY", "UGUS"])
    means = await scene.house.offices.means(COMPANY)

    assert means
    assert await means.directory.group("S0CREW") == ("UFAY", "UGUS")
    with pytest.raises(UnknownPerson):
        await means.directory.group("S0NONE")


async def test_a_workspace_with_an_installation_of_its_own_keeps_it(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    await scene.install(f"{NEIGHBOURS}/UFAY")
    await scene.greet(scene.there, "UFAY", "C0HALLO")

    installations = scene.house.stores.installations
    own, all_of_it = await installations.of(NEIGHBOURS, COMPANY), await installations.of("T0SLOT", COMPANY)
    assert own
    assert all_of_it
    assert (own.is_org, all_of_it.is_org) == (False, True)


async def test_operators_can_hand_out_and_delete_all_of_it(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    belongings = scene.house.stores.belongings
    lines = [one async for one in belongings.export(COMPANY)]
    await belongings.delete(COMPANY)

    assert any('"installation"' in one for one in lines)
    assert await scene.house.stores.installations.of(None, COMPANY) is None


async def test_when_it_leaves_all_of_it_is_deleted(scene: Scene) -> None:
    await scene.install(FOR_ALL)
    await scene.greet(scene.home, "UANA", "C0GENERAL")
    await scene.home.uninstall()
    await scene.house.rest()

    assert await scene.house.stores.installations.of(None, COMPANY) is None
    left = [
        key async for key in scene.house.stores.conversations._redis.scan_iter(match=f"*{COMPANY}*:state")
    ]
    assert left == []

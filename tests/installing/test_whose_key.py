"""The settings' own calendar is not for every workspace that may install the bot."""

import pytest

from bot.scheduling.model import SHARED, CalendarRef
from tests.installing.scene import ANA, COMPANY, FAY, HOME, NEIGHBOURS, Scene, staged

KEY = {"cal_api_key": "cal_playground_ana", "cal_api_url": "http://127.0.0.1:9/v2"}


async def serving(scene: Scene, team: str, person: str) -> CalendarRef | None:
    means = await scene.house.offices.means(team)
    assert means
    return await means.calendars.serving(person)


async def test_strangers_who_install_the_bot_are_not_served_by_our_key() -> None:
    async with staged(settings=KEY) as scene:
        await scene.install(FAY)

        assert await serving(scene, NEIGHBOURS, "UFAY") is None


async def test_the_workspaces_that_the_settings_name_are() -> None:
    async with staged(settings=KEY | {"slack_teams": HOME}) as scene:
        await scene.install(ANA)

        assert await serving(scene, HOME, "UANA") == SHARED


@pytest.mark.parametrize(("teams", "expected"), [(COMPANY, SHARED), (NEIGHBOURS, None)])
async def test_an_organisation_is_named_as_itself(teams: str, expected: CalendarRef | None) -> None:
    async with staged(enterprise=COMPANY, settings=KEY | {"slack_teams": f"{teams}"}) as scene:
        page = await scene.install(f"{COMPANY}/UFAY")

        assert (page.status_code == 200) is (expected is not None)
        if expected:
            assert await serving(scene, COMPANY, "UANA") == expected

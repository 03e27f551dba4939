"""Whoever is not there any more is shown nothing, and that is no failure."""

import pytest

from bot.conversation.visits import HomeVisit
from tests.attacks.scene import TUESDAY, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_page_for_somebody_whom_slack_does_not_know_is_dropped(bot: Scene) -> None:
    visit = HomeVisit(id="v1", team="T0SLOT", person="UNOBODY", at=TUESDAY)

    await bot.house.offices.handle(visit)  # else it would be tried again and given up

    assert "views.publish" in [one.method for one in bot.slack.calls if one.method.startswith("views")]

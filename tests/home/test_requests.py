"""Requests that nobody was told of can be answered on the page, without opening it again."""

import json
from datetime import timedelta

import pytest

from bot.conversation.visits import HomeVisit
from tests.attacks.scene import TUESDAY, Scene

TOMORROW = TUESDAY.replace(hour=13) + timedelta(days=1)
BEN = {"name": "Ben Carter", "email": "ben@acme.example"}

pytestmark = pytest.mark.asyncio(loop_scope="module")


def published(bot: Scene) -> str:
    """The page as it was shown last."""
    return json.dumps([one.payload["view"] for one in bot.slack.calls if one.method == "views.publish"][-1])


async def test_a_request_from_before_the_bot_came_is_accepted_on_the_page_at_its_first_opening(
    bot: Scene,
) -> None:
    bot.tap.is_open = False  # nobody hears of it
    await bot.calcom.book_from_outside("UANA", "intro-call", TOMORROW, **BEN)
    bot.tap.is_open = True
    visit = HomeVisit(id="visit-1", team="T0SLOT", person="UANA", at=TUESDAY)

    await bot.house.offices.handle(visit)
    assert "Accept" not in published(bot)
    await bot.rest()

    assert "Accept" in published(bot)

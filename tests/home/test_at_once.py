"""Whoever opens their page sees it at once, as it was last; what their calendar says comes after."""

import asyncio

import pytest

from bot.conversation.visits import HomeVisit
from bot.playground.talks.words import words_of
from tests.attacks.scene import TUESDAY, Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")


def visit(n: int, **more: object) -> HomeVisit:
    told = {"id": f"visit-{n}", "team": "T0SLOT", "person": "UANA", "at": TUESDAY} | more
    return HomeVisit.model_validate(told)


def published(bot: Scene) -> list[str]:
    calls = [one for one in bot.slack.calls if one.method == "views.publish"]
    return [" | ".join(words_of(one.payload["view"]["blocks"])) for one in calls]


async def test_what_was_kept_is_shown_before_the_calendar_is_asked(bot: Scene) -> None:
    await bot.house.offices.handle(visit(1))
    bot.later(minutes=5)
    asked = len(bot.calcom.requests)
    bot.calcom.trouble.delay = 0.5

    showing = asyncio.create_task(bot.house.offices.handle(visit(2)))
    while len(published(bot)) < 2:  # noqa: ASYNC110 - a small Slack tells nobody
        await asyncio.sleep(0.01)
    assert not showing.done()
    assert "I am looking again" in published(bot)[1]
    await showing

    assert "As of" in published(bot)[2]
    assert len(bot.calcom.requests) > asked


async def test_a_page_that_nobody_has_opened_is_not_made_anew_for_what_was_done_elsewhere(bot: Scene) -> None:
    asked = len(bot.calcom.requests)

    await bot.house.offices.handle(visit(1, is_again=True))

    assert len(bot.calcom.requests) == asked
    assert published(bot) == []


async def test_where_the_calendar_does_not_answer_the_page_keeps_what_it_showed_and_says_so(
    bot: Scene,
) -> None:
    await bot.house.offices.handle(visit(1))
    bot.later(minutes=5)
    bot.calcom.trouble.down = True

    await bot.house.offices.handle(visit(2))

    assert "does not answer just now" in published(bot)[-1]


async def test_what_is_kept_of_a_page_is_sealed_and_goes_with_the_person(bot: Scene) -> None:
    await bot.house.offices.handle(visit(1))
    snapshots = bot.house.stores.snapshots
    assert await snapshots.of("T0SLOT", "UANA")

    await bot.house.stores.belongings.delete("T0SLOT", "UANA")

    assert await snapshots.of("T0SLOT", "UANA") is None

"""What is approved by the submit of a form: by its owner, once, with what was said in it."""

import pytest

from bot.playground.small_slack import View
from tests.attacks.scene import TUESDAY, Scene
from tests.windows.conftest import HOST, requested

pytestmark = pytest.mark.asyncio(loop_scope="module")

REASON = {"reason": {"value": {"value": "I am travelling."}}}
LATER = {"instead": {"value": {"date_time": int(TUESDAY.replace(hour=15).timestamp())}}}
PAST = {"instead": {"value": {"date_time": int(TUESDAY.replace(hour=5).timestamp())}}}


def statuses(bot: Scene) -> list[str]:
    return [one.status for one in bot.calcom.bookings()]


async def opened(bot: Scene) -> View:
    """The form that declines."""
    await bot.slack.press(HOST, await requested(bot), action_id="counter:0")
    [view] = bot.slack.stack(HOST)
    return view


async def test_a_press_that_opens_the_form_declines_nothing(bot: Scene) -> None:
    view = await opened(bot)
    await bot.rest()

    assert view.view["callback_id"] == "form:approve.form"
    assert statuses(bot) == ["pending"]


async def test_submitting_the_form_declines_with_the_reason_and_another_time(bot: Scene) -> None:
    view = await opened(bot)

    done = await bot.slack.submit(HOST, view.id, REASON | LATER)
    await bot.rest()

    assert done.ok
    assert bot.slack.stack(HOST) == ()
    assert statuses(bot) == ["rejected"]
    [booking] = bot.calcom.bookings()
    asked = "Would 2026-07-14 11:00 (America/New_York) suit instead?"
    assert booking.rejection_reason == f"I am travelling. {asked}"
    assert "Declined" in bot.dms(HOST)[-1]


async def test_without_a_word_it_is_declined_too(bot: Scene) -> None:
    view = await opened(bot)

    await bot.slack.submit(HOST, view.id, {})
    await bot.rest()

    assert statuses(bot) == ["rejected"]


async def test_another_time_that_has_passed_is_told_beside_its_field(bot: Scene) -> None:
    view = await opened(bot)

    done = await bot.slack.submit(HOST, view.id, REASON | PAST)
    await bot.rest()

    assert "passed" in done.errors["instead"]
    assert statuses(bot) == ["pending"]


async def test_a_form_that_is_submitted_twice_declines_once(bot: Scene) -> None:
    view = await opened(bot)
    await bot.slack.submit(HOST, view.id, REASON)
    await bot.rest()

    await bot.slack.press_again()
    await bot.rest()

    assert len([one for one in bot.calcom.requests if one.path.endswith("/decline")]) == 1


async def test_nobody_else_opens_the_form_or_approves_with_it(bot: Scene) -> None:
    view = await opened(bot)
    anothers = {
        "type": "view_submission",
        "user": {"id": "UBEN", "team_id": "T0SLOT"},
        "team": {"id": "T0SLOT"},
        "trigger_id": "1.2.3",
        "view": {**view.view, "state": {"values": REASON}},
    }

    answer = await bot.interact(anothers)

    assert "Only" in answer.text
    assert statuses(bot) == ["pending"]


async def test_what_is_settled_already_opens_no_form(bot: Scene) -> None:
    card = await requested(bot)
    await bot.slack.press(HOST, card, action_id="counter:1")
    await bot.rest()
    assert statuses(bot) == ["accepted"]

    await bot.slack.press(HOST, card, action_id="counter:0")

    [view] = bot.slack.stack(HOST)
    assert view.view["callback_id"] == "form:words"
    assert statuses(bot) == ["accepted"]

"""Beginning again: nothing of before is seen, remembered, or comes back."""

import asyncio
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.playground.outside import Outside
from tests.playground.scene import PLACE, TUESDAY, WISH, Scene, on_stage


@pytest_asyncio.fixture
async def scene():
    async with on_stage() as scene:
        yield scene


async def is_new(scene: Scene) -> None:
    await scene.rest()
    assert scene.play.slack.messages(PLACE) == ()
    assert scene.play.slack.dms("UANA") == ()
    assert scene.play.slack.whispers("UANA") == ()
    assert scene.bookings == []
    assert not any(scene.play.controls.standing().values())
    assert scene.play.controls.clock() == TUESDAY


async def test_a_whole_talk_is_forgotten_and_can_be_had_again(scene: Scene):
    await scene.say()
    first = [scene.card.text]
    await scene.press("Book")
    first.append(scene.card.text)
    await scene.play.controls.outside(
        Outside(do="book", owner="UANA", start=TUESDAY + timedelta(hours=7), name="Olga", email="o@o.example")
    )
    await scene.play.controls.move_clock(60 * 24 * 7)
    await scene.switch("calcom_down")

    await scene.play.controls.reset()

    await is_new(scene)
    await scene.say()
    again = [scene.card.text]
    await scene.press("Book")
    again.append(scene.card.text)
    assert again == first


async def test_the_bot_remembers_no_conversation(scene: Scene):
    await scene.say()
    old = scene.card

    await scene.play.controls.reset()

    await scene.play.slack.press("UANA", old, label=old.labels[0])
    await scene.rest()
    assert scene.bookings == []


@pytest.mark.parametrize("after", [0.02, 0.2, 0.45])
async def test_work_on_its_way_does_not_come_back(scene: Scene, after: float):
    scene.play.calcom.trouble.delay = 0.15
    await scene.play.slack.say("UANA", PLACE, WISH)
    await asyncio.sleep(after)

    await scene.play.controls.reset()

    await is_new(scene)
    await asyncio.sleep(0.3)
    await is_new(scene)


async def test_a_booking_on_its_way_does_not_come_back(scene: Scene):
    await scene.say()
    scene.play.calcom.trouble.delay = 0.2
    book = next(one for one in scene.card.labels if one.startswith("Book"))
    await scene.play.slack.press("UANA", scene.card, label=book)
    await asyncio.sleep(0.1)

    await scene.play.controls.reset()

    await is_new(scene)
    await asyncio.sleep(0.3)
    await is_new(scene)


async def test_work_that_takes_longer_than_the_patience_is_left_behind(scene: Scene):
    await scene.say()
    scene.play.calcom.trouble.delay = 0.4
    book = next(one for one in scene.card.labels if one.startswith("Book"))
    await scene.play.slack.press("UANA", scene.card, label=book)
    await asyncio.sleep(0.1)
    scene.play.controls._patience = 0.01

    await scene.play.controls.reset()

    await asyncio.sleep(1.5)
    await is_new(scene)

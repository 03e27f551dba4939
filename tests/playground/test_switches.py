"""Trouble at a switch: under each, the bot tells the truth, and afterwards all is well again."""

import time

import pytest
import pytest_asyncio

from bot.playground import switches
from tests.playground.scene import PLACE, Scene, on_stage


@pytest_asyncio.fixture
async def scene():
    async with on_stage() as scene:
        yield scene


async def is_well(scene: Scene) -> None:
    """A whole booking, from the wish to the card that says so."""
    await scene.say("<@U0BOT> 30 min with <@UDEV> on Thursday afternoon")
    await scene.press("Book")

    assert "Booked" in scene.card.text
    assert ("accepted", "Dev Rao") in scene.bookings


async def test_a_slow_calcom_makes_cards_late_and_true(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(switches, "SLOW", 0.3)
    await scene.switch("calcom_slow")

    begins = time.monotonic()
    await scene.say()
    took = time.monotonic() - begins
    await scene.press("Book")

    assert took >= 0.6  # who it is, then the slots
    assert "Booked" in scene.card.text
    assert scene.bookings == [("accepted", "Ben Carter")]
    await scene.switch("calcom_slow", on=False)
    begins = time.monotonic()
    await scene.say()
    assert time.monotonic() - begins < took


async def test_a_calcom_that_is_down_is_said_in_words(scene: Scene):
    await scene.switch("calcom_down")
    await scene.say()

    assert "does not answer" in scene.card.text
    assert scene.bookings == []
    await scene.switch("calcom_down", on=False)
    await is_well(scene)


async def test_a_calcom_that_goes_down_before_the_press_books_nothing_and_claims_nothing(scene: Scene):
    await scene.say()
    await scene.switch("calcom_down")
    await scene.press("Book")

    assert "cannot tell" in scene.card.text
    assert scene.asked("POST", "/v2/bookings") == 1
    await scene.switch("calcom_down", on=False)
    await scene.press("Look again")
    assert "Booked" not in scene.card.text
    assert scene.bookings == []
    await is_well(scene)


async def test_a_lost_answer_is_looked_for_and_found(scene: Scene):
    await scene.switch("calcom_loses_answers")
    await scene.say()
    await scene.press("Book")

    assert "Booked" in scene.card.text
    assert scene.bookings == [("accepted", "Ben Carter")]
    assert scene.asked("POST", "/v2/bookings") == 1
    assert scene.asked("GET", "/v2/bookings") >= 1
    await scene.switch("calcom_loses_answers", on=False)
    await is_well(scene)


async def test_lost_answers_to_moving_and_cancelling_are_found_too(scene: Scene):
    await scene.say()
    await scene.press("Book")
    await scene.switch("calcom_loses_answers")

    await scene.say("<@U0BOT> move my meeting with <@UBEN> to Thursday at 3pm")
    await scene.press("Move")
    assert "Moved" in scene.card.text
    await scene.say("<@U0BOT> cancel my meeting with <@UBEN> on Thursday")
    await scene.press("Cancel")

    assert "Cancelled" in scene.card.text
    assert [status for status, _ in scene.bookings] == ["cancelled", "cancelled"]


async def test_a_busy_calcom_is_said_and_nothing_is_written(scene: Scene):
    await scene.say()
    await scene.switch("calcom_busy")
    await scene.press("Book")

    assert "Nothing was changed" in scene.card.text
    assert scene.bookings == []
    await scene.switch("calcom_busy", on=False)
    await scene.press("Try again")
    assert "Booked" in scene.card.text
    assert scene.bookings == [("accepted", "Ben Carter")]


async def test_what_slack_delivers_twice_is_answered_and_done_once(scene: Scene):
    await scene.say("<@U0BOT> help")
    once = scene.door.brought
    await scene.switch("slack_twice")
    await scene.say("<@U0BOT> help")
    assert scene.door.brought == 3 * once

    await scene.say()
    assert len(scene.answers) == 1
    await scene.press("Book")

    assert len(scene.answers) == 1
    assert "Booked" in scene.card.text
    assert scene.bookings == [("accepted", "Ben Carter")]
    assert scene.asked("POST", "/v2/bookings") == 1
    await scene.switch("slack_twice", on=False)
    await is_well(scene)


async def test_a_time_that_was_just_taken_brings_a_fresh_offer(scene: Scene):
    await scene.say()
    taken = next(one for one in scene.card.labels if one.startswith("Book"))
    await scene.switch("slot_taken")
    told = []
    scene.play.controls.on_change(lambda: told.append(scene.play.controls.standing()["slot_taken"]))
    await scene.press("Book")

    assert "just been taken" in scene.card.text
    assert taken not in scene.card.labels
    assert scene.bookings == [("accepted", "Olga Outside")]
    assert told == [False]  # it turned itself off, and the page hears of it
    await scene.press("Book")
    assert "Booked" in scene.card.text


async def test_a_move_to_a_time_that_was_just_taken_leaves_the_meeting_where_it_was(scene: Scene):
    await scene.say()
    await scene.press("Book")
    await scene.say("<@U0BOT> move my meeting with <@UBEN> to Thursday at 3pm")
    await scene.switch("slot_taken")
    await scene.press("Move")

    assert "stays where it was" in scene.card.text
    assert scene.bookings == [("accepted", "Ben Carter"), ("accepted", "Olga Outside")]


async def test_everything_at_once_still_claims_nothing_untrue(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(switches, "SLOW", 0.05)
    for name in ("calcom_slow", "calcom_loses_answers", "slack_twice", "slot_taken"):
        await scene.switch(name)
    await scene.say()
    await scene.press("Book")

    done = [name for status, name in scene.bookings if status == "accepted"]
    assert ("Booked" in scene.card.text) == ("Ben Carter" in done)
    assert len(scene.play.slack.messages(PLACE)) == 2

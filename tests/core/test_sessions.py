"""Agent sessions with the real edges: what Slack shows meanwhile, and Stop from the press to the answer."""

import asyncio
from collections.abc import Callable

import pytest

from bot.conversation.wording import plainly
from bot.playground.small_calcom.trouble import writes_bookings
from bot.playground.small_slack import Message
from bot.playground.talks import Talk
from tests.talks.staging import Staged, staged

NOBODYS = Talk(title="nobody's", step=())
PATIENCE = 20.0  # seconds; for a busy machine, and never waited for where all is well


@pytest.fixture
async def whole():
    async with staged(NOBODYS, None) as world:
        yield world


def root_of(whole: Staged, said: Message) -> Message:
    return whole.play.slack.message(said.channel, said.ts)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - the small Slack tells pages alone
            await asyncio.sleep(0.01)


async def say(whole: Staged, text: str) -> Message:
    return await whole.play.slack.say("UANA", "UANA", text)


def told(whole: Staged) -> list[str]:
    return [one.text for one in whole.play.slack.dms("UANA")]


async def test_a_session_is_named_and_waits_for_the_person_while_a_card_stands_there(whole):
    said = await say(whole, "30 min with @ben tomorrow afternoon")
    await whole.stage.settle()

    root = root_of(whole, said)
    assert (root.session, root.session_title) == ("suspended", "30 min with Ben Carter tomorrow afternoon")
    (card,) = whole.play.slack.dms("UANA")
    assert card.thread_ts == said.ts

    await whole.play.slack.press("UANA", card, label=next(one for one in card.labels if "Book" in one))
    await whole.stage.settle()

    assert root_of(whole, said).session == "active"


async def test_stop_ends_what_is_looked_for_and_says_so(whole):
    whole.play.calcom.trouble.delay = 3.0
    said = await say(whole, "30 min with @ben tomorrow afternoon")
    await until(lambda: root_of(whole, said).session == "processing")

    await whole.play.slack.stop("UANA", root_of(whole, said))
    await until(lambda: root_of(whole, said).session == "active")

    whole.play.calcom.trouble.clear()
    assert told(whole) == [plainly("session.stopped")]
    assert whole.play.slack.dms("UANA")[0].thread_ts == said.ts


async def test_stop_leaves_a_write_that_has_begun_alone_and_it_is_told(whole):
    await say(whole, "30 min with @ben tomorrow afternoon")
    await whole.stage.settle()
    trouble = whole.play.calcom.trouble
    trouble.touches = writes_bookings
    trouble.delay = 1.5
    said = await say(whole, "yes")
    await until(lambda: root_of(whole, said).session == "processing")

    await whole.play.slack.stop("UANA", root_of(whole, said))
    await whole.stage.settle()

    assert len(whole.play.calcom.bookings()) == 1
    assert any("Booked" in one for one in told(whole))
    assert plainly("session.stopped") not in told(whole)
    assert root_of(whole, said).session == "active"


async def test_opening_the_messages_shows_what_one_could_say(whole):
    await whole.play.slack.open_home("UANA", "messages")
    await whole.stage.settle()

    room = whole.play.slack.room(whole.play.slack.dm_channel("UANA"))
    assert [one["title"] for one in room.prompts] == [
        "Book a meeting",
        "See today",
        "Move a meeting",
        "Cancel a meeting",
    ]

"""Two real processes on one Redis: presses that meet, and works whose time comes when one of them is dead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation.turns import ThreadKey, Turn
from bot.playground.talks import words
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from bot.stores.later import RedisLater
from tests.faults.outside import Outside, outside
from tests.faults.test_processes import CHANNEL, answers, until

pytestmark = pytest.mark.redis


async def two_bots(around: Outside) -> None:
    bots = [around.start("serve"), around.start("serve")]
    for bot in bots:
        await bot.ready()
    around.listen_at(*bots)


async def test_of_two_times_pressed_at_once_one_is_booked_and_the_other_press_is_told(
    real_redis_url: str, tmp_path: Path
) -> None:
    async with outside(real_redis_url, tmp_path) as around:
        await two_bots(around)
        await around.slack.say("UANA", CHANNEL, "<@U0BOT> 30 min with <@UBEN> next week")
        await until(lambda: bool(answers(around.slack)), 20, "a card")
        around.calcom.trouble.delay = 0.5
        card = answers(around.slack)[-1]

        for bot, label in zip(around.bots, card.labels, strict=False):
            around.listen_at(bot)
            await around.slack.press("UANA", card, label=label)

        await until(lambda: "Booked" in words(answers(around.slack)[-1]), 30, "one is booked")
        await until(lambda: bool(around.slack.whispers("UANA")), 30, "the other press is told")
        assert "Another time of this card" in words(around.slack.whispers("UANA")[-1])
        assert len([one for one in around.calcom.bookings() if one.status == "accepted"]) == 1


async def test_a_work_for_later_is_done_in_time_by_whoever_lives(real_redis_url: str, tmp_path: Path) -> None:
    async with outside(real_redis_url, tmp_path) as around:
        await two_bots(around)
        redis = connect(real_redis_url)
        at = datetime.now(UTC) + timedelta(seconds=2)
        await RedisLater(redis, Keys("slotwise"), Codec.from_setting(None)).put(said(at), at)
        around.bots[0].kill()

        await until(lambda: bool(answers(around.slack)), 30, "it is answered")

        assert datetime.now(UTC) >= at
        assert len(answers(around.slack)) == 1
        await redis.aclose()


def said(at: datetime) -> Turn:
    return Turn(
        id="for later",
        thread=ThreadKey(team="T0SLOT", channel=CHANNEL, thread="1720000000.000100"),
        reply_to="1720000000.000100",
        speaker="UANA",
        text="30 min with <@UBEN> next week",
        at=at,
    )

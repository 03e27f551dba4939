"""Real processes on a real Redis: order over two of them, and a quiet end."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks import words
from tests.faults.outside import outside

pytestmark = pytest.mark.redis

CHANNEL = "C0GENERAL"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


async def until(is_so: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait until something is so; how long it took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, f"not within {seconds} s: {what}"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


def answers(slack: SmallSlack) -> list[Message]:
    return [one for one in slack.messages(CHANNEL) if one.by_bot]


async def test_two_processes_take_one_thread_in_turn_and_never_answer_twice(
    real_redis_url: str, tmp_path: Path
) -> None:
    async with outside(real_redis_url, tmp_path) as around:
        bots = [around.start("serve"), around.start("serve")]
        for bot in bots:
            await bot.ready()
        around.listen_at(*bots)
        root = await around.slack.say("UANA", CHANNEL, "<@U0BOT> 30 min with <@UBEN> next week")
        for number, day in enumerate(DAYS):
            around.listen_at(bots[number % 2])
            said = await around.slack.say(
                "UANA", CHANNEL, f"<@U0BOT> book 30 min with <@UCHI> next {day}", thread_ts=root.ts
            )
            around.listen_at(bots[(number + 1) % 2])
            await around.slack.deliver_again(said)

        await until(lambda: len(answers(around.slack)) >= 1 + len(DAYS), 20, "all are answered")
        await asyncio.sleep(1.5)

        said_days = [words(one) for one in answers(around.slack)[1:]]
        assert len(said_days) == len(DAYS)
        for text, day in zip(said_days, DAYS, strict=True):
            assert day[:3].title() in text


async def test_sigterm_finishes_what_runs_and_exits_with_0(real_redis_url: str, tmp_path: Path) -> None:
    async with outside(real_redis_url, tmp_path) as around:
        bot = around.start("serve")
        await bot.ready()
        around.listen_at(bot)
        around.calcom.trouble.delay = 0.5
        await around.slack.say("UANA", CHANNEL, "<@U0BOT> 30 min with <@UBEN> next week")

        code = await asyncio.to_thread(bot.terminate)

        assert code == 0, bot.text()
        assert len(answers(around.slack)) == 1
        assert "Traceback" not in bot.text()

"""A real bot whose Redis goes, hangs, fills up or turns read-only: what Slack and people hear of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.playground.small_slack import Message
from bot.playground.small_slack.courier import Delivery
from bot.playground.talks import words
from tests.faults.outside import BotProcess, Outside, outside
from tests.faults.talking import ASKS, PATIENT, a_card, presses
from tests.faults.test_processes import CHANNEL, answers, until
from tests.processes import RedisServer

pytestmark = pytest.mark.redis

OUTAGE_SECONDS = 5.0
LINES_AN_OUTAGE = 8  # of the log, besides those of what was asked meanwhile


@asynccontextmanager
async def served(server: RedisServer, directory: Path) -> AsyncIterator[tuple[Outside, BotProcess]]:
    """One bot that serves; Slack repeats what was not taken every half second."""
    async with outside(server.url, directory) as around:
        around.slack.tune(retry_delays=(0.5,) * 120, ack_seconds=PATIENT)
        bot = around.start("serve")
        await bot.ready()
        around.listen_at(bot)
        yield around, bot


async def readiness(bot: BotProcess) -> int:
    async with httpx.AsyncClient(timeout=PATIENT) as http:
        return (await http.get(f"{bot.url}/readyz")).status_code


async def settled_card(around: Outside) -> Message:
    """One of which it is kept, too, that it was shown: else it would be shown again."""
    card = await a_card(around)
    await asyncio.sleep(0.5)
    return card


def the_mention(around: Outside, said: Message) -> Delivery:
    """The event that told of it as a mention; where the bot hears channels, there is another."""
    return next(one for one in around.slack.deliveries_of(said) if one.event["type"] == "app_mention")


async def is_refused_in_words(around: Outside, card: Message) -> Message:
    """An event is to come again (503), a press and a command are answered. What was said in the event."""
    said = await around.slack.say("UCHI", CHANNEL, ASKS)
    assert the_mention(around, said).answers[0].status == 503

    pressed = await around.slack.press("UANA", card, label=card.labels[0])
    commanded = await around.slack.command("UDEV", CHANNEL, "/meet", "30 min with @ben tomorrow")

    assert pressed.status == commanded.status == 200
    for person in ("UANA", "UDEV"):
        heard = [words(one) for one in around.slack.whispers(person)]
        assert any("try again" in one.lower() for one in heard), heard
    return said


async def is_answered_once(around: Outside, said: Message) -> None:
    """What was refused was repeated by Slack, and answered."""

    def replies() -> list[Message]:
        return [one for one in answers(around.slack) if one.thread_ts == said.ts]

    await until(lambda: bool(replies()), PATIENT, "what was refused is answered")
    await asyncio.sleep(1.0)
    assert len(replies()) == 1


async def test_without_redis_slack_is_told_to_repeat_people_to_try_again_and_it_recovers_by_itself(
    own_redis_server, tmp_path: Path, measured: list[str]
) -> None:
    server = own_redis_server("--appendfsync", "always", appendonly=True)
    async with served(server, tmp_path) as (around, bot):
        card = await settled_card(around)
        server.stop()
        logged = len(bot.text().splitlines())

        said = await is_refused_in_words(around, card)
        assert await readiness(bot) == 503
        await asyncio.sleep(OUTAGE_SECONDS)
        lines = bot.text().splitlines()[logged:]
        server.start()

        took = await until_ready(bot)
        await is_answered_once(around, said)
        await presses(around, card, "Booked")
        ours = [line for line in lines if not re.search(r"not taken|response_url", line)]
        measured.append(
            f"Redis back: ready after {took:.1f} s; {len(ours)} lines in {OUTAGE_SECONDS:.0f} s without it"
        )
        assert len(ours) <= LINES_AN_OUTAGE, "\n".join(ours)
        assert "Traceback" not in bot.text()


async def until_ready(bot: BotProcess) -> float:
    """How long it took until it was ready again."""
    began = asyncio.get_running_loop().time()
    while await readiness(bot) != 200:
        assert asyncio.get_running_loop().time() - began < PATIENT, bot.text()
        await asyncio.sleep(0.1)
    return asyncio.get_running_loop().time() - began


async def test_a_redis_that_is_full_or_read_only_is_one_that_is_away(
    own_redis_server, tmp_path: Path
) -> None:
    server = own_redis_server()
    async with served(server, tmp_path) as (around, bot):
        card = await settled_card(around)
        for spoil, mend in (
            (("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
            (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")),
        ):
            assert server.command(*spoil).startswith(b"+OK")
            said = await is_refused_in_words(around, card)
            assert server.command(*mend).startswith(b"+OK")
            await is_answered_once(around, said)
        assert "Traceback" not in bot.text()


async def test_what_comes_while_redis_stands_still_is_answered_once_it_goes_on(
    own_redis_server, tmp_path: Path
) -> None:
    server = own_redis_server()
    async with served(server, tmp_path) as (around, bot):
        await settled_card(around)
        server.pause()
        waiting = [
            asyncio.create_task(around.slack.say(who, CHANNEL, ASKS)) for who in ("UANA", "UCHI", "UDEV")
        ]
        await asyncio.sleep(3.0)
        server.resume()

        for one in await asyncio.gather(*waiting):
            await is_answered_once(around, one)
        assert "Traceback" not in bot.text()


async def test_what_was_acknowledged_survives_a_killed_redis_that_writes_always(
    own_redis_server, tmp_path: Path, measured: list[str]
) -> None:
    """Redis is killed while many talk; Slack repeats only what was not acknowledged."""
    server = own_redis_server("--appendfsync", "always", appendonly=True)
    async with served(server, tmp_path) as (around, bot):
        talking = [asyncio.create_task(talk(around, number)) for number in range(24)]
        await until(lambda: len(answers(around.slack)) >= 4, PATIENT, "some are answered")
        server.stop()
        await asyncio.sleep(1.0)
        server.start()
        said = await asyncio.gather(*talking)

        def unanswered() -> list[str]:
            replied = {one.thread_ts for one in answers(around.slack)}
            return [one.ts for one in said if one.ts not in replied]

        await until(lambda: not unanswered(), 60, "all are answered")
        repeated = sum(len(the_mention(around, one).answers) > 1 for one in said)
        measured.append(f"Redis killed under load, AOF always: all {len(said)} answered, {repeated} repeated")
        assert "Traceback" not in bot.text()


async def talk(around: Outside, number: int) -> Message:
    await asyncio.sleep(number * 0.15)
    return await around.slack.say(("UANA", "UCHI", "UDEV")[number % 3], CHANNEL, ASKS)

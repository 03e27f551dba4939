"""What a turn costs, and that it does not grow with what is stored."""

import statistics
import time

import pytest

from bot.conversation.state import ThreadState
from bot.playground.talks import Step, Talk, take
from tests.talks import Staged, staged

pytestmark = [pytest.mark.bench, pytest.mark.redis]

TURNS = 25
STORED = 3000
TALK = Talk(title="bench", step=())
SAID = Step(say="<@U0BOT> book 30 min with <@UBEN> tomorrow afternoon", top=True)


async def seconds_a_turn(stage: Staged) -> float:
    """From a mention to its card, the median of several."""
    spent = []
    for _ in range(TURNS):
        began = time.perf_counter()
        await take(SAID, stage.stage)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


async def store(stage: Staged, threads: int) -> None:
    for number in range(threads):
        async with stage.play.house.stores.conversations.open(f"T0SLOT:C0OLD:{number}") as session:
            await session.save(ThreadState(handled=(str(number),) * 20))


async def test_a_turn_costs_the_same_beside_thousands_of_threads(
    real_redis_url: str, measured: list[str]
) -> None:
    async with staged(TALK, real_redis_url) as stage:
        await seconds_a_turn(stage)  # warm
        before = await seconds_a_turn(stage)
        await store(stage, STORED)
        after = await seconds_a_turn(stage)

    measured.append(f"a turn: {before * 1000:.1f} ms; beside {STORED} threads {after * 1000:.1f} ms")
    assert after / before < 2.0

"""Signed deliveries of every kind, changed by chance: no 500, no fault in the logs, no leak, no growth."""

import os

import pytest

from tests.attacks.fuzz import ROUND, Tally, fuzz
from tests.attacks.scene import Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEED = os.environ.get("FUZZ_SEED", "of the gate")
GATE, SOAK = 5_000, int(os.environ.get("FUZZ_SOAK", "100000"))
GROWTH = 40  # MiB, once everything that is cached is there


async def judged(bot: Scene, count: int, measured: list[str]) -> Tally:
    tally = await fuzz(bot, count, SEED)

    assert tally.faults[:20] == []
    assert tally.answers.total() == count
    assert tally.answers[200] > count / 2  # most of it went through the door, and much was worked on
    assert tally.said > count / 20
    assert tally.asked > count / 50
    assert max(tally.tasks) == tally.tasks[0]
    assert tally.memory[-1] - tally.memory[2] < GROWTH
    answers = ", ".join(f"{number} x {status}" for status, number in sorted(tally.answers.items()))
    measured.append(f"{count} mutated deliveries: {answers}; said {tally.said}, MiB {tally.memory[2:]}")
    return tally


@pytest.mark.timeout(600)
async def test_five_thousand_mutated_deliveries_do_no_harm(bot: Scene, measured: list[str]) -> None:
    await judged(bot, GATE, measured)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_a_hundred_thousand_leave_nothing_behind(bot: Scene, measured: list[str]) -> None:
    tally = await judged(bot, SOAK, measured)

    assert len(tally.memory) == SOAK // ROUND

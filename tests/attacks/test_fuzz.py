"""Signed deliveries of every kind, changed by chance: no 500, no fault in the logs, no leak, no growth."""

import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.attacks.fuzz import ROUND, Tally, fuzz
from tests.attacks.scene import Scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).parent.parent.parent
SEED = os.environ.get("FUZZ_SEED", "of the gate")
GATE, SOAK = 5_000, int(os.environ.get("FUZZ_SOAK", "100000"))
GROWTH = 40  # MiB, once everything that is cached is there


def judge(tally: Tally, count: int, measured: list[str]) -> None:
    assert tally.faults[:20] == []
    assert tally.answers.total() == count
    assert tally.answers[200] > count / 2  # most of it went through the door, and much was worked on
    assert tally.said > count / 20
    assert tally.asked > count / 50
    assert max(tally.tasks) == tally.tasks[0]
    assert len(tally.memory) == count // ROUND
    assert tally.memory[-1] - tally.memory[2] < GROWTH
    answers = ", ".join(f"{number} x {status}" for status, number in sorted(tally.answers.items()))
    spared = sorted({0, 2, len(tally.memory) // 2, len(tally.memory) - 1})
    memory = [tally.memory[number] for number in spared]
    measured.append(f"{count} mutated deliveries: {answers}; said {tally.said}, MiB by and by {memory}")


@pytest.mark.timeout(600)
async def test_five_thousand_mutated_deliveries_do_no_harm(bot: Scene, measured: list[str]) -> None:
    judge(await fuzz(bot, GATE, SEED), GATE, measured)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_a_hundred_thousand_leave_nothing_behind(measured: list[str]) -> None:
    command = (sys.executable, "-m", "tests.attacks", str(SOAK), SEED)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()

    assert process.returncode == 0
    fields = json.loads(told)
    answers = Counter({int(status): number for status, number in fields.pop("answers").items()})
    judge(Tally(answers=answers, **fields), SOAK, measured)

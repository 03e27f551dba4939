"""Every talk again and again in one process: nothing is left behind."""

import asyncio
import gc
import os
import resource

import pytest

from tests.talks import perform, talks

pytestmark = pytest.mark.soak

ROUNDS = int(os.environ.get("SOAK_ROUNDS", "10"))
GROWTH = 1.5  # after the first round everything that is cached is there


def most_memory() -> int:
    """The most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def test_talks_leave_nothing_behind(measured: list[str]) -> None:
    grown = []
    for _ in range(ROUNDS):
        for talk in talks().values():
            await perform(talk, None)
        gc.collect()
        grown.append(most_memory())

    measured.append(f"memory by round, MB: {[one // 1024 for one in grown]}")
    assert grown[-1] / grown[0] < GROWTH
    assert len(asyncio.all_tasks()) == 1

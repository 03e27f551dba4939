"""The table of the spine within `make bench`, held to ratios that a busy machine keeps, too."""

import pytest

from tests.bench.spine import cost, growth
from tests.bench.spine.rows import QUICK
from tests.bench.spine.world import world

pytestmark = [pytest.mark.bench, pytest.mark.redis, pytest.mark.timeout(900)]


def line(figure):
    return f"{figure.name}: {figure.measured} (goal {figure.goal})" if figure.goal else str(figure.measured)


async def test_a_full_turn_costs_a_few_times_the_smallest_honest_one(tmp_path, measured):
    async with world(tmp_path) as around:
        done = await cost.rounds(around, turns=QUICK.turns, times=QUICK.rounds)
    figures = cost.figures(done)
    measured += map(line, figures)

    dearer, slower, _ = (one.value for one in figures)

    assert dearer <= 4.5
    assert slower >= 0.2


async def test_a_turn_asks_redis_for_the_same_beside_any_number_of_conversations(tmp_path, measured):
    async with world(tmp_path) as around:
        figure = growth.figure(await growth.beside(around, QUICK.stored))
    measured.append(line(figure))

    assert figure.met

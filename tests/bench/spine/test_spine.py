"""The table of the spine in `make bench`, held to what a busy machine keeps, too; the goals are printed."""

import pytest

from tests.bench.spine import acks, cost, growth, hearing, memory, sharing
from tests.bench.spine.rows import QUICK
from tests.bench.spine.world import world

pytestmark = [pytest.mark.bench, pytest.mark.redis, pytest.mark.timeout(900)]


@pytest.fixture
async def around(tmp_path):
    async with world(tmp_path) as everything:
        yield everything


async def test_a_full_turn_costs_a_few_times_the_smallest_honest_one(around, measured):
    figures = cost.figures(await cost.rounds(around, turns=QUICK.turns, times=QUICK.rounds))
    measured += map(str, figures)

    dearer, _, slower, *_ = (one.value for one in figures)

    assert dearer <= 2.5
    assert slower >= 0.25


async def test_a_slow_calcom_neither_delays_nor_loses_what_slack_delivers(around, measured):
    taken = await acks.taken_in(around, QUICK.events)
    measured.append(str(acks.figure(taken)))

    assert (taken.refused, taken.lost) == (0, 0)
    assert acks.figure(taken).value < 1000


async def test_two_workers_share_what_there_is_to_do(around, measured):
    figure = sharing.figure(await sharing.paces(around, turns=QUICK.shared, times=1))
    measured.append(str(figure))

    assert figure.value >= 1.25


async def test_hearing_is_a_small_part_of_a_turn(around, measured):
    figure = hearing.figure(await hearing.share(around, QUICK.turns))
    measured.append(str(figure))

    assert figure.met


async def test_a_turn_asks_redis_for_the_same_beside_any_number_of_conversations(around, measured):
    seen = await growth.beside(around, QUICK.stored)
    same, small = growth.figure(seen), memory.conversation_figure(seen)
    measured += [str(same), str(small)]

    assert same.met
    assert small.met


async def test_a_process_at_rest_is_small(around, measured):
    figure = memory.process_figure(await memory.at_rest(around))
    measured.append(str(figure))

    assert figure.met

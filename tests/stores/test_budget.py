"""The budget of a credential, on an embedded and on a real Redis: the same promises."""

import asyncio

import pytest

from bot.scheduling.asking import Urgency
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.rations import Allowance, a_minute
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from tests.stores.conftest import all_keys

# One request in many minutes comes back: what is there stays the same for as long as a test runs.
STILL = Allowance(limit=21, window=100_000.0, burst=20)
# They come back faster than anybody can ask.
QUICK = Allowance(limit=1_000_020, window=1.0, burst=20, lease=0.0, travel=0.0)


@pytest.fixture
def budget(redis, keys):
    return RedisBudget(redis, keys, STILL)


async def take(budget: RedisBudget, times: int, *, wanted: int = 1, kept: int = 0) -> list[int]:
    return [(await budget.lease("key", wanted=wanted, kept=kept)).granted for _ in range(times)]


async def test_as_many_as_the_burst_may_come_at_once_and_no_more(budget):
    assert sum(await take(budget, 30)) == 20


async def test_whoever_gets_none_is_told_how_long_to_wait(budget):
    await take(budget, 20)

    lease = await budget.lease("key", wanted=1, kept=2)

    assert lease.granted == 0
    assert lease.wait == pytest.approx(3 / STILL.rate, rel=0.01)


async def test_nobody_gets_more_than_a_quarter_of_what_is_there(budget):
    assert await take(budget, 4, wanted=8) == [5, 3, 3, 2]


async def test_what_is_kept_is_left_for_the_more_urgent(budget):
    courtesies = sum(await take(budget, 20, kept=STILL.kept(Urgency.COURTESY)))
    background = sum(await take(budget, 20, kept=STILL.kept(Urgency.BACKGROUND)))
    reads = sum(await take(budget, 20, kept=STILL.kept(Urgency.READ)))
    writes = sum(await take(budget, 20, kept=STILL.kept(Urgency.WRITE)))

    assert (courtesies, background, reads, writes) == (10, 4, 4, 2)


async def test_requests_come_back_with_time_up_to_the_burst(redis, keys):
    budget = RedisBudget(redis, keys, QUICK)
    await take(budget, 30)
    await asyncio.sleep(0.01)

    assert await budget.left("key") == 20


async def test_each_credential_has_its_own(budget):
    await take(budget, 20)

    assert await budget.left("key") == 0
    assert await budget.left("another") == 20


async def test_two_processes_share_one(redis, keys, budget):
    other = RedisBudget(redis, keys, STILL)

    got = await asyncio.gather(*(one.lease("key", wanted=1, kept=0) for one in [budget, other] * 15))

    assert sum(lease.granted for lease in got) == 20


async def test_a_block_holds_for_everybody_until_it_ends(redis, keys, budget):
    await budget.hear("key", left=0, seconds=60)

    lease = await RedisBudget(redis, keys, STILL).lease("key", wanted=1, kept=0)

    assert lease.granted == 0
    assert 50 < lease.wait <= 60


async def test_a_block_that_is_over_is_forgotten(budget):
    await budget.hear("key", left=0, seconds=0.01)
    await asyncio.sleep(0.02)

    assert await take(budget, 1) == [1]


async def test_the_server_is_believed_where_it_says_less(budget):
    await budget.hear("key", left=3, seconds=60)

    assert sum(await take(budget, 10)) == 3


async def test_the_server_is_not_believed_where_it_says_more(budget):
    await take(budget, 18)
    await budget.hear("key", left=100, seconds=60)

    assert sum(await take(budget, 10)) == 2


async def test_an_older_answer_does_not_give_back_what_was_leased_since(budget):
    await budget.hear("key", left=5, seconds=60)
    await take(budget, 4)
    await budget.hear("key", left=4, seconds=60)

    assert sum(await take(budget, 10)) == 1


async def test_nobody_is_made_to_wait_for_hours(budget):
    await budget.hear("key", left=0, seconds=10_000)

    assert 590 < (await budget.lease("key", wanted=1, kept=0)).wait <= 600


async def test_a_clock_that_was_set_back_gives_nothing_and_stops_nothing(redis, keys):
    budget = RedisBudget(redis, keys, QUICK)
    await redis.hset(keys.budget("key"), mapping={"tokens": "0", "at": "9999999999.0"})

    first = await budget.lease("key", wanted=1, kept=0)
    await asyncio.sleep(0.01)

    assert first.granted == 0
    assert await take(budget, 1) == [1]


async def test_it_is_forgotten_ten_minutes_after_the_last_request_and_holds_no_secret(budget, redis):
    await take(budget, 1)

    [key] = await all_keys(redis)

    assert key == b"test:v1:budget:key"
    assert 590 <= await redis.ttl(key) <= 600


@pytest.mark.redis
async def test_without_redis_nothing_is_granted_and_what_was_heard_is_dropped(own_redis_server, keys):
    server = own_redis_server()
    redis = connect(server.url)
    budget = RedisBudget(redis, keys, STILL)
    server.stop()

    with pytest.raises(CalendarUnavailable):
        await budget.lease("key", wanted=1, kept=0)
    with pytest.raises(CalendarUnavailable):
        await budget.left("key")
    await budget.hear("key", left=1, seconds=1)
    await redis.aclose()


@pytest.mark.parametrize("limit", [10, 120, 500])
def test_no_window_can_pass_the_limit(limit: int):
    """What is counted in one window was granted at most a lease and a way earlier."""
    allowance = a_minute(limit)

    longest = allowance.window + allowance.lease + allowance.travel

    assert allowance.burst + allowance.rate * longest == pytest.approx(limit)
    assert allowance.rate > 0


def test_cal_coms_own_limit_is_twenty_at_once_and_ninety_a_minute():
    assert a_minute(120) == Allowance()
    assert Allowance().rate * 60 == pytest.approx(90.9, abs=0.1)

import asyncio

import pytest

from bot.stores.periods import RedisPeriods

LONG = 10**9  # seconds: one period from 2001 to 2033


@pytest.fixture
def periods(redis, keys):
    return RedisPeriods(redis, keys)


async def test_one_of_all_who_ask_gets_a_periods_turn(periods, redis, keys):
    others = [RedisPeriods(redis, keys) for _ in range(20)]

    claims = await asyncio.gather(*(one.claim("tidy", LONG) for one in (periods, *others)))

    assert sum(claims) == 1
    assert not await periods.claim("tidy", LONG)


async def test_each_chore_has_turns_of_its_own(periods):
    assert await periods.claim("tidy", LONG)
    assert await periods.claim("count", LONG)


async def test_the_next_period_has_a_turn_again(periods, redis, keys):
    assert await periods.claim("tidy", LONG)
    await redis.set(keys.period("tidy"), 0, keepttl=True)  # as if it had been done in the period before

    assert await periods.claim("tidy", LONG)


async def test_periods_in_which_nobody_asked_are_not_made_up_for(periods, redis, keys):
    """Down from the first period of 1970 until today: one turn, not thousands."""
    await redis.set(keys.period("tidy"), 0)

    claims = [await periods.claim("tidy", 86400) for _ in range(2)]

    assert claims.count(True) <= 2  # midnight may be now
    assert claims[0]
    assert 0 < await redis.ttl(keys.period("tidy")) <= 2 * 86400

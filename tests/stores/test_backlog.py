"""How much waits is told without looking through everything."""

import pytest

from bot.stores.backlog import LOOKED_AT, RedisBacklog
from bot.stores.codec import Codec
from bot.stores.inbox import RedisInbox
from tests.works import turn


@pytest.fixture
def backlog(redis, keys):
    return RedisBacklog(redis, keys, clock=lambda: 1000.0)


async def wait(redis, keys, lane, since, *, is_empty=False):
    """Work in a lane, announced then; an empty lane is still announced until a sweep forgets it."""
    if not is_empty:
        await RedisInbox(redis, keys, Codec.from_setting(None)).add(lane, turn("x"))
    await redis.zadd(keys.lanes(), {lane: since})


async def test_nothing_waits(backlog):
    assert await backlog() == (0, 0.0, 0)


async def test_the_lane_that_waits_longest_says_how_long(backlog, redis, keys):
    await wait(redis, keys, "T:C:1", 990.0)
    await wait(redis, keys, "T:C:2", 940.0)

    assert await backlog() == (2, 60.0, 0)


async def test_lanes_whose_work_is_done_do_not_count(backlog, redis, keys):
    await wait(redis, keys, "T:C:1", 900.0, is_empty=True)
    await wait(redis, keys, "T:C:2", 995.0)

    assert await backlog() == (1, 5.0, 0)


async def test_lanes_with_works_that_were_given_up_are_counted(backlog, redis, keys):
    inbox = RedisInbox(redis, keys, Codec.from_setting(None))
    await wait(redis, keys, "T:C:1", 990.0)
    (item,) = await redis.lrange(keys.inbox("T:C:1"), 0, 0)

    await inbox.bury("T:C:1", item, "KeyError")

    assert await backlog() == (0, 0.0, 1)


async def test_it_costs_the_same_however_much_waits(backlog, redis, keys):
    await redis.zadd(keys.lanes(), {f"T:C:{number}": 900.0 + number / 100 for number in range(3000)})
    asked = []
    lengths = backlog._lengths
    backlog._lengths = lambda lanes: asked.append(len(lanes)) or lengths(lanes)

    assert (await backlog()).lanes == 3000 - LOOKED_AT
    assert asked == [LOOKED_AT]

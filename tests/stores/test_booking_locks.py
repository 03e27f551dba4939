"""One hand at a time on a booking, on the embedded Redis and on a real one."""

import asyncio

import pytest

from bot.calcom.transport.pace import Pace
from bot.conversation.ports import StoreUnavailable
from bot.stores.booking_locks import HELD_SECONDS, RedisBookingLocks
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.stores.conftest import all_keys


@pytest.fixture
def locks(redis, keys) -> RedisBookingLocks:
    return RedisBookingLocks(redis, keys)


@pytest.fixture
def others(redis, keys) -> RedisBookingLocks:
    """Another process's."""
    return RedisBookingLocks(redis, keys)


@pytest.fixture
def impatient(redis, keys) -> RedisBookingLocks:
    """Another process's, which hardly waits: for what it does not get."""
    return RedisBookingLocks(redis, keys, wait_seconds=0.05)


async def test_a_booking_is_one_hands_at_a_time(locks, others, impatient):
    assert await locks.take("uid-1", "mine")

    assert not await impatient.take("uid-1", "theirs")
    assert await others.take("uid-2", "theirs")


async def test_who_waits_has_it_when_it_is_let_go(locks, others):
    await locks.take("uid-1", "mine")
    waiting = asyncio.create_task(others.take("uid-1", "theirs"))
    await asyncio.sleep(0)

    await locks.release("uid-1", "mine")

    assert await waiting


async def test_only_its_holder_lets_it_go(locks, impatient):
    await locks.take("uid-1", "mine")

    await impatient.release("uid-1", "theirs")

    assert not await impatient.take("uid-1", "theirs")


async def test_the_same_write_once_more_is_let_in(locks, others):
    """It may be the heir of a process that died."""
    await locks.take("uid-1", "mine")

    assert await others.take("uid-1", "mine")


async def test_what_is_never_let_go_lapses(locks, redis, keys):
    brief = RedisBookingLocks(redis, keys, held_seconds=0.05)
    await brief.take("uid-1", "died")

    assert await locks.take("uid-1", "next")


async def test_it_outlives_the_longest_write_and_the_looks_around_it(locks, redis, keys):
    pace = Pace()
    await locks.take("uid-1", "mine")

    [key] = await all_keys(redis)

    longest = 3 * pace.deadline + pace.writing  # a look, the write, which may wait to be sent, and a look
    assert longest < await redis.ttl(key) <= HELD_SECONDS
    assert b"uid-1" not in key


@pytest.mark.redis
async def test_without_redis_nothing_may_be_written_and_letting_go_does_no_harm(own_redis_server):
    server = own_redis_server()
    async with connect(server.url) as redis:
        locks = RedisBookingLocks(redis, Keys("test"))
        await locks.take("uid-1", "mine")
        server.stop()

        await locks.release("uid-1", "mine")
        with pytest.raises(StoreUnavailable):
            await locks.take("uid-1", "mine")

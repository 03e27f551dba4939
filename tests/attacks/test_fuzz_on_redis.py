"""The same on a real Redis, with its worker: what is kept stays in bounds, and none of it for ever."""

import pytest
from redis.asyncio import Redis

from tests.attacks.fuzz import fuzz
from tests.attacks.scene import scene
from tests.processes import patient

pytestmark = [pytest.mark.redis, pytest.mark.timeout(300)]

COUNT = 500
MOST_KEYS = 6  # for each delivery: a thread has at most a state, an inbox and its tries; work calls a worker
FOR_EVER = (b":lanes", b":audit-teams", b":preferences", b"saq:")  # docs/operations.md says why


async def test_mutated_deliveries_leave_no_more_keys_than_they_began_threads(real_redis_url: str) -> None:
    async with scene(real_redis_url) as bot, patient(Redis.from_url(real_redis_url)) as redis:
        tally = await fuzz(bot, COUNT, "of the real Redis")
        keys = await redis.keys()
        times = [await redis.ttl(key) for key in keys]

    assert tally.faults == []
    assert tally.said > COUNT / 20
    assert 0 < len(keys) < MOST_KEYS * COUNT
    kept = [key for key, left in zip(keys, times, strict=True) if left == -1]
    assert [key for key in kept if not any(one in key for one in FOR_EVER)] == []

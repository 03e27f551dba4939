"""How much waits on Redis, without looking through all of it."""

import time
from collections.abc import Callable
from typing import cast

from redis.asyncio import Redis

from bot.conversation.ports import Backlog
from bot.stores.batches import of_each
from bot.stores.connect import answers
from bot.stores.keys import Keys

LOOKED_AT = 50  # lanes, those announced longest ago: an empty one stays announced until a sweep forgets it


class RedisBacklog:
    """Tells the backlog in two round trips. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, *, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._keys = keys
        self._clock = clock

    async def __call__(self) -> Backlog:
        """As it is now. A lane's time is that of its latest arrival."""
        async with answers():
            pipe = self._redis.pipeline(transaction=False)
            pipe.zcard(self._keys.lanes())
            pipe.zrange(self._keys.lanes(), 0, LOOKED_AT - 1, withscores=True)
            pipe.zcard(self._keys.dead_lanes())
            count, found, dead = await pipe.execute()
            oldest = cast("list[tuple[bytes, float]]", found)
            lengths = await self._lengths([name.decode() for name, _ in oldest])
        now = self._clock()
        since = next((at for (_, at), length in zip(oldest, lengths, strict=True) if length), now)
        return Backlog(int(count) - lengths.count(0), max(0.0, now - since), int(dead))

    async def _lengths(self, lanes: list[str]) -> list[int]:
        return await of_each(self._redis, "llen", lanes, self._keys.inbox)

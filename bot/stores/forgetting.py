"""Empties what is kept, for worlds that begin again. Nothing in a real workspace calls it."""

import re

from redis.asyncio import Redis

from bot.stores.connect import answers


async def forget_all(redis: Redis, prefix: str) -> None:
    """Delete every key of this prefix, locks too: whoever still works has lost theirs and saves nothing.

    Raises StoreUnavailable.
    """
    pattern = re.sub(r"([\[\]*?\\])", r"\\\1", prefix) + ":*"
    async with answers():
        async for key in redis.scan_iter(match=pattern, count=1000):
            await redis.delete(key)

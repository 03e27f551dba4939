"""A lock: taken with a token, renewed while held, let go only by its own holder."""

import asyncio
import logging
from collections.abc import Callable

from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.stores.connect import answers

log = logging.getLogger(__name__)

LOCK_SECONDS = 8.0
RENEW_SECONDS = 2.0

# Taking it again with the same token succeeds: the answer to the first attempt may have been lost.
TAKE = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) return 1 end
return 0
"""
RENEW = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""
RELEASE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""


class Lock:
    """The lock under `key`, for the holder of `token`. All methods raise StoreUnavailable."""

    def __init__(self, redis: Redis, key: str, token: str, *, seconds: float = LOCK_SECONDS) -> None:
        self.key = key
        self.token = token
        self.milliseconds = int(seconds * 1000)
        self._redis = redis

    async def take(self) -> bool:
        """Try to have it; does not wait."""
        async with answers():
            return await self._runs(TAKE, self.milliseconds)

    async def wait(self, seconds: float, jitter: Callable[[float, float], float]) -> bool:
        """Try to have it for so long; whether it is ours."""
        try:
            async with asyncio.timeout(seconds) as patience:
                while not await self.take():
                    if patience.expired():  # a client library can swallow the cancellation, which comes once
                        return False
                    await asyncio.sleep(jitter(0.02, 0.1))
        except TimeoutError:
            return False
        return True

    async def renew(self) -> bool:
        """Keep it for its full time from now. False: it is not ours any more."""
        async with answers():
            return await self._runs(RENEW, self.milliseconds)

    async def release(self) -> None:
        """Let it go, if it is still ours."""
        async with answers():
            await self._runs(RELEASE)

    async def _runs(self, script: str, *more: int) -> bool:
        return bool(await self._redis.register_script(script)(keys=[self.key], args=[self.token, *more]))


async def let_go(lock: Lock, lane: str) -> None:
    """Release it; if Redis is away it expires by itself, and what was saved is saved."""
    try:
        await lock.release()
    except StoreUnavailable as error:
        log.warning("lock not released lane=%s error=%s", lane, error)

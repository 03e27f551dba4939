"""Sees to it that one booking is changed by one hand at a time, however many processes there are."""

import logging
from collections.abc import Callable
from random import uniform

from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.stores.keys import Keys
from bot.stores.lock import Lock

HELD_SECONDS = 90.0  # longer than looking at a booking, writing and looking again may take
WAIT_SECONDS = 20.0

log = logging.getLogger(__name__)


class RedisBookingLocks:
    """Implements `scheduling.ports.BookingLocks`. It is not renewed: whoever dies leaves it to lapse."""

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        *,
        held_seconds: float = HELD_SECONDS,
        wait_seconds: float = WAIT_SECONDS,
        jitter: Callable[[float, float], float] = uniform,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._held_seconds = held_seconds
        self._wait_seconds = wait_seconds
        self._jitter = jitter

    async def take(self, uid: str, holder: str) -> bool:
        """Have this booking to oneself; its holder may take it again. Raises StoreUnavailable."""
        return await self._lock(uid, holder).wait(self._wait_seconds, self._jitter)

    async def release(self, uid: str, holder: str) -> None:
        """Let it go, if it is still this holder's; it lapses by itself when Redis is away."""
        try:
            await self._lock(uid, holder).release()
        except StoreUnavailable as error:
            log.warning("lock of a booking not released: %s", error)

    def _lock(self, uid: str, holder: str) -> Lock:
        return Lock(self._redis, self._keys.booking_lock(uid), holder, seconds=self._held_seconds)

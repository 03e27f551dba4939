"""Which meeting a booking is of, on Redis, by the hash of its uid."""

from collections.abc import Sequence
from typing import cast

from redis.asyncio import Redis

from bot.stores.connect import answers
from bot.stores.keys import CHAIN_SECONDS, Keys


class RedisChains:
    """Implements `conversation.chains.Chains`. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def meeting(self, team: str, uid: str) -> str | None:
        """The meeting that this booking is of, where that is known."""
        async with answers():
            found = cast("bytes | None", await self._redis.get(self._keys.chain(team, uid)))
        return found.decode() if found else None

    async def remember(self, team: str, uids: Sequence[str], meeting: str) -> None:
        """These bookings are of this meeting."""
        async with answers():
            for uid in uids:
                await self._redis.set(self._keys.chain(team, uid), meeting, ex=CHAIN_SECONDS)

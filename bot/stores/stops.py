"""Who said stop in an agent session: a mark, for which whichever process works there looks meanwhile."""

from datetime import datetime

from redis.asyncio import Redis

from bot.conversation.sessions import SessionRef
from bot.stores.connect import answers
from bot.stores.keys import STOP_SECONDS, Keys


class RedisStops:
    """Implements `conversation.sessions.Stops`. Both raise StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def note(self, session: SessionRef, at: datetime) -> None:
        """Somebody said stop there."""
        async with answers():
            await self._redis.set(self._key(session), at.timestamp(), ex=STOP_SECONDS)

    async def is_said(self, session: SessionRef, since: datetime) -> bool:
        """Whether somebody said so there, not before then."""
        async with answers():
            said = await self._redis.get(self._key(session))
        return said is not None and float(said) >= since.timestamp()

    def _key(self, session: SessionRef) -> str:
        return self._keys.stop(session.team, session.channel, session.root)

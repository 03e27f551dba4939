"""How far each calendar was looked through for what webhooks have missed, on Redis."""

from datetime import datetime
from typing import cast

from redis.asyncio import Redis

from bot.scheduling.model import CalendarRef
from bot.stores.connect import answers
from bot.stores.keys import MARK_SECONDS, Keys


class RedisMarks:
    """Implements `conversation.rounds.Marks`. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys

    async def reached(self, team: str, calendar: CalendarRef) -> datetime | None:
        """What changed until then has been told."""
        async with answers():
            found = cast("bytes | None", await self._redis.get(self._key(team, calendar)))
        return datetime.fromisoformat(found.decode()) if found else None

    async def reach(self, team: str, calendar: CalendarRef, at: datetime) -> None:
        """It has been, until then."""
        async with answers():
            await self._redis.set(self._key(team, calendar), at.isoformat(), ex=MARK_SECONDS)

    def _key(self, team: str, calendar: CalendarRef) -> str:
        return self._keys.mark(team, calendar.person, calendar.account)

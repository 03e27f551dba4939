"""What people's pages showed last, on Redis: sealed, and forgotten as talks are."""

import logging
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.visits import Snapshot
from bot.stores.codec import Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import DAY, Keys
from bot.stores.packing import packed, unpacked

log = logging.getLogger(__name__)


class RedisSnapshots:
    """Implements `conversation.ports.Snapshots`. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec

    async def of(self, team: str, person: str) -> Snapshot | None:
        """What was kept last; None: nothing, or nothing that can be read, for it is made anew at once."""
        key = self._keys.snapshot(team, person)
        async with answers():
            raw = cast("bytes | None", await self._redis.get(key))
        try:
            return Snapshot.model_validate_json(unpacked(self._codec.open(raw, key))) if raw else None
        except (Unreadable, ValidationError, ValueError) as error:
            log.info("page unreadable team=%s person=%s error=%s", team, person, type(error).__name__)
            return None

    async def keep(self, snapshot: Snapshot, days: int) -> None:
        """In the place of the former one, for so long."""
        key = self._keys.snapshot(snapshot.team, snapshot.who.id)
        sealed = self._codec.seal(packed(snapshot.model_dump_json().encode()), key)
        async with answers():
            await self._redis.set(key, sealed, ex=days * DAY)

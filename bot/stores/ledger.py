"""Who makes which write, noted before it is made, so that its webhook is not announced to its own maker."""

from typing import cast

from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import LEDGER_SECONDS, Keys


class RedisWriteLedger:
    """Implements `conversation.ports.WriteLedger`; forgets after a day. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec

    async def note(self, reference: str, person_id: str) -> None:
        """Say that this person is about to make this write."""
        key = self._keys.ledger(reference)
        async with answers():
            await self._redis.set(key, self._codec.seal(person_id.encode(), key), ex=LEDGER_SECONDS)

    async def author(self, reference: str) -> str | None:
        """The Slack id of the person who made it through us; None also where the note cannot be read."""
        key = self._keys.ledger(reference)
        async with answers():
            sealed = cast("bytes | None", await self._redis.get(key))
        try:
            return self._codec.open(sealed, key).decode() if sealed is not None else None
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        except Unreadable:  # the worst that follows is one DM too many
            return None

    async def forget(self, reference: str) -> None:
        """Its news has been told; later news of the same reference is somebody else's doing."""
        async with answers():
            await self._redis.delete(self._keys.ledger(reference))

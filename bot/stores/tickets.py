"""Single-use notes on Redis: sealed, bound to their names, which stand there as hashes; taken by GETDEL."""

from typing import cast

from redis.asyncio import Redis

from bot.accounts.ports import Note
from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import Keys


class RedisTickets:
    """Implements `accounts.ports.Tickets`. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec

    async def put(self, kind: Note, ticket: str, note: bytes, seconds: int) -> None:
        """Keep it for so long; under a name that is there already, in its place."""
        key = self._keys.ticket(kind, ticket)
        async with answers():
            await self._redis.set(key, self._codec.seal(note, key), ex=seconds)

    async def take(self, kind: Note, ticket: str) -> bytes | None:
        """Have it, once. When the answer is lost on the way it is gone: nobody has it twice."""
        key = self._keys.ticket(kind, ticket)
        async with answers():
            raw = cast("bytes | None", await self._redis.getdel(key))
        try:
            return None if raw is None else self._codec.open(raw, key)
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        except Unreadable:
            return None

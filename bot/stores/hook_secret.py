"""The secret of all webhooks that the bot makes by itself, on Redis: made once, for all processes."""

from collections.abc import Callable
from secrets import token_hex
from typing import cast

from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import Keys


class RedisHookSecret:
    """Raises StoreUnavailable. What does not open any more is replaced: the next round mends the hooks."""

    def __init__(
        self, redis: Redis, keys: Keys, codec: Codec, new_secret: Callable[[], str] = token_hex
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._new_secret = new_secret
        self._known: str | None = None

    async def __call__(self) -> str:
        """The secret."""
        if self._known is None:
            self._known = await self._kept() or await self._made()
        return self._known

    def look_again(self) -> None:
        """All that was kept is gone."""
        self._known = None

    async def _kept(self) -> str | None:
        key = self._keys.hook_secret()
        async with answers():
            sealed = cast("bytes | None", await self._redis.get(key))
        try:
            return self._codec.open(sealed, key).decode() if sealed else None
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        except Unreadable:
            async with answers():
                await self._redis.delete(key)
            return None

    async def _made(self) -> str:
        """Of several that are made at once, the first is everybody's."""
        key = self._keys.hook_secret()
        async with answers():
            await self._redis.set(key, self._codec.seal(self._new_secret().encode(), key), nx=True)
        found = await self._kept()
        if found is None:
            raise StoreUnavailable("the webhooks' secret cannot be kept")
        return found

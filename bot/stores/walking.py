"""Walks through all that is kept: keys that fit a pattern, and works wherever they lie."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.turns import Work
from bot.stores.codec import Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.items import WORK, opened
from bot.stores.keys import VERSION, Keys
from bot.stores.later import DUE_DIGITS

AT_A_TIME = 500


@dataclass(frozen=True)
class Kept:
    """A work under a key: `item` of a list, or of the works for later, there under `field`."""

    key: str
    item: bytes
    work: Work
    field: str = ""


class Walk:
    """Through what this Redis keeps under a prefix. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec

    async def keys(self, pattern: str) -> AsyncIterator[str]:
        """The names of keys that fit, after prefix and version; each at least once."""
        head = re.sub(r"([\[\]*?\\])", r"\\\1", f"{self._keys.prefix}:{VERSION}:")
        async with answers():
            async for key in self._redis.scan_iter(match=head + pattern, count=AT_A_TIME):
                yield key.decode()

    async def fields(self, key: str) -> AsyncIterator[tuple[str, bytes]]:
        """The fields of a hash, and their values."""
        async with answers():
            async for field, value in self._redis.hscan_iter(key, count=AT_A_TIME):
                yield field.decode(), value

    async def items(self, key: str) -> list[bytes]:
        """The items of a list."""
        async with answers():
            return cast("list[bytes]", await self._redis.lrange(key, 0, -1))

    async def entries(
        self, stream: str, after: bytes = b""
    ) -> AsyncIterator[tuple[bytes, dict[bytes, bytes]]]:
        """The entries of a stream, from the oldest on, or from the one after this, by their ids."""
        start = f"({after.decode()}" if after else "-"
        while True:
            async with answers():
                answer = await self._redis.xrange(stream, min=start, count=AT_A_TIME)
            found = cast("list[tuple[bytes, dict[bytes, bytes]]]", answer)
            for one in found:
                yield one
            if len(found) < AT_A_TIME:
                return
            start = f"({found[-1][0].decode()}"

    async def works(self, is_meant: Callable[[Work], bool]) -> AsyncIterator[Kept]:
        """Works that wait, that were given up and that are for later; what cannot be read is left out."""
        for pattern in ("*}:inbox", "*}:dead"):
            async for key in self.keys(pattern):
                inbox = f"{key.rpartition(':')[0]}:inbox"
                for item in await self.items(key):
                    work = self._opened(item, inbox)
                    if work and is_meant(work):
                        yield Kept(key, item, work)
        key = self._keys.later_works()
        async for field, value in self.fields(key):
            work = self._due(key, field, value)
            if work and is_meant(work):
                yield Kept(key, value, work, field)

    def _opened(self, item: bytes, inbox: str) -> Work | None:
        try:
            return opened(item, inbox, self._codec)
        except (Unreadable, ValidationError):
            return None

    def _due(self, key: str, field: str, value: bytes) -> Work | None:
        try:
            return WORK.validate_json(self._codec.open(value[DUE_DIGITS:], f"{key}:{field}"))
        except (Unreadable, ValidationError):
            return None

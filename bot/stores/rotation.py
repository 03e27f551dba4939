"""Seals all that is kept with the first key, so that the others can be taken away.

Each value is put in the place of the very value that was read: what somebody changed meanwhile they sealed
with the first key. What a process may hold in its hands, works that wait, is left alone and counted: they are
done within seconds, or given up within minutes.
"""

from dataclasses import dataclass
from typing import Any, cast

from redis.asyncio import Redis

from bot.conversation.ports import LockLost
from bot.stores.accounts import RedisAccounts
from bot.stores.codec import ENVELOPE, PLAIN, SEALED, Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.items import ID_CHARACTERS, id_of
from bot.stores.keys import Keys, lane_in
from bot.stores.later import DUE_DIGITS
from bot.stores.walking import Walk

LAYOUTS = (PLAIN, SEALED, ENVELOPE)
STRINGS = ("*}:state", "ledger:*", "ticket:*", "hook-secret", "team:*:rules", "team:*:page:*")
HASHES = {
    "installations:*:all": 0,
    "later:*:works": DUE_DIGITS,  # what stands before it
    "team:*:preferences": 0,
}

SWAP = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
"""
SWAP_FIELD = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
SWAP_ITEM = """
for place = 0, redis.call('LLEN', KEYS[1]) - 1 do
  if redis.call('LINDEX', KEYS[1], place) == ARGV[1] then
    redis.call('LSET', KEYS[1], place, ARGV[2])
    return 1
  end
end
return 0
"""
# The audit log as a whole, entry by entry under their own times, unless somebody has added to it meanwhile.
# KEYS: the log, its copy. ARGV: the last entry that was copied.
SWAP_STREAM = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if not last[1] or last[1][1] ~= ARGV[1] then return 0 end
local left = redis.call('PTTL', KEYS[1])
redis.call('RENAME', KEYS[2], KEYS[1])
if left > 0 then redis.call('PEXPIRE', KEYS[1], left) end
return 1
"""
COPY_SECONDS = 3600  # a copy that nobody finishes


@dataclass
class Rotated:
    """How many values are sealed anew, do not open, and are in use just now, sealed with another key."""

    renewed: int = 0
    unreadable: int = 0
    waiting: int = 0


class Rotation:
    """Once through all that is kept. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._walk = Walk(redis, keys, codec)
        self._accounts = RedisAccounts(redis, keys, codec)
        self._swap = redis.register_script(SWAP)
        self._swap_field = redis.register_script(SWAP_FIELD)
        self._swap_item = redis.register_script(SWAP_ITEM)
        self._swap_stream = redis.register_script(SWAP_STREAM)
        self._done = Rotated()

    async def rotate(self) -> Rotated:
        """Do it; what came of it."""
        self._done = Rotated()
        for pattern in STRINGS:
            async for key in self._walk.keys(pattern):
                await self._string(key)
        for pattern, skipped in HASHES.items():
            async for key in self._walk.keys(pattern):
                await self._hash(key, skipped)
        await self._lists()
        async for key in self._walk.keys("audit:*:log"):
            await self._stream(key)
        async for key in self._walk.keys("team:*:people"):
            await self._people(key)
        return self._done

    async def _string(self, key: str) -> None:
        async with answers():
            raw = await self._redis.get(key)
        renewed = self._renewed(raw, key) if isinstance(raw, bytes) else None
        if renewed:
            async with answers():
                self._done.renewed += await self._swap(keys=[key], args=[cast("bytes", raw), renewed])

    async def _hash(self, key: str, skipped: int) -> None:
        async for name, value in self._walk.fields(key):
            renewed = self._renewed(value[skipped:], f"{key}:{name}")
            if renewed:
                args: list[str | bytes | int] = [name, value, value[:skipped] + renewed]
                async with answers():
                    self._done.renewed += await self._swap_field(keys=[key], args=args)

    async def _people(self, key: str) -> None:
        async for person, value in self._walk.fields(key):
            if not self._codec.is_current(value):
                try:
                    self._done.renewed += await self._accounts.renew(lane_in(key), person)
                except Unreadable:
                    self._done.unreadable += 1
                except LockLost:  # somebody connects, or has their token refreshed
                    self._done.waiting += 1

    async def _lists(self) -> None:
        async for key in self._walk.keys("*}:aside"):
            for item in await self._walk.items(key):  # some of them do not open: why they are there
                await self._item(key, item, 0, f"{key.removesuffix('aside')}state", counts=False)
        async for key in self._walk.keys("*}:dead"):
            for item in await self._walk.items(key):
                await self._item(key, item, ID_CHARACTERS, f"{key.removesuffix('dead')}inbox:{id_of(item)}")
        async for key in self._walk.keys("*}:inbox"):
            items = await self._walk.items(key)
            self._done.waiting += sum(not self._codec.is_current(item[ID_CHARACTERS:]) for item in items)

    async def _item(self, key: str, item: bytes, skipped: int, bound_to: str, *, counts: bool = True) -> None:
        renewed = self._renewed(item[skipped:], bound_to, counts=counts)
        if renewed:
            async with answers():
                self._done.renewed += await self._swap_item(keys=[key], args=[item, item[:skipped] + renewed])

    async def _stream(self, key: str) -> None:
        """A stream's entries cannot be changed: it is written anew beside it, and put in its place."""
        if not await self._is_old(key):
            return
        copy, last, count = f"{key}:copy", b"", 0
        await self._forget(copy)
        while True:
            async for entry_id, fields in self._walk.entries(key, after=last):
                count += self._renew_entry(key, fields)
                last = entry_id
                await self._append(copy, entry_id, fields)
            if not last or await self._is_swapped(key, copy, last):
                break
        self._done.renewed += count

    async def _forget(self, copy: str) -> None:
        async with answers():
            await self._redis.unlink(copy)

    async def _append(self, copy: str, entry_id: bytes, fields: dict[bytes, bytes]) -> None:
        pipe = self._redis.pipeline(transaction=False)
        pipe.xadd(copy, cast("Any", fields), id=entry_id)
        pipe.expire(copy, COPY_SECONDS)
        async with answers():
            await pipe.execute()

    async def _is_old(self, key: str) -> bool:
        """Whether an entry is sealed with another key."""
        async for _, fields in self._walk.entries(key):
            if not self._codec.is_current(fields.get(b"entry", b"")):
                return True
        return False

    async def _is_swapped(self, key: str, copy: str, last: bytes) -> bool:
        async with answers():
            return bool(await self._swap_stream(keys=[key, copy], args=[last]))

    def _renew_entry(self, key: str, fields: dict[bytes, bytes]) -> int:
        bound_to = f"{key}:{fields.get(b'of', b'').decode('ascii', 'replace')}"
        renewed = self._renewed(fields.get(b"entry", b""), bound_to)
        if renewed:
            fields[b"entry"] = renewed
        return int(renewed is not None)

    def _renewed(self, raw: bytes, bound_to: str, *, counts: bool = True) -> bytes | None:
        """None where it is well as it is, or cannot be read."""
        if raw[:1] not in LAYOUTS:
            return None
        try:
            return self._codec.renewed(raw, bound_to)
        except Unreadable:
            self._done.unreadable += counts
            return None

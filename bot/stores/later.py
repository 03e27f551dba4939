"""Works for later on Redis: kept, sealed, until their time has come and they were put into their lanes.

They share one place on a cluster, whatever their lanes, so that the next one due is found in one look. Moving
one to its lane is hence two steps: it is put there, then struck off here. Who dies in between leaves it to be
put once more; `handled` sees to it that it is done once.
"""

import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from secrets import token_hex
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.turns import Work
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.items import WORK
from bot.stores.keys import DAY, LATER_SECONDS, Keys
from bot.stores.lock import LOCK_SECONDS, Lock

log = logging.getLogger(__name__)

AT_A_TIME = 100
DUE_DIGITS = 15  # an item is when it is due, in milliseconds of Unix time, then the sealed work
PUT_OFF_SECONDS = 60.0  # what this process cannot read, another one may
KEPT_UNREAD = DAY * 1000  # milliseconds

PUT = """
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
local kept = tonumber(ARGV[4]) + math.max(0, math.ceil(ARGV[1] / 1000 - redis.call('TIME')[1]))
for _, key in ipairs(KEYS) do
  if redis.call('TTL', key) < kept then redis.call('EXPIRE', key, kept) end
end
return 1
"""
DUE = """
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  local item = redis.call('HGET', KEYS[2], id)
  if item then
    table.insert(found, id)
    table.insert(found, item)
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
return found
"""
# Only as it was read: put again meanwhile, it is for another time.
STRIKE = """
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
"""
CANCEL = """
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
"""


class RedisLater:
    """Implements `conversation.ports.Later` and `jobs.ports.DueWorks`. All of it raises StoreUnavailable."""

    def __init__(
        self, redis: Redis, keys: Keys, codec: Codec, *, new_token: Callable[[], str] = token_hex
    ) -> None:
        self._redis = redis
        self._keys = [keys.later_due(), keys.later_works()]
        self._lock = keys.later_lock()
        self._codec = codec
        self._new_token = new_token
        self._put = redis.register_script(PUT)
        self._due = redis.register_script(DUE)
        self._strike = redis.register_script(STRIKE)
        self._cancel = redis.register_script(CANCEL)

    async def put(self, work: Work, at: datetime) -> None:
        """Keep it until then; under an id that is kept already, in its place."""
        due = _milliseconds(at)
        sealed = self._codec.seal(WORK.dump_json(work), self._bound(work.id))
        async with answers():
            await self._put(keys=self._keys, args=[due, work.id, _written(due) + sealed, LATER_SECONDS])

    async def cancel(self, work_id: str) -> bool:
        """Forget it, if it has not been put into its lane yet; whether it had not."""
        async with answers():
            return bool(await self._cancel(keys=self._keys, args=[work_id]))

    async def due(self, now: datetime) -> tuple[tuple[bytes, Work], ...]:
        """Works whose time has come (item, work), the first due first, a hundred at most. They stay."""
        asked = _milliseconds(now)
        async with answers():
            found = cast("list[bytes]", await self._due(keys=self._keys, args=[asked, AT_A_TIME]))
        works = [(item, await self._read(one.decode(), item, asked)) for one, item in _pairs(found)]
        return tuple((item, work) for item, work in works if work)

    async def strike(self, item: bytes, work: Work) -> None:
        """It stands in its lane: forget it, unless it was put here again meanwhile."""
        async with answers():
            await self._strike(keys=self._keys, args=[work.id, item])

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """Whether nobody else moves what is due meanwhile: works then come into their lanes in order."""
        lock = Lock(self._redis, self._lock, self._new_token(), seconds=LOCK_SECONDS)
        is_ours = await lock.take()
        try:
            yield is_ours
        finally:
            if is_ours:
                await lock.release()

    async def count(self) -> int:
        """How many wait for their time."""
        async with answers():
            return int(await self._redis.zcard(self._keys[0]))

    async def _read(self, work_id: str, item: bytes, now: int) -> Work | None:
        try:
            data = self._codec.open(item[DUE_DIGITS:], self._bound(work_id))
            return WORK.validate_json(data)
        except (Unreadable, ValidationError) as error:
            await self._put_off(work_id, item, now, type(error))
            return None

    async def _put_off(self, work_id: str, item: bytes, now: int, why: type[Exception]) -> None:
        """A newer version, or one with the key, may read it; what nobody reads for a day is dropped."""
        is_late = now - int(item[:DUE_DIGITS]) > KEPT_UNREAD and why is not UnknownKey
        log.error("work for later unreadable id=%s dropped=%s error=%s", work_id, is_late, why.__name__)
        async with answers():
            if is_late:
                await self._strike(keys=self._keys, args=[work_id, item])
            else:
                await self._redis.zadd(self._keys[0], {work_id: now + PUT_OFF_SECONDS * 1000}, xx=True)

    def _bound(self, work_id: str) -> str:
        return f"{self._keys[1]}:{work_id}"


def _pairs(flat: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _milliseconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp() * 1000)


def _written(due: int) -> bytes:
    return b"%0*d" % (DUE_DIGITS, due)

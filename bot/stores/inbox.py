"""Work that waits, lane by lane, on Redis: what Slack was told is accepted is here until it is done."""

import logging
from collections.abc import Callable
from secrets import token_hex
from typing import NamedTuple, cast

from pydantic import TypeAdapter, ValidationError
from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.conversation.turns import Work
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import DEAD_KEPT, DEAD_SECONDS, WORK_SECONDS, Keys

log = logging.getLogger(__name__)

ID_CHARACTERS = 16  # an item is its id, then the sealed work
REFERENCE_CHARACTERS = 8
EMPTY_SECONDS = 60  # an empty lane is forgotten so long after its last arrival; putting takes under two

WORK: TypeAdapter[Work] = TypeAdapter(Work)

# Redis's own clock: one for all machines.
ANNOUNCE = "return redis.call('ZADD', KEYS[1], redis.call('TIME')[1], ARGV[1])"
ADD = "redis.call('RPUSH', KEYS[1], ARGV[1]) return redis.call('EXPIRE', KEYS[1], ARGV[2])"
TAKE = f"""
local item = redis.call('LINDEX', KEYS[1], 0)
if not item then return false end
local tries = redis.call('HINCRBY', KEYS[2], string.sub(item, 1, {ID_CHARACTERS}), 1)
redis.call('EXPIRE', KEYS[2], ARGV[1])
return {{item, tries}}
"""
REMOVE = f"""
redis.call('HDEL', KEYS[2], string.sub(ARGV[1], 1, {ID_CHARACTERS}))
return redis.call('LREM', KEYS[1], 1, ARGV[1])
"""
BURY = f"""
redis.call('HDEL', KEYS[2], string.sub(ARGV[1], 1, {ID_CHARACTERS}))
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('LTRIM', KEYS[3], -{DEAD_KEPT}, -1)
redis.call('EXPIRE', KEYS[3], {DEAD_SECONDS})
return 1
"""
FORGET = """
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or redis.call('TIME')[1] - score < tonumber(ARGV[2]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
"""


class Taken(NamedTuple):
    """The oldest work of a lane. `tries` counts this one; `work` is None where it cannot be read."""

    item: bytes
    tries: int
    work: Work | None


class RedisInbox:
    """Implements `jobs.ports.Inbox`. All of it raises StoreUnavailable when Redis does not answer or refuses.

    The lane is announced in one step and the work kept in the next (on a cluster they live in different
    places), in this order: work that is kept is always announced.
    """

    def __init__(
        self, redis: Redis, keys: Keys, codec: Codec, *, new_id: Callable[[int], str] = token_hex
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._new_id = new_id
        self._announce = redis.register_script(ANNOUNCE)
        self._add = redis.register_script(ADD)
        self._take = redis.register_script(TAKE)
        self._remove = redis.register_script(REMOVE)
        self._bury = redis.register_script(BURY)
        self._forget = redis.register_script(FORGET)

    async def add(self, lane: str, work: Work) -> None:
        """Keep work at the end of its lane. When this returns, Redis has it."""
        item = self._sealed(lane, work)
        async with answers():
            await self._announce(keys=[self._keys.lanes()], args=[lane])
            await self._add(keys=[self._keys.inbox(lane)], args=[item, WORK_SECONDS])

    async def take(self, lane: str) -> Taken | None:
        """The oldest work of the lane, which stays there; counts as one more try. None: nothing waits."""
        keys = [self._keys.inbox(lane), self._keys.tries(lane)]
        async with answers():
            found = await self._take(keys=keys, args=[WORK_SECONDS])
        if found is None:
            return None
        item, tries = found
        return Taken(item, int(tries), self._read(lane, item))

    async def remove(self, lane: str, item: bytes) -> None:
        """It is done. Harmless when it is gone already."""
        async with answers():
            await self._remove(keys=[self._keys.inbox(lane), self._keys.tries(lane)], args=[item])

    async def bury(self, lane: str, item: bytes) -> bool:
        """Move it out of the way, to be looked at by people. False: it was not waiting any more."""
        keys = [self._keys.inbox(lane), self._keys.tries(lane), self._keys.dead(lane)]
        async with answers():
            return bool(await self._bury(keys=keys, args=[item]))

    def reference(self, item: bytes) -> str:
        """A short name for an item, for people and logs."""
        return item[:REFERENCE_CHARACTERS].decode("ascii", "replace")

    async def has_work(self, lane: str) -> bool:
        """Whether anything waits in the lane."""
        async with answers():
            return bool(await self._redis.llen(self._keys.inbox(lane)))

    async def lanes_waiting(self) -> tuple[str, ...]:
        """Lanes that have work, longest waiting first; those long empty are forgotten on the way."""
        async with answers():
            names = cast("list[bytes]", await self._redis.zrange(self._keys.lanes(), 0, -1))
            lanes = [name.decode() for name in names]
            waiting = await self._lengths(lanes)
            for lane, length in zip(lanes, waiting, strict=True):
                if not length:
                    await self._forget(keys=[self._keys.lanes()], args=[lane, EMPTY_SECONDS])
        return tuple(lane for lane, length in zip(lanes, waiting, strict=True) if length)

    async def _lengths(self, lanes: list[str]) -> list[int]:
        pipe = self._redis.pipeline(transaction=False)
        for lane in lanes:
            pipe.llen(self._keys.inbox(lane))
        return [int(length) for length in await pipe.execute()]

    def _sealed(self, lane: str, work: Work) -> bytes:
        item_id = self._new_id(ID_CHARACTERS // 2)
        data = WORK.dump_json(work)
        return item_id.encode("ascii") + self._codec.seal(data, f"{self._keys.inbox(lane)}:{item_id}")

    def _read(self, lane: str, item: bytes) -> Work | None:
        item_id = item[:ID_CHARACTERS].decode("ascii", "replace")
        try:
            data = self._codec.open(item[ID_CHARACTERS:], f"{self._keys.inbox(lane)}:{item_id}")
            return WORK.validate_json(data)
        except UnknownKey as error:  # another worker can read it: nothing of it may be given up here
            raise StoreUnavailable(str(error)) from error
        except (Unreadable, ValidationError) as error:
            log.error("work unreadable lane=%s reference=%s error=%s", lane, item_id, type(error).__name__)
            return None

"""Works that were given up, kept for people: listed, tried again, or dropped.

A lane's dead stand beside its inbox, so that a work moves between the two in one step on a cluster as well.
Which lanes have any stands in one sorted set, written before the first of them is buried: what is dead is
always in its sight. A search through all keys would find them, too, but has to walk through every thread on
every master.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from redis.asyncio import Redis

from bot.stores.connect import answers
from bot.stores.items import ID_CHARACTERS
from bot.stores.keys import DEAD_KEPT, DEAD_SECONDS, WORK_SECONDS, Keys

LONGEST_WHY = 600  # characters
A_WHILE = 10.0  # seconds; a lane that has waited so long is looked at next

# In one go with the note of why; of more than are kept, the oldest go.
BURY = f"""
local id = string.sub(ARGV[1], 1, {ID_CHARACTERS})
local tries = redis.call('HGET', KEYS[2], id)
redis.call('HDEL', KEYS[2], id)
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
local note = {{at = tonumber(redis.call('TIME')[1]), tries = tonumber(tries or 0), why = ARGV[2]}}
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('HSET', KEYS[4], id, cjson.encode(note))
while redis.call('LLEN', KEYS[3]) > {DEAD_KEPT} do
  redis.call('HDEL', KEYS[4], string.sub(redis.call('LPOP', KEYS[3]), 1, {ID_CHARACTERS}))
end
redis.call('EXPIRE', KEYS[3], {DEAD_SECONDS})
redis.call('EXPIRE', KEYS[4], {DEAD_SECONDS})
return 1
"""
# Back into the inbox when that is given, else gone. Its tries begin anew.
DIG_OUT = f"""
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
redis.call('HDEL', KEYS[2], string.sub(ARGV[1], 1, {ID_CHARACTERS}))
if ARGV[2] == 'retry' then
  redis.call('RPUSH', KEYS[3], ARGV[1])
  redis.call('EXPIRE', KEYS[3], {WORK_SECONDS})
end
return 1
"""
ANNOUNCE = f"""
local now = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - {DEAD_SECONDS} - 60)
return redis.call('EXPIRE', KEYS[1], {DEAD_SECONDS} + 60)
"""
# Not one that was announced just now: its first is about to be buried.
FORGET = """
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not at or redis.call('TIME')[1] - at < 60 then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
"""


class Dead(NamedTuple):
    """A work that was given up: when, after how many tries, and what kind of error it was."""

    lane: str
    item: bytes
    at: datetime | None
    tries: int
    why: str


class RedisDead:
    """Where works lie that were given up. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, *, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock
        self._keys = keys
        self._bury = redis.register_script(BURY)
        self._dig_out = redis.register_script(DIG_OUT)
        self._announce = redis.register_script(ANNOUNCE)
        self._forget = redis.register_script(FORGET)

    async def bury(self, lane: str, item: bytes, why: str) -> bool:
        """Move it out of its inbox. `why` holds kinds of errors, no data. False: it did not wait any more."""
        keys = self._keys
        of_lane = [keys.inbox(lane), keys.tries(lane), keys.dead(lane), keys.why(lane)]
        async with answers():
            await self._announce(keys=[keys.dead_lanes()], args=[lane])
            return bool(await self._bury(keys=of_lane, args=[item, why[:LONGEST_WHY]]))

    async def retry(self, one: Dead) -> bool:
        """Let it wait once more, at the end of its lane. False: somebody was faster, or it is forgotten.

        Whoever looks around for lanes that were left finds it within seconds. Each time it is announced at a
        moment of its own: whoever has just found the lane empty must not forget it now.
        """
        async with answers():
            await self._redis.zadd(self._keys.lanes(), {one.lane: self._clock() - A_WHILE})
            return bool(await self._dig_out(keys=self._of(one.lane), args=[one.item, "retry"]))

    async def drop(self, one: Dead) -> bool:
        """Forget it. False: somebody was faster."""
        async with answers():
            return bool(await self._dig_out(keys=self._of(one.lane), args=[one.item, "drop"]))

    async def all(self) -> tuple[Dead, ...]:
        """All of them, by lane, those given up first come first. Lanes that have none are forgotten."""
        found: list[Dead] = []
        async with answers():
            names = cast("list[bytes]", await self._redis.zrange(self._keys.dead_lanes(), 0, -1))
            for name in names:
                dead = await self._in(name.decode())
                found += dead
                if not dead:
                    await self._forget(keys=[self._keys.dead_lanes()], args=[name])
        return tuple(found)

    async def _in(self, lane: str) -> list[Dead]:
        items = cast("list[bytes]", await self._redis.lrange(self._keys.dead(lane), 0, -1))
        if not items:
            return []
        ids = [item[:ID_CHARACTERS] for item in items]
        notes = cast("list[bytes | None]", await self._redis.hmget(self._keys.why(lane), ids))
        return [_dead(lane, item, note) for item, note in zip(items, notes, strict=True)]

    def _of(self, lane: str) -> list[str]:
        return [self._keys.dead(lane), self._keys.why(lane), self._keys.inbox(lane)]


def _dead(lane: str, item: bytes, note: bytes | None) -> Dead:
    said: dict[str, Any] = json.loads(note) if note else {}
    at = datetime.fromtimestamp(said["at"], UTC) if said else None
    return Dead(lane, item, at, said.get("tries", 0), said.get("why", ""))

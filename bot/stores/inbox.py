"""Work that waits, lane by lane, on Redis: what Slack was told is accepted is here until it is done."""

import logging
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import NamedTuple, cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.conversation.turns import Work
from bot.stores.batches import Question, of_each
from bot.stores.claims import Claim, Renewal, claiming
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.dead import RedisDead
from bot.stores.items import ID_CHARACTERS, id_of, opened, reference_of, sealed
from bot.stores.keys import WORK_SECONDS, Keys
from bot.stores.lock import RENEW_SECONDS, Lock, let_go

log = logging.getLogger(__name__)

NOTHING, HELD_BY_ANOTHER = 0, 1

# Strikes what is done, whoever holds the lane. If we do, stores the thread as it was left. Then, unless
# others hold the lane or no more is wanted, holds it and begins the oldest that waits. The thread comes along
# unless it is certain that the lane was ours all the time: it may be another one now. A step that strikes
# nothing may be one that is sent again because its answer was lost, and the first may have taken the lane
# anew, after an heir.
NEXT = f"""
local struck = 0
if ARGV[4] ~= '' then
  redis.call('HDEL', KEYS[3], string.sub(ARGV[4], 1, {ID_CHARACTERS}))
  struck = redis.call('LREM', KEYS[2], 1, ARGV[4])
end
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {HELD_BY_ANOTHER} end
local is_kept = holder and struck == 1
if is_kept and ARGV[5] ~= '' then redis.call('SET', KEYS[4], ARGV[5], 'EX', ARGV[6]) end
local item = ARGV[7] == '1' and redis.call('LINDEX', KEYS[2], 0)
if not item then
  if holder then redis.call('DEL', KEYS[1]) end
  return {NOTHING}
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local tries = redis.call('HINCRBY', KEYS[3], string.sub(item, 1, {ID_CHARACTERS}), 1)
if tries == 1 then redis.call('EXPIRE', KEYS[3], ARGV[3]) end
if is_kept then return {{item, tries}} end
return {{item, tries, redis.call('GET', KEYS[4])}}
"""
FORGET = """
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0) ~= tonumber(ARGV[2]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
"""


class Taken(NamedTuple):
    """The oldest work of a lane. `tries` counts this one; `work` is None where it cannot be read."""

    item: bytes
    tries: int
    work: Work | None


class RedisInbox:
    """Implements `jobs.ports.Inbox`. All of it raises StoreUnavailable when Redis does not answer or refuses.

    A lane is announced and its work kept at once; work that is kept for good is always announced.
    """

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        codec: Codec,
        *,
        new_id: Callable[[int], str] = token_hex,
        clock: Callable[[], float] = time.time,
        renew_seconds: float = RENEW_SECONDS,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._new_id = new_id
        self._clock = clock
        self._renew_seconds = renew_seconds
        self._next = redis.register_script(NEXT)
        self._dead = RedisDead(redis, keys)
        self._forget = redis.register_script(FORGET)
        self._found_empty: dict[str, float] = {}  # lanes, by when they were announced

    async def add(self, lane: str, work: Work) -> None:
        """Keep work at the end of its lane. When this returns, Redis has it."""
        key = self._keys.inbox(lane)
        pipe = self._redis.pipeline(transaction=False)
        pipe.zadd(self._keys.lanes(), {lane: self._clock()})
        pipe.rpush(key, sealed(work, self._new_id(ID_CHARACTERS // 2), key, self._codec))
        pipe.expire(key, WORK_SECONDS)
        async with answers():
            await pipe.execute()

    @asynccontextmanager
    async def hold(self, lane: str) -> "AsyncIterator[RedisHold]":
        """Within the block the lane is ours from the first work taken; its thread opens without a lock."""
        lock = Lock(self._redis, self._keys.lock(lane), self._new_id(ID_CHARACTERS))
        hold = RedisHold(self, Claim(lane, lock), self._renew_seconds)
        try:
            with claiming(hold.claim):
                yield hold
        finally:
            await hold.end()

    async def step(self, claim: Claim, done: bytes, *, more: bool) -> Taken | None:
        """One step of a hold: strike what is done, begin the oldest that waits; None: nothing to be had."""
        keys, lane = self._keys, claim.lane
        async with answers():
            found = await self._next(
                keys=[claim.lock.key, keys.inbox(lane), keys.tries(lane), keys.state(lane)],
                args=[
                    claim.lock.token,
                    claim.lock.milliseconds,
                    WORK_SECONDS,
                    done,
                    claim.left,
                    claim.left_seconds,
                    int(more),
                ],
            )
        claim.left = b""
        if not isinstance(found, list):
            return None
        item, tries, *thread = found
        if thread:
            claim.know(thread[0])
        return Taken(item, int(tries), await self._opened(lane, item))

    async def bury(self, lane: str, item: bytes, why: str) -> bool:
        """Move it out of the way, to be looked at by people. False: it was not waiting any more."""
        return await self._dead.bury(lane, item, why)

    def reference(self, item: bytes) -> str:
        """A short name for an item of which nothing else is known, for people and logs."""
        return reference_of(item)

    async def has_work(self, lane: str) -> bool:
        """Whether anything waits in the lane."""
        async with answers():
            return bool(await self._redis.llen(self._keys.inbox(lane)))

    async def lanes_waiting(self) -> tuple[str, ...]:
        """Lanes that have work, longest waiting first."""
        lanes = [lane for lane, _ in await self._announced_before(math.inf)]
        lengths = await self._of_each(lanes, "llen", self._keys.inbox)
        return tuple(lane for lane, length in zip(lanes, lengths, strict=True) if length)

    async def lanes_left(self, *, for_seconds: float) -> tuple[str, ...]:
        """Lanes whose work has waited so long and that nobody holds. Lanes that stay empty are forgotten.

        One is forgotten when it is found empty twice, announced at the same moment: what is announced but not
        there yet comes within two seconds (`KEEP_SECONDS` of the queue), and looks lie further apart.
        """
        announced = await self._announced_before(self._clock() - for_seconds)
        lengths = await self._of_each([lane for lane, _ in announced], "llen", self._keys.inbox)
        both = list(zip(announced, lengths, strict=True))
        await self._forget_empty({lane: at for (lane, at), length in both if not length})
        full = [lane for (lane, _), length in both if length]
        held = await self._of_each(full, "exists", self._keys.lock)
        return tuple(lane for lane, is_held in zip(full, held, strict=True) if not is_held)

    async def _announced_before(self, moment: float) -> list[tuple[str, float]]:
        """Those of the future, too: whoever announced them has a fast clock, or ours was set back."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.zrangebyscore(self._keys.lanes(), "-inf", moment, withscores=True)
        pipe.zrangebyscore(self._keys.lanes(), f"({max(moment, self._clock())}", "+inf", withscores=True)
        async with answers():
            found = cast("list[list[tuple[bytes, float]]]", await pipe.execute())
        return [(name.decode(), at) for some in found for name, at in some]

    async def _of_each(self, lanes: list[str], question: Question, key: Callable[[str], str]) -> list[int]:
        async with answers():
            return await of_each(self._redis, question, lanes, key)

    async def _forget_empty(self, empty: dict[str, float]) -> None:
        twice = [(lane, at) for lane, at in empty.items() if self._found_empty.get(lane) == at]
        async with answers():
            for lane, at in twice:
                await self._forget(keys=[self._keys.lanes()], args=[lane, at])
        self._found_empty = empty

    async def _opened(self, lane: str, item: bytes) -> Work | None:
        """The work. Where another worker has the key to it this was no try: nothing of it may be given up."""
        try:
            return self._read(lane, item)
        except UnknownKey as error:
            async with answers():
                await self._redis.hincrby(self._keys.tries(lane), id_of(item), -1)
            raise StoreUnavailable(str(error)) from error

    def _read(self, lane: str, item: bytes) -> Work | None:
        try:
            return opened(item, self._keys.inbox(lane), self._codec)
        except UnknownKey:
            raise
        except (Unreadable, ValidationError) as error:
            log.error(
                "work unreadable lane=%s reference=%s error=%s", lane, id_of(item), type(error).__name__
            )
            return None


class RedisHold:
    """Implements `jobs.ports.Hold`: a lane that is ours, renewed in the background, until nothing waits."""

    def __init__(self, inbox: RedisInbox, claim: Claim, renew_seconds: float) -> None:
        self.claim = claim
        self._inbox = inbox
        self._renew_seconds = renew_seconds
        self._renewal: Renewal | None = None

    async def next(self, done: bytes = b"") -> Taken | None:
        """Strike what is done, and begin the oldest that waits. None: nothing does, or others see to it."""
        return await self._step(done, more=True)

    async def leave(self, done: bytes) -> None:
        """Strike what is done, and let the lane go, whatever waits."""
        await self._step(done, more=False)

    async def _step(self, done: bytes, *, more: bool) -> Taken | None:
        if self._renewal is None:
            self._renewal = Renewal(self.claim.lock, self.claim.lane, seconds=self._renew_seconds)
        taken = await self._inbox.step(self.claim, done, more=more)
        if taken is None:
            await self._let_go()
        return taken

    async def end(self) -> None:
        """Let the lane go, if it is still ours."""
        if self._renewal:
            await self._let_go()
            await let_go(self.claim.lock, self.claim.lane)

    async def _let_go(self) -> None:
        if self._renewal:
            await self._renewal.end()
        self._renewal = None

"""Threads in Redis: lock, then load; saved in one step, and only while the lock is still ours."""

import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from random import uniform
from secrets import token_hex
from typing import cast

from redis.asyncio import Redis

from bot.conversation.ports import LockLost, StoreUnavailable
from bot.conversation.state import ThreadState
from bot.stores.claims import claim_on
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.documents import EMPTY, Document, read_document, write_document
from bot.stores.held import WAIT_SECONDS, holding
from bot.stores.keys import ASIDE_SECONDS, Keys, usual_seconds
from bot.stores.lock import LOCK_SECONDS, RENEW_SECONDS, Lock

log = logging.getLogger(__name__)

ASIDE_KEPT = 5

# Both do nothing unless the lock still holds our token: whoever lost it must not write over its heir.
SAVE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
return 1
"""
SET_ASIDE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('RPUSH', KEYS[3], ARGV[2])
redis.call('LTRIM', KEYS[3], -ARGV[4], -1)
redis.call('EXPIRE', KEYS[3], ARGV[3])
redis.call('DEL', KEYS[2])
return 1
"""


class RedisThreadSession:
    """A thread's state while its lock is held."""

    def __init__(self, store: "RedisConversationStore", lane: str, lock: Lock, document: Document) -> None:
        self._store = store
        self._lane = lane
        self._lock = lock
        self._document = document

    @property
    def lane(self) -> str:
        """Whose state it is."""
        return self._lane

    @property
    def state(self) -> ThreadState:
        """As loaded, or as last saved."""
        return self._document.state

    async def save(self, state: ThreadState) -> None:
        """Keep it, in one transaction, while the lock is still ours. Raises LockLost, StoreUnavailable."""
        document = Document(state, self._document.strange)
        await self._store.write(self._lane, self._lock, document)
        self._document = document

    async def leave(self, state: ThreadState) -> None:
        """Keep it when the work is done; at once outside of a drain. Raises LockLost, StoreUnavailable."""
        claim = claim_on(self._lane)
        if claim is None:
            await self.save(state)
            return
        self._document = Document(state, self._document.strange)
        claim.leave(self._store.sealed(self._lane, self._document), self._store.seconds(self._lane, state))


class RedisConversationStore:
    """Keeps the state of each lane; implements `conversation.ports.ConversationStore`.

    A holder that dies is followed by the next one after at most `lock_seconds`. A thread that cannot be read
    is kept aside (`Keys.aside`), logged by its lane, and starts empty. A thread sealed with a key that this
    process does not have is left alone and reported as StoreUnavailable: the settings are wrong, not it.
    """

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        codec: Codec,
        *,
        lock_seconds: float = LOCK_SECONDS,
        renew_seconds: float = RENEW_SECONDS,
        wait_seconds: float = WAIT_SECONDS,
        new_token: Callable[[], str] = token_hex,
        jitter: Callable[[float, float], float] = uniform,
        kept_seconds: Callable[[str], int] = usual_seconds,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._lock_seconds = lock_seconds
        self._renew_seconds = renew_seconds
        self._wait_seconds = wait_seconds
        self._new_token = new_token
        self._jitter = jitter
        self._kept_seconds = kept_seconds
        self._clock = clock
        self._save = redis.register_script(SAVE)
        self._set_aside = redis.register_script(SET_ASIDE)

    @asynccontextmanager
    async def open(self, lane: str) -> AsyncIterator[RedisThreadSession]:
        """Lock, then load. A lane that is not known starts empty. Waits for the lock.

        Within a drain of the lane nothing is locked or loaded: both came with the work.
        Raises StoreUnavailable, or LockLost when the lock cannot be had in time.
        """
        if claim := claim_on(lane):
            raw = claim.raw if claim.is_known else await self._raw(lane)
            yield RedisThreadSession(self, lane, claim.lock, await self._read_or_keep(lane, raw, claim.lock))
            return
        lock = Lock(self._redis, self._keys.lock(lane), self._new_token(), seconds=self._lock_seconds)
        waits = {"wait_seconds": self._wait_seconds, "renew_seconds": self._renew_seconds}
        async with holding(lock, lane, **waits, jitter=self._jitter):
            raw = await self._raw(lane)
            yield RedisThreadSession(self, lane, lock, await self._read_or_keep(lane, raw, lock))

    async def peek(self, lane: str) -> ThreadState:
        """The state as it is, without the lock. Raises StoreUnavailable."""
        try:
            return self._read(lane, await self._raw(lane)).state
        except Unreadable:
            return EMPTY.state

    async def write(self, lane: str, lock: Lock, document: Document) -> None:
        """Keep a thread if this lock is still held. Raises LockLost, StoreUnavailable."""
        key = self._keys.state(lane)
        sealed = self.sealed(lane, document)
        with _as_known(lane, sealed):
            async with answers():
                args: list[str | bytes | int] = [lock.token, sealed, self.seconds(lane, document.state)]
                kept = await self._save(keys=[lock.key, key], args=args)
            if not kept:
                raise LockLost("somebody else works on this thread now")

    def seconds(self, lane: str, state: ThreadState) -> int:
        """How long a thread is kept from now on: as the rules say, or until what it is about is over."""
        usual = self._kept_seconds(lane)
        return max(usual, int(state.until.timestamp() - self._clock())) if state.until else usual

    def sealed(self, lane: str, document: Document) -> bytes:
        """A thread as it is stored."""
        return self._codec.seal(write_document(document.state, document.strange), self._keys.state(lane))

    async def _read_or_keep(self, lane: str, raw: bytes | None, lock: Lock) -> Document:
        try:
            return self._read(lane, raw)
        except Unreadable as error:
            log.error("thread unreadable, kept aside lane=%s reason=%s", lane, error)
            await self._keep_aside(lane, lock, raw or b"")
            return EMPTY

    async def _raw(self, lane: str) -> bytes | None:
        async with answers():
            return cast("bytes | None", await self._redis.get(self._keys.state(lane)))

    def _read(self, lane: str, raw: bytes | None) -> Document:
        if raw is None:
            return EMPTY
        try:
            document = read_document(self._codec.open(raw, self._keys.state(lane)))
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        if document.strangers:
            log.info("thread has entries of another version lane=%s count=%d", lane, document.strangers)
        return document

    async def _keep_aside(self, lane: str, lock: Lock, raw: bytes) -> None:
        keys = [lock.key, self._keys.state(lane), self._keys.aside(lane)]
        with _as_known(lane, None):
            async with answers():
                kept = await self._set_aside(keys=keys, args=[lock.token, raw, ASIDE_SECONDS, ASIDE_KEPT])
            if not kept:
                raise LockLost("somebody else works on this thread now")


@contextmanager
def _as_known(lane: str, raw: bytes | None) -> Iterator[None]:
    """What is written in the block is known afterwards to who has claimed the lane; in doubt if it fails."""
    claim = claim_on(lane)
    try:
        yield
    except BaseException:
        if claim:
            claim.doubt()
        raise
    if claim:
        claim.know(raw)

"""A lane that the current task has to itself: who opens its thread meanwhile needs no lock of their own."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.conversation.ports import StoreUnavailable
from bot.stores.lock import RENEW_SECONDS, Lock

log = logging.getLogger(__name__)


class Claim:
    """A lane's lock while it is ours, and the thread as Redis has it, where that is known."""

    def __init__(self, lane: str, lock: Lock) -> None:
        self.lane = lane
        self.lock = lock
        self.raw: bytes | None = None
        self.is_known = False
        self.left = b""  # the thread as it is to be stored with the next step; empty: as it is
        self.left_seconds = 0  # for how long

    def know(self, raw: bytes | None) -> None:
        """The thread is stored like this. None: nothing is."""
        self.raw, self.is_known, self.left = raw, True, b""

    def doubt(self) -> None:
        """Nobody can tell how the thread is stored now: it is to be read again."""
        self.raw, self.is_known, self.left = None, False, b""

    def leave(self, raw: bytes, seconds: int) -> None:
        """The thread is to be stored like this with the next step, for so long."""
        self.raw, self.is_known, self.left, self.left_seconds = raw, True, raw, seconds


_CLAIM: ContextVar[Claim | None] = ContextVar("claim", default=None)


def claim_on(lane: str) -> Claim | None:
    """The claim of the current task on this lane, if it has one."""
    claim = _CLAIM.get()
    return claim if claim is not None and claim.lane == lane else None


@contextmanager
def claiming(claim: Claim) -> Iterator[None]:
    """Within the block this claim is the current task's."""
    before = _CLAIM.set(claim)
    try:
        yield
    finally:
        _CLAIM.reset(before)


class Renewal:
    """Renews a lock now and then until it is ended. Nothing runs in between: most work is done sooner.

    What was lost shows at the next save. It may then be taken anew, and is renewed from there on.
    """

    def __init__(self, lock: Lock, lane: str, *, seconds: float = RENEW_SECONDS) -> None:
        self._lock = lock
        self._lane = lane
        self._seconds = seconds
        self._is_failing = False
        self._renewing: asyncio.Task[None] | None = None
        self._timer = self._set()

    async def end(self) -> None:
        """Renew no more. A renewal on its way is waited for: redis-py may swallow a cancellation."""
        self._timer.cancel()
        if self._renewing:
            await self._renewing
            self._timer.cancel()

    def _set(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._seconds, self._begin)

    def _begin(self) -> None:
        self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        try:
            trouble = "" if await self._lock.renew() else "lost"
        except StoreUnavailable as error:
            trouble = str(error)
        if trouble and not self._is_failing:  # once an outage
            log.warning("lock not renewed lane=%s error=%s", self._lane, trouble)
        self._is_failing = bool(trouble)
        self._timer = self._set()

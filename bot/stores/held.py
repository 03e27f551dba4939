"""A lock that is waited for, renewed while held, and let go."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from random import uniform

from bot.conversation.ports import LockLost
from bot.stores.claims import Renewal
from bot.stores.lock import RENEW_SECONDS, Lock, let_go

WAIT_SECONDS = 30.0

_HELD: ContextVar[tuple[Lock, ...]] = ContextVar("held", default=())


@asynccontextmanager
async def holding(
    lock: Lock,
    name: str,
    *,
    wait_seconds: float = WAIT_SECONDS,
    renew_seconds: float = RENEW_SECONDS,
    jitter: Callable[[float, float], float] = uniform,
) -> AsyncIterator[None]:
    """Have it within the block. `name` is for the log. Raises LockLost when it cannot be had in time."""
    try:
        if not await lock.wait(wait_seconds, jitter):
            raise LockLost(f"{name} stayed locked")
        renewal = Renewal(lock, name, seconds=renew_seconds)
        before = _HELD.set((*_HELD.get(), lock))
        try:
            yield
        finally:
            _HELD.reset(before)
            await renewal.end()
    finally:  # also when taking it was cut short: the lock may be ours without our knowing
        await let_go(lock, name)


def token_for(key: str) -> str:
    """The token with which the current task holds the lock under this key; empty where it does not."""
    return next((lock.token for lock in _HELD.get() if lock.key == key), "")

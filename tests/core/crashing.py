"""A process that dies at a call of our choice: from then on none of its calls does anything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation.ports import ThreadSession
from bot.means import Means


class CrashNow(BaseException):
    """Not an Exception: nothing in the bot may catch it, as nothing catches a kill -9."""


@dataclass
class Fuse:
    """Counts calls to the outside and kills at the one that is `at`-th, before or after its effect."""

    at: int = 0  # counting from 1; 0: never
    after: bool = False
    calls: list[str] = field(default_factory=list)
    is_blown: bool = False
    meanwhile: Callable[[str], Awaitable[None]] | None = None  # done at each call, before it

    async def call(self, name: str, do: Callable[[], Awaitable[Any]]) -> Any:
        self.alive()
        self.calls.append(name)
        is_last = len(self.calls) == self.at
        if self.meanwhile:
            await self.meanwhile(name)
        if is_last and not self.after:
            self.blow()
        answer = await do()
        if is_last:
            self.blow()
        self.alive()
        return answer

    def blow(self) -> None:
        self.is_blown = True
        raise CrashNow

    def alive(self) -> None:
        if self.is_blown:
            raise CrashNow


class Port:
    """A port through the fuse: every coroutine method is a call."""

    def __init__(self, real: Any, name: str, fuse: Fuse) -> None:
        self._real, self._name, self._fuse = real, name, fuse

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._real, method)
        if not asyncio.iscoroutinefunction(found):
            return found

        async def call(*arguments: Any, **named: Any) -> Any:
            return await self._fuse.call(f"{self._name}.{method}", lambda: found(*arguments, **named))

        return call


class Store(Port):
    """The store through the fuse: opening is a call, and so is each save."""

    @asynccontextmanager
    async def open(self, lane: str) -> AsyncIterator[ThreadSession]:
        async with self._real.open(lane) as session:
            await self._fuse.call("store.open", _nothing)
            yield Session(session, "session", self._fuse)


class Session(Port):
    """A session through the fuse."""

    @property
    def state(self) -> Any:
        return self._real.state


async def _nothing() -> None:
    return None


class Fused:
    """Calendars whose every call goes through the fuse; which of them there are is not asked by wire."""

    def __init__(self, calendars: Any, fuse: Fuse) -> None:
        self._calendars = calendars
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendars, name)

    def reader(self, ref: Any) -> Any:
        return self.calendar(ref)

    def calendar(self, ref: Any) -> Any:
        return Port(self._calendars.calendar(ref), "calendar", self._fuse)

    def holds(self, ref: Any) -> Any:
        return Port(self._calendars.holds(ref), "holds", self._fuse)


def through(means: Means, fuse: Fuse) -> Means:
    """The same means, every call of them through this fuse."""

    async def sleep(seconds: float) -> None:
        await fuse.call("sleep", lambda: means.sleep(seconds))

    return replace(
        means,
        store=Store(means.store, "store", fuse),
        queue=Port(means.queue, "queue", fuse),
        later=Port(means.later, "later", fuse),
        messenger=Port(means.messenger, "messenger", fuse),
        directory=Port(means.directory, "directory", fuse),
        calendars=Fused(means.calendars, fuse),
        locks=Port(means.locks, "locks", fuse),
        ledger=Port(means.ledger, "ledger", fuse),
        audit=Port(means.audit, "audit", fuse),
        sleep=sleep,
    )

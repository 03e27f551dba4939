"""Puts works into their lanes when their time has come, and does now and then what is to be done so."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.conversation.ports import Clock, TurnQueue
from bot.jobs.lanes import comes
from bot.jobs.outages import Outages
from bot.jobs.ports import DueWorks, Periods
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # between two looks for what is due; how late a work may be
CHORES_SECONDS = 10.0  # between two looks whether a chore is ours to do
LONGEST_CHORE = 60.0
MOVING, CHORES = "looking on Redis for what is due", "looking on Redis for chores"  # in the log


@dataclass(frozen=True)
class Chore:
    """Something done once in every so many seconds, by one process of all; skipped while none was there.

    It may be broken off by a kill, and is then not done before the next period.
    """

    name: str
    seconds: int
    do: Callable[[], Awaitable[object]]


class Timekeeper:
    """Looks at the clock, in each process that works."""

    def __init__(
        self,
        works: DueWorks,
        queue: TurnQueue,
        periods: Periods,
        clock: Clock,
        *,
        chores: Sequence[Chore] = (),
        look_seconds: float = LOOK_SECONDS,
        chores_seconds: float = CHORES_SECONDS,
    ) -> None:
        self._works = works
        self._queue = queue
        self._periods = periods
        self._clock = clock
        self._chores = tuple(chores)
        self._every = {MOVING: (self.move_due, look_seconds), CHORES: (self.do_chores, chores_seconds)}
        self._outages = Outages(log)
        self._ending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to look; returns at once."""
        self._tasks = [asyncio.create_task(self._repeat(name, *one)) for name, one in self._every.items()]

    async def stop(self) -> None:
        """End after what is being done. What is due later is kept."""
        self._ending.set()
        await asyncio.gather(*self._tasks)

    async def has_due(self) -> bool:
        """Whether anything is due that is not in its lane yet. Raises StoreUnavailable."""
        return bool(await self._works.due(self._clock()))

    async def move_due(self) -> None:
        """Put all that is due into its lane, in order. Raises StoreUnavailable, QueueUnavailable."""
        if not await self.has_due():
            return
        async with self._works.alone() as is_ours:
            while is_ours and (found := await self._works.due(self._clock())):
                for item, work in found:
                    await self._queue.put(work)  # first kept there, then struck off here: never lost
                    await self._works.strike(item, work)

    async def do_chores(self) -> None:
        """Do what it is our turn to do. Raises StoreUnavailable; what a chore raises is logged."""
        for chore in self._chores:
            if await self._periods.claim(chore.name, chore.seconds):
                await self._do(chore)

    async def do_all_chores(self) -> None:
        """Do them, whosever turn it is: for a playground whose clock is moved by hand."""
        for chore in self._chores:
            await self._do(chore)

    async def _do(self, chore: Chore) -> None:
        try:
            async with asyncio.timeout(LONGEST_CHORE):
                await chore.do()
        except Exception as error:  # noqa: BLE001 - the edge of all background work
            log.error("chore failed name=%s error=%s", chore.name, safe_trace(error))

    async def _repeat(self, name: str, act: Callable[[], Awaitable[None]], seconds: float) -> None:
        while not await comes(self._ending, within=seconds):
            try:
                await act()
            except Exception as error:  # noqa: BLE001 - the edge of all background work
                self._outages.fails(name, error)
            else:
                self._outages.works(name)

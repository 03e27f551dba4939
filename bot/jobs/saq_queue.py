"""The queue of several processes on one Redis: put keeps the work and calls a worker; workers drain lanes."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from math import ceil
from typing import Any

from saq.job import Job
from saq.types import Context
from saq.worker import Worker

from bot.conversation.ports import QueueUnavailable, StoreUnavailable
from bot.conversation.turns import Work, lane_of
from bot.jobs.lanes import PATIENCE, Lanes, comes
from bot.jobs.ports import GiveUp, Handle, Inbox
from bot.jobs.traces import safe_trace
from bot.jobs.wake_ups import DRAIN, WakeUps, tolerated

log = logging.getLogger(__name__)

# Together two seconds: Slack waits three for its answer.
KEEP_SECONDS = 1.5
CALL_SECONDS = 0.5

CONCURRENCY = 16  # lanes at a time in one worker; a turn mostly waits for Cal.com
BEAT_SECONDS = 1.0
RECOVERY_SECONDS = 5.0
TAKE_SECONDS = 0.5  # how long a read for a new call blocks; also how long an idle worker takes to stop
UPKEEP_SECONDS = 1.0


class SaqTurnQueue:
    """Implements `conversation.ports.TurnQueue` on a real Redis. `client` is a `redis.asyncio.Redis`."""

    def __init__(self, client: Any, prefix: str, inbox: Inbox) -> None:
        self._wake_ups = WakeUps(client, prefix)
        self._inbox = inbox

    async def put(self, work: Work) -> None:
        """Keep it for a worker, or raise QueueUnavailable, within about two seconds.

        Once it is kept, a call that fails is only logged: a worker's next sweep finds the lane.
        """
        lane = lane_of(work)
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self._inbox.add(lane, work)
        except (StoreUnavailable, TimeoutError) as error:
            raise QueueUnavailable(str(error) or "Redis does not answer") from error
        async with tolerated("calling a worker"), asyncio.timeout(CALL_SECONDS):
            await self._wake_ups.call(lane)

    async def is_busy(self, lane: str) -> bool:
        """Whether anything still waits in this lane. Raises QueueUnavailable."""
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                return await self._inbox.has_work(lane)
        except (StoreUnavailable, TimeoutError) as error:
            raise QueueUnavailable(str(error) or "Redis does not answer") from error


class SaqWorker:
    """Drains lanes, some at a time, when called for them. `client` must allow blocking reads."""

    def __init__(
        self,
        client: Any,
        prefix: str,
        inbox: Inbox,
        handle: Handle,
        give_up: GiveUp,
        *,
        concurrency: int = CONCURRENCY,
        recovery_seconds: float = RECOVERY_SECONDS,
        lanes: Lanes | None = None,
    ) -> None:
        self._wake_ups = WakeUps(client, prefix)
        self._inbox = inbox
        self._lanes = lanes or Lanes(inbox, handle, give_up, patience=PATIENCE)
        self._worker = _Worker(
            self._wake_ups,
            [(DRAIN, self._drain)],
            concurrency=concurrency,
            after_process=self._look_again,
            dequeue_timeout=TAKE_SECONDS,
        )
        self._recovery_seconds = recovery_seconds
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to take work; returns at once. A Redis that is away is waited for."""
        self._tasks = [
            asyncio.create_task(self._worker.start(), name="worker"),
            asyncio.create_task(
                _repeat("recovery", self._recover, self._worker.ending, self._recovery_seconds)
            ),
        ]
        await self._worker.is_up.wait()

    async def stop(self, grace: float = 10.0) -> None:
        """Take no more, finish what runs within `grace` seconds, break off the rest. What waits is kept."""
        self._lanes.stop()
        self._worker.end(grace)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._wake_ups.close()

    async def _drain(self, context: Context, *, lane: str) -> None:
        """Run one call. What goes wrong is logged here: SAQ would log messages and keep them with the job."""
        async with _beating(context["job"]):
            try:
                await self._lanes.drain(lane)
            except StoreUnavailable as error:
                log.error("lane left waiting lane=%s error=%s", lane, safe_trace(error))

    async def _look_again(self, context: Context) -> None:
        """Call again for what arrived while the last call ended, when SAQ refused the arrival's own."""
        lane = (context["job"].kwargs or {})["lane"]
        async with tolerated("looking again"):
            if await self._inbox.has_work(lane):
                await self._wake_ups.call(lane)

    async def _recover(self) -> None:
        """Call for every lane that has work: whoever put it may have died before calling."""
        for lane in await self._inbox.lanes_waiting():
            await self._wake_ups.call(lane)


class _Worker(Worker[Context]):
    """SAQ's worker, without its signal handlers (ours decide), with only the upkeep that wake-ups need."""

    SIGNALS: list[signal.Signals] = []  # noqa: RUF012 - declared so by SAQ

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_up = asyncio.Event()
        self.ending = asyncio.Event()

    async def upkeep(self) -> list[asyncio.Task[None]]:
        """Look after calls whose worker is gone, and break off those that were taken from us."""
        upkeep = [
            asyncio.create_task(_repeat("sweeping", lambda: self.queue.sweep(lock=1), self.ending)),
            asyncio.create_task(_repeat("breaking off", lambda: self.abort(UPKEEP_SECONDS), self.ending)),
        ]
        self.is_up.set()
        return upkeep

    def end(self, grace: float) -> None:
        """Take no more; `start` returns when what runs is finished, or cancelled after `grace` seconds."""
        self._shutdown_grace_period_s = ceil(grace)
        self.ending.set()
        self.event.set()


async def _repeat(
    what: str, act: Callable[[], Awaitable[object]], ending: asyncio.Event, pause: float = UPKEEP_SECONDS
) -> None:
    """Do something now and then until told to end. Told, not cancelled: redis-py sends with
    `asyncio.wait_for`, which in Python 3.11 may swallow a cancellation."""
    while not ending.is_set():
        async with tolerated(what):
            await act()
        await comes(ending, within=pause)


@asynccontextmanager
async def _beating(job: Job) -> AsyncIterator[None]:
    """Show that this job's worker is alive. The last beat ends before the job does: each writes it whole."""
    done = asyncio.Event()
    beating = asyncio.create_task(_beat(job, done))
    try:
        yield
    finally:
        done.set()
        await beating


async def _beat(job: Job, done: asyncio.Event) -> None:
    while not await comes(done, within=BEAT_SECONDS):
        async with tolerated("beating"):
            await job.update()

"""The queue of a single process: put keeps the work, and a task for each busy lane does it at once."""

import asyncio
import logging

from bot.conversation.ports import QueueUnavailable, StoreUnavailable
from bot.conversation.turns import Work, lane_of
from bot.jobs.lanes import PATIENCE, Lanes
from bot.jobs.ports import GiveUp, Handle, Inbox
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)


class EmbeddedQueue:
    """Implements `conversation.ports.TurnQueue` for the embedded store. Lanes run side by side."""

    def __init__(self, inbox: Inbox, handle: Handle, give_up: GiveUp, *, lanes: Lanes | None = None) -> None:
        self._inbox = inbox
        self._lanes = lanes or Lanes(inbox, handle, give_up, patience=PATIENCE)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._called_again: set[str] = set()

    async def put(self, work: Work) -> None:
        """Keep it and have it done. Raises QueueUnavailable, also once stopped."""
        if self._lanes.is_stopping:
            raise QueueUnavailable("stopped")
        lane = lane_of(work)
        try:
            await self._inbox.add(lane, work)
        except StoreUnavailable as error:
            raise QueueUnavailable(str(error)) from error
        self._wake(lane)

    async def is_busy(self, lane: str) -> bool:
        """Whether anything still waits in this lane. Raises QueueUnavailable."""
        try:
            return await self._inbox.has_work(lane)
        except StoreUnavailable as error:
            raise QueueUnavailable(str(error)) from error

    async def join(self) -> None:
        """Wait until nothing is being done any more, including what is put in the meantime."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def stop(self, grace: float = 10.0) -> None:
        """Take no more, finish what runs within `grace` seconds, and break off the rest."""
        self._lanes.stop()
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _wake(self, lane: str) -> None:
        if lane in self._running:
            self._called_again.add(lane)
        else:
            self._running[lane] = asyncio.create_task(self._run(lane), name=f"lane {lane}")

    async def _run(self, lane: str) -> None:
        """Drain until nobody called meanwhile: no await lies between that look and leaving."""
        try:
            while True:
                self._called_again.discard(lane)
                await self._drain(lane)
                if lane not in self._called_again or self._lanes.is_stopping:
                    return
        finally:
            del self._running[lane]

    async def _drain(self, lane: str) -> None:
        try:
            await self._lanes.drain(lane)
        except StoreUnavailable as error:
            log.error("lane left waiting lane=%s error=%s", lane, safe_trace(error))

"""The queue that deliveries are put into: first the work is kept, then somebody is woken to do it."""

import asyncio
import logging

from bot.conversation.ports import QueueUnavailable, StoreUnavailable
from bot.conversation.turns import Work
from bot.jobs.gate import call_for
from bot.jobs.ports import Inbox, Wake
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

KEEP_SECONDS = 1.5  # with the half second in which somebody is called, two: Slack waits three for its answer


class LaneQueue:
    """Implements `conversation.ports.TurnQueue`. `wake` may fail: who looks around finds what waits."""

    def __init__(self, inbox: Inbox, wake: Wake) -> None:
        self._inbox = inbox
        self._wake = wake
        self._is_closed = False

    def close(self) -> None:
        """Take no more: for a store that ends with us."""
        self._is_closed = True

    async def put(self, work: Work) -> None:
        """Keep it and have it done, or raise QueueUnavailable, within about two seconds."""
        if self._is_closed:
            raise QueueUnavailable("stopped")
        call = call_for(work)
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                await self._inbox.add(call.lane, work)
        except (StoreUnavailable, TimeoutError) as error:
            raise QueueUnavailable(str(error) or "Redis does not answer") from error
        try:
            await self._wake(call)
        except Exception as error:  # noqa: BLE001 - it is kept: nothing that fails now may unsay that
            log.warning("nobody woken lane=%s error=%s", call.lane, safe_trace(error))

    async def is_busy(self, lane: str) -> bool:
        """Whether anything still waits in this lane. Raises QueueUnavailable."""
        try:
            async with asyncio.timeout(KEEP_SECONDS):
                return await self._inbox.has_work(lane)
        except (StoreUnavailable, TimeoutError) as error:
            raise QueueUnavailable(str(error) or "Redis does not answer") from error

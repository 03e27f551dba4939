"""Looks now and then at what does not tell of itself: the queue, the budget, the breaker, the event loop."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.conversation.ports import StoreUnavailable
from bot.observing.metrics import Metrics
from bot.observing.sights import Sights
from bot.scheduling.errors import CalendarUnavailable

PAUSE = 5.0  # seconds; a look costs two round trips to Redis
NOT_KNOWN = float("nan")


@asynccontextmanager
async def looking(metrics: Metrics, sights: Sights, *, pause: float = PAUSE) -> AsyncIterator[None]:
    """Look at once and then every `pause` seconds, within the block."""
    task = asyncio.create_task(_look_on(metrics, sights, pause), name="metrics")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _look_on(metrics: Metrics, sights: Sights, pause: float) -> None:
    while True:
        await look(metrics, sights)
        due = time.monotonic() + pause
        await asyncio.sleep(pause)
        metrics.lag.set(max(0.0, time.monotonic() - due))


async def look(metrics: Metrics, sights: Sights) -> None:
    """One look. Of what cannot be asked just now nothing is said, rather than what was."""
    metrics.breaker_open.set(sights.is_gone())
    try:
        backlog = await sights.backlog()
        left: float = await sights.budget_left()
    except (StoreUnavailable, CalendarUnavailable):
        backlog, left = None, NOT_KNOWN
    metrics.redis_up.set(backlog is not None)
    metrics.lanes.set(backlog.lanes if backlog else NOT_KNOWN)
    metrics.oldest.set(backlog.oldest_seconds if backlog else NOT_KNOWN)
    metrics.dead_lanes.set(backlog.dead_lanes if backlog else NOT_KNOWN)
    metrics.budget_left.set(left)

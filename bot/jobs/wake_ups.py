"""Wake-up calls for lanes, as SAQ jobs on Redis: one for a lane at a time, run again when its worker dies.

The work itself stands in the inbox; a call only names the lane. SAQ refuses a second call for a lane while
one is in flight, so a lane is drained by one worker at a time. What the refusal could lose is looked after by
the worker: it looks once more when a call has ended, and sweeps all lanes every few seconds.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import Any

from saq.job import Job
from saq.queue.redis import RedisQueue

from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

DRAIN = "drain"  # the function's name, in what is stored
HEARTBEAT_SECONDS = 3  # a call that was not touched for so long lost its worker
# How long a sweep waits for a worker that may live after all. SAQ's own is 5, for one call after the other.
GIVE_WAY_SECONDS = 1.0
RETRIES = 1_000_000  # tries are counted with the work; a call is never given up
ENDED_SECONDS = 60  # how long SAQ remembers a call that has ended; sweeps may still look at it
OUTAGE_PAUSE = 1.0


@asynccontextmanager
async def tolerated(what: str) -> AsyncIterator[None]:
    """Log what fails inside, and go on: nothing is lost, somebody looks again."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the library of these errors is not at home here
        log.warning("%s failed error=%s", what, safe_trace(error))


class WakeUps(RedisQueue):
    """SAQ's queue under our prefix. All its keys share the tag `{prefix}`, so they share a slot on a cluster.

    `client` is a `redis.asyncio.Redis` that its owner closes.
    """

    def __init__(self, client: Any, prefix: str) -> None:
        self._tag = f"{{{prefix}}}:v1"
        super().__init__(client, name=f"{self._tag}:lanes")
        self._is_away = False

    async def call(self, lane: str) -> None:
        """Have this lane drained, unless a call for it is in flight already."""
        key = f"{self._tag}:{sha256(lane.encode()).hexdigest()[:32]}"
        await self.enqueue(
            DRAIN,
            key=key,
            lane=lane,
            timeout=0,
            heartbeat=HEARTBEAT_SECONDS,
            retries=RETRIES,
            ttl=ENDED_SECONDS,
        )

    async def sweep(self, lock: int = 60, abort: float = GIVE_WAY_SECONDS) -> list[str]:
        """Queue again the calls whose worker is gone."""
        return await super().sweep(lock, min(abort, GIVE_WAY_SECONDS))

    async def dequeue(self, timeout: float = 0.0, poll_interval: float = 0.0) -> Job | None:  # noqa: ASYNC109
        """The next call; None after `timeout` seconds, or when Redis is away (SAQ asks again at once)."""
        try:
            job = await super().dequeue(timeout, poll_interval)
        except Exception as error:  # noqa: BLE001 - the library of these errors is not at home here
            self._note_outage(error)
            await asyncio.sleep(OUTAGE_PAUSE)
            return None
        self._is_away = False
        return job

    def _note_outage(self, error: Exception) -> None:
        """Log an outage once, not for every reader every second."""
        if not self._is_away:
            log.error("Redis is away, waiting for it error=%s", safe_trace(error))
        self._is_away = True

    async def close(self) -> None:
        """Close what this queue opened itself: the connection on which sweeps listen."""
        async with tolerated("closing the wake-ups"):
            pubsub = self._pubsub.pubsub
            if pubsub.connection is not None:
                await self._pubsub.close()
            await pubsub.aclose()  # type: ignore[no-untyped-call]

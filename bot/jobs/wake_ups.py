"""Wake-up calls from one process to the others, as SAQ jobs on Redis. A call names a lane, for whom
it is drained and how urgently, no more.

The work itself stands in the inbox, and who drains a lane holds it; so calls may be lost, doubled or late
without harm: whoever looks around finds what nobody began.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from math import ceil
from secrets import token_hex
from typing import Any

from saq.job import Job
from saq.queue.redis import RedisQueue
from saq.types import Context
from saq.worker import Worker

from bot.jobs.gate import Call, Precedence
from bot.jobs.hands import Hands
from bot.jobs.lanes import comes
from bot.jobs.outages import Outages
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

BEGIN = "begin"  # the function's name, in what is stored
CALL_SECONDS = 0.5  # of the three that Slack waits
FORGOTTEN_SECONDS = 60  # a call whose listener died is swept away after so long
NO_PLACE_SECONDS = 0.05  # between two looks whether there is a place, or calls have to wait
MOST_LOOKS = 600  # then the next call is heard anyway: together half of the time in which one is forgotten
AT_ONCE = -1  # an ended call is forgotten
SWEEP_SECONDS = 30.0
TAKE_SECONDS = 1.0  # how long a read for the next call blocks; also how long an idle listener takes to stop
OUTAGE_PAUSE = 1.0
HEARING = "hearing calls on Redis"  # in the log


def tag_of(prefix: str) -> str:
    """What all keys of the calls have in braces: on a cluster they share a slot."""
    return f"{{{prefix}}}"


class WakeUps(RedisQueue):
    """SAQ's queue under our prefix.

    `client` is a `redis.asyncio.Redis` that its owner closes; of a cluster, one to the server of `tag_of`:
    SAQ needs transactions, reads that wait, and messages.
    """

    def __init__(self, client: Any, prefix: str, *, new_id: Callable[[int], str] = token_hex) -> None:
        self._tag = f"{tag_of(prefix)}:v1"
        self._new_id = new_id
        super().__init__(client, name=f"{self._tag}:lanes")
        self._outages = Outages(log)

    async def call(self, call: Call) -> None:
        """Have somebody begin a lane. Each call has a key of its own: SAQ refuses one that is in flight,
        and with it an arrival that the flight's end may have missed."""
        key = f"{self._tag}:{self._new_id(8)}"
        async with asyncio.timeout(CALL_SECONDS):
            await self.enqueue(
                BEGIN, key=key, **call._asdict(), timeout=FORGOTTEN_SECONDS, retries=0, ttl=AT_ONCE
            )

    async def dequeue(self, timeout: float = 0.0, poll_interval: float = 0.0) -> Job | None:  # noqa: ASYNC109
        """The next call; None after `timeout` seconds, or when Redis is away (SAQ asks again at once)."""
        try:
            job = await super().dequeue(timeout, poll_interval)
        except Exception as error:  # noqa: BLE001 - the library of these errors is not at home here
            self._outages.fails(HEARING, error)
            await asyncio.sleep(OUTAGE_PAUSE)
            return None
        self._outages.works(HEARING)
        return job

    async def oldest(self) -> str | None:
        """The call that will be heard next; None where none waits, or Redis is away."""
        try:
            found = await self.redis.lindex(self._queued, 0)
        except Exception as error:  # noqa: BLE001 - the library of these errors is not at home here
            self._outages.fails(HEARING, error)
            return None
        return found.decode() if isinstance(found, bytes) else found

    async def close(self) -> None:
        """Close what this queue opened itself: the connection on which sweeps listen."""
        try:
            pubsub = self._pubsub.pubsub
            if pubsub.connection is not None:
                await self._pubsub.close()
            await pubsub.aclose()  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - it is being left anyway
            log.warning("closing the wake-ups failed error=%s", safe_trace(error))


class Listener(Worker[Context]):
    """Hears calls, one at a time, and hands them to those who do the work. SAQ's worker, without its signal
    handlers (ours decide), and of its upkeep only the sweeping. `client` must allow blocking reads."""

    SIGNALS: list[signal.Signals] = []  # noqa: RUF012 - declared so by SAQ

    def __init__(
        self, client: Any, prefix: str, hands: Hands, *, look_seconds: float = NO_PLACE_SECONDS
    ) -> None:
        self._wake_ups = WakeUps(client, prefix)
        self._hands = hands
        self._look_seconds = look_seconds
        super().__init__(self._wake_ups, [(BEGIN, self._begin)], concurrency=1, dequeue_timeout=TAKE_SECONDS)
        self._is_up = asyncio.Event()
        self._ending = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._oldest: str | None = None  # of the calls that nobody has heard
        self._calls_wait = False

    async def open(self) -> None:
        """Begin to hear; returns when it does. A Redis that is away is waited for."""
        self._running = asyncio.create_task(self.start(), name="listener")
        await self._is_up.wait()

    async def close(self, grace: float) -> None:
        """Hear no more."""
        self._shutdown_grace_period_s = ceil(grace)
        self._ending.set()
        self.event.set()
        if self._running:
            await asyncio.gather(self._running, return_exceptions=True)
        await self._wake_ups.close()

    async def upkeep(self) -> list[asyncio.Task[None]]:
        """Sweep away the calls of listeners that died."""
        self._is_up.set()
        return [asyncio.create_task(self._sweep_now_and_then(), name="sweeping")]

    async def _begin(
        self, context: Context, *, lane: str, person: str = "", urgency: int = Precedence.WORD
    ) -> None:
        """Let it wait its turn here, among all the others: calls come in the order in which they were made.

        Where we have no place, the next call is heard only if it waits, too: then nobody has one, and whose
        turn it is must not depend on who called first. A call that does not wait is for whoever has a place.
        """
        self._hands.begin(Call(lane, person, Precedence(urgency)))
        await asyncio.sleep(0)  # it takes its place, if there is one
        for _ in range(MOST_LOOKS):
            if await self._may_hear_more() or await comes(self._ending, within=self._look_seconds):
                break

    async def _may_hear_more(self) -> bool:
        """Calls wait when the oldest was there at the last look: whoever has a place takes it sooner. So do
        those that come after it, as long as there are any."""
        if self._hands.has_room():
            self._oldest, self._calls_wait = None, False
            return True
        before, self._oldest = self._oldest, await self._wake_ups.oldest()
        self._calls_wait = bool(self._oldest) and (self._calls_wait or before == self._oldest)
        return self._calls_wait and not self._hands.is_crowded

    async def _sweep_now_and_then(self) -> None:
        """Told to end, not cancelled: redis-py may swallow a cancellation (Python 3.11, `wait_for`)."""
        while not await comes(self._ending, within=SWEEP_SECONDS):
            try:
                await self.queue.sweep(lock=ceil(SWEEP_SECONDS))
            except Exception as error:  # noqa: BLE001 - the library of these errors is not at home here
                log.warning("sweeping away old calls on Redis failed error=%s", safe_trace(error))

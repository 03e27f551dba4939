"""Drains lanes in this process, some at a time, and looks around for what was left by others."""

import asyncio
import logging

from bot.conversation.ports import StoreUnavailable
from bot.jobs.lanes import Lanes, comes
from bot.jobs.outages import Outages
from bot.jobs.ports import Inbox
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

PLACES = 16  # lanes at a time; a turn mostly waits for Cal.com
LOOK_SECONDS = 2.0  # between two looks around
LEFT_SECONDS = 3.0  # what nobody has begun for so long was left: whoever was to be woken was not

# What a killed process held is free after 8 seconds (LOCK_SECONDS of the stores), and begun at the next look.


class Hands:
    """Begun lanes run side by side; a lane that somebody holds already is left at once."""

    def __init__(
        self, lanes: Lanes, inbox: Inbox, *, places: int = PLACES, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._lanes = lanes
        self._inbox = inbox
        self._places = places
        self._look_seconds = look_seconds
        self._free = asyncio.Semaphore(places)
        self._drains: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._outages = Outages(log)
        self._looking: asyncio.Task[None] | None = None

    @property
    def has_room(self) -> bool:
        """Whether one more would be begun at once."""
        return len(self._drains) < self._places and not self._stopping.is_set()

    def begin(self, lane: str) -> None:
        """Have this lane drained, when there is a place."""
        drain = asyncio.create_task(self._drain(lane))
        self._drains.add(drain)
        drain.add_done_callback(self._drains.discard)

    async def wake(self, lane: str) -> None:
        """The same, as a `Wake`."""
        self.begin(lane)

    async def admit(self, lane: str) -> None:
        """Wait for a place, then begin. For calls that others could answer, too."""
        async with self._free:
            pass
        self.begin(lane)

    def start(self) -> None:
        """Look around from now on."""
        self._looking = asyncio.create_task(self._look_around(), name="looking around")

    async def join(self) -> None:
        """Wait until nothing is being done any more, including what is begun in the meantime."""
        while self._drains:
            await asyncio.wait(self._drains)

    async def stop(self, grace: float = 10.0) -> None:
        """Begin nothing new, finish what runs within `grace` seconds, break off the rest; it is kept."""
        self._stopping.set()
        self._lanes.stop()
        if self._looking:
            await self._looking
        if self._drains:
            _, late = await asyncio.wait(self._drains, timeout=grace)
            for drain in late:
                drain.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _drain(self, lane: str) -> None:
        try:
            async with self._free:
                await self._lanes.drain(lane)
        except StoreUnavailable as error:
            log.error("lane left waiting lane=%s error=%s", lane, safe_trace(error))

    async def _look_around(self) -> None:
        """Told to end, not cancelled: redis-py may swallow a cancellation (Python 3.11, `wait_for`)."""
        while not await comes(self._stopping, within=self._look_seconds):
            try:
                for lane in await self._inbox.lanes_left(for_seconds=LEFT_SECONDS):
                    if self.has_room:
                        self.begin(lane)
            except Exception as error:  # noqa: BLE001 - whatever it was, who looks around must not stop
                self._outages.fails("looking around", error)
            else:
                self._outages.works("looking around")

"""Drains lanes in this process, some at a time, and looks around for what was left by others."""

import asyncio
import logging

from bot.conversation.ports import StoreUnavailable
from bot.jobs.gate import Call, Gate, Precedence
from bot.jobs.lanes import Lanes, comes
from bot.jobs.outages import Outages
from bot.jobs.ports import Inbox
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

PLACES = 16  # lanes at a time; a turn mostly waits for Cal.com
LOOK_SECONDS = 2.0  # between two looks around
MOST_WAITING = 10_000  # lanes; each costs some three kilobytes
LOOKING = "looking on Redis for lanes that wait"  # in the log
LEFT_SECONDS = 3.0  # what nobody has begun for so long was left: whoever was to be woken was not

# What a killed process held is free after 8 seconds (LOCK_SECONDS of the stores), and begun at the next look.


class Hands:
    """Begun lanes run side by side, as many as there are places; who waits is let in by the gate.

    A lane that somebody holds already is left at once.
    """

    def __init__(
        self, lanes: Lanes, inbox: Inbox, *, places: int = PLACES, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._lanes = lanes
        self._inbox = inbox
        self._look_seconds = look_seconds
        self._places = places
        self._gate = Gate(places)
        self._waiting: dict[str, Precedence] = {}  # lanes that are not yet drained, by the most urgent call
        self._drains: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._outages = Outages(log)
        self._looking: asyncio.Task[None] | None = None

    def has_room(self, urgency: Precedence = Precedence.WORD) -> bool:
        """Whether one more would be begun at once."""
        return self._gate.has_room(urgency) and not self._stopping.is_set()

    @property
    def waiting(self) -> int:
        """How many lanes wait for a place here."""
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether as many wait as there are places: others would sooner do what comes now."""
        return self.waiting >= self._places or self._stopping.is_set()

    @property
    def is_crowded(self) -> bool:
        """Whether so many wait that calls are better left to others, or for later."""
        return self.waiting >= MOST_WAITING

    def begin(self, call: Call) -> None:
        """Have a lane drained when its turn has come. One that waits for it already will see all its work."""
        urgency = self._waiting.get(call.lane)
        if urgency is not None and urgency <= call.urgency:
            return
        self._waiting[call.lane] = call.urgency
        drain = asyncio.create_task(self._drain(call))
        self._drains.add(drain)
        drain.add_done_callback(self._drains.discard)

    async def wake(self, call: Call) -> None:
        """The same, as a `Wake`."""
        self.begin(call)

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

    async def _drain(self, call: Call) -> None:
        try:
            async with self._gate.place(call.person, call.urgency):
                self._waits_no_more(call)
                await self._lanes.drain(call.lane)
        except StoreUnavailable as error:
            log.error("lane left waiting lane=%s error=%s", call.lane, safe_trace(error))

    def _waits_no_more(self, call: Call) -> None:
        if self._waiting.get(call.lane) is call.urgency:
            del self._waiting[call.lane]

    async def _look_around(self) -> None:
        """Told to end, not cancelled: redis-py may swallow a cancellation (Python 3.11, `wait_for`)."""
        while not await comes(self._stopping, within=self._look_seconds):
            try:
                for lane in await self._inbox.lanes_left(for_seconds=LEFT_SECONDS):
                    if self.has_room():
                        self.begin(Call(lane))
            except Exception as error:  # noqa: BLE001 - whatever it was, who looks around must not stop
                self._outages.fails(LOOKING, error)
            else:
                self._outages.works(LOOKING)

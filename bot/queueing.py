"""Joins up the queue: who takes work in, who does it, and who wakes whom."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot.conversation.turns import Work
from bot.jobs.gate import Call
from bot.jobs.hands import Hands
from bot.jobs.lanes import PATIENCE, Lanes
from bot.jobs.ports import Wake
from bot.jobs.queue import LaneQueue
from bot.jobs.wake_ups import Listener, WakeUps, tag_of
from bot.offices import Offices
from bot.scheduling.model import BookingEvent
from bot.settings import Settings, reveal
from bot.stores.connect import connect_one
from bot.stores.inbox import RedisInbox

GRACE = 20.0  # seconds for what runs when we are asked to stop


class Shift:
    """Work is done by the staff, who need the queue that needs them: they come when it is there."""

    def __init__(self, on_news: Callable[[], None]) -> None:
        self.staff: Offices | None = None
        self._on_news = on_news

    async def handle(self, work: Work) -> None:
        """Do it. Raises what makes it worth doing again."""
        if isinstance(work, BookingEvent):
            self._on_news()
        await self._present().handle(work)

    async def give_up(self, work: Work, reference: str) -> None:
        """Say that nothing more will happen."""
        await self._present().give_up(work, reference)

    def _present(self) -> Offices:
        if self.staff is None:
            raise RuntimeError("work came before the house was open")
        return self.staff


@asynccontextmanager
async def queue_of(
    settings: Settings, inbox: RedisInbox, shift: Shift, works: bool
) -> AsyncIterator[LaneQueue]:
    """What a process that works takes in it does itself; where it has no room or does not work, others do."""
    async with AsyncExitStack() as stack:
        hands = await stack.enter_async_context(_hands(settings, inbox, shift)) if works else None
        if settings.redis_url is None:
            yield await stack.enter_async_context(_alone(inbox, hands))
        else:
            yield LaneQueue(inbox, await stack.enter_async_context(_among_others(settings, hands)))


@asynccontextmanager
async def _hands(settings: Settings, inbox: RedisInbox, shift: Shift) -> AsyncIterator[Hands]:
    lanes = Lanes(inbox, shift.handle, shift.give_up, patience=PATIENCE)
    hands = Hands(lanes, inbox, places=settings.worker_concurrency)
    hands.start()
    try:
        yield hands
    finally:
        await hands.stop(GRACE)


@asynccontextmanager
async def _alone(inbox: RedisInbox, hands: Hands | None) -> AsyncIterator[LaneQueue]:
    """On the embedded store, which ends with the process: nothing is taken that cannot be done."""
    queue = LaneQueue(inbox, hands.wake if hands else _nobody)
    try:
        yield queue
    finally:
        queue.close()


async def _nobody(call: Call) -> None:
    """Wake nobody."""


@asynccontextmanager
async def _among_others(settings: Settings, hands: Hands | None) -> AsyncIterator[Wake]:
    """On a real Redis: calls go to whoever has room, and come from those who have too much to do."""
    async with AsyncExitStack() as stack:
        client = _calls(settings)
        stack.push_async_callback(client.aclose)
        calls = WakeUps(client, settings.redis_prefix)
        stack.push_async_callback(calls.close)
        if hands:
            await stack.enter_async_context(_listening(settings, hands))

        async def wake(call: Call) -> None:
            if hands and not hands.is_full:
                hands.begin(call)
            else:
                await calls.call(call)

        yield wake


@asynccontextmanager
async def _listening(settings: Settings, hands: Hands) -> AsyncIterator[None]:
    client = _calls(settings, waits=True)
    listener = Listener(client, settings.redis_prefix, hands)
    await listener.open()
    try:
        yield
    finally:
        await listener.close(GRACE)
        await client.aclose()


def _calls(settings: Settings, *, waits: bool = False) -> Any:
    """A client to where calls are kept. Their keys share a tag, so that of a cluster it is one server."""
    return connect_one(reveal(settings.redis_url) or "", tag_of(settings.redis_prefix), waits=waits)

"""Does a lane's work: one after the other, in order; again when it failed; given up after a few tries."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from random import uniform

from bot.conversation.correlation import short_name, working_on
from bot.conversation.ports import DeliveryFailed, LockLost, QueueUnavailable, StoreUnavailable
from bot.conversation.turns import Work
from bot.jobs.gate import give_way, stepping_aside
from bot.jobs.ports import GiveUp, Handle, Hold, Inbox
from bot.jobs.traces import safe_trace

log = logging.getLogger(__name__)

Taken = tuple[bytes, int, Work | None]

PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds after each failure; a work is begun once more often than there are
PATIENCE = (8.0, 15.0, 30.0)  # further ones, where it was not the work that failed but Slack or Redis
PASSING = (DeliveryFailed, StoreUnavailable, LockLost, QueueUnavailable)
NEVER_FINISHED = "begun again and again, and never finished"
SPREAD = 1.5  # a pause takes up to so many times as long, by chance
LONGEST_PAUSE = 60.0  # however long we are asked to wait, others of the lane wait, too
LONGEST_WORK = 120.0  # seconds for one try; a turn's outside calls have shorter limits of their own


class Lanes:
    """Drains lanes. Two drains of one lane are harmless: one of them holds it, the other leaves at once."""

    def __init__(
        self,
        inbox: Inbox,
        handle: Handle,
        give_up: GiveUp,
        *,
        pauses: Sequence[float] = PAUSES,
        patience: Sequence[float] = (),
        longest_work: float = LONGEST_WORK,
        jitter: Callable[[float, float], float] = uniform,
    ) -> None:
        self._inbox = inbox
        self._handle = handle
        self._give_up = give_up
        self._pauses = tuple(pauses)
        self._patient_pauses = (*pauses, *patience)
        self._longest_work = longest_work
        self._jitter = jitter
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Begin nothing new: drains end after the work in hand, and pauses at once. What waits is kept."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        """Whether nothing new is begun."""
        return self._stopping.is_set()

    async def drain(self, lane: str) -> None:
        """Do what waits in this lane until nothing does, unless somebody else is at it.

        Never raises for what a work did. Raises StoreUnavailable when the inbox cannot be read for longer
        than all pauses together.
        """
        done = b""
        async with self._inbox.hold(lane) as hold:
            while not self.is_stopping:
                taken = await self._next(hold, lane, done)
                if taken is None:
                    return
                if done:  # a further one of this lane: others may have waited longer
                    await give_way(taken[2])
                with _named(taken[2]):
                    done = await self._attempt(lane, *taken)
            if done:
                await hold.leave(done)

    async def _next(self, hold: Hold, lane: str, done: bytes) -> Taken | None:
        for number, pause in enumerate(self._pauses):
            try:
                return await hold.next(done)
            except StoreUnavailable as error:  # of the inbox; those of the work are counted with it
                if not number:
                    log.warning("inbox unavailable lane=%s error=%s", lane, safe_trace(error))
                await self._pause(pause)
        return await hold.next(done)

    async def _attempt(self, lane: str, item: bytes, tries: int, work: Work | None) -> bytes:
        """Try it; the item, if it is done."""
        if tries > len(self._patient_pauses) + 1:  # begun that often and never finished: it kills its worker
            await self._bury(lane, item, work, NEVER_FINISHED)
        elif work is None:  # somebody of a newer version may take it in the meantime
            await self._failed(lane, item, tries, work, None)
        elif (error := await self._try(work)) is None:
            return item
        else:
            await self._failed(lane, item, tries, work, error)
        return b""

    async def _try(self, work: Work) -> Exception | None:
        try:
            async with asyncio.timeout(self._longest_work):
                await self._handle(work)
        except Exception as error:  # noqa: BLE001 - the edge of all background work
            return error
        return None

    async def _failed(
        self, lane: str, item: bytes, tries: int, work: Work | None, error: Exception | None
    ) -> None:
        why = safe_trace(error) if error else "unreadable"
        log.error(
            "work failed lane=%s kind=%s reference=%s try=%d error=%s",
            lane,
            work.kind if work else "unreadable",
            self._reference(item, work),
            tries,
            why,
        )
        pauses = self._patient_pauses if isinstance(error, PASSING) else self._pauses
        if tries > len(pauses):
            await self._bury(lane, item, work, why)
        else:
            pause = pauses[tries - 1] * self._jitter(1.0, SPREAD)  # what failed together comes back in turn
            await self._pause(_pause_after(pause, error))

    async def _bury(self, lane: str, item: bytes, work: Work | None, why: str) -> None:
        """Set it aside first, then say so: a failing apology must not hold up the lane for ever."""
        reference = self._reference(item, work)
        if not await self._inbox.bury(lane, item, why) or work is None:
            return
        log.error("work given up lane=%s kind=%s reference=%s", lane, work.kind, reference)
        try:
            async with asyncio.timeout(self._longest_work):
                await self._give_up(work, reference)
        except Exception as error:  # noqa: BLE001 - the edge of all background work
            log.error("giving up failed reference=%s error=%s", reference, safe_trace(error))

    def _reference(self, item: bytes, work: Work | None) -> str:
        """What the log lines of this work carry anyway; of one that cannot be read, a name of its own."""
        return short_name(work.id) if work else self._inbox.reference(item)

    async def _pause(self, seconds: float) -> None:
        async with stepping_aside():
            await comes(self._stopping, within=seconds)


async def comes(event: asyncio.Event, *, within: float) -> bool:
    """Wait for an event, so many seconds at most; whether it came."""
    try:
        async with asyncio.timeout(within):
            return await event.wait()
    except TimeoutError:
        return False


def _pause_after(pause: float, error: Exception | None) -> float:
    asked = error.retry_after if isinstance(error, DeliveryFailed) else None
    return min(max(pause, asked or 0.0), LONGEST_PAUSE)


def _named(work: Work | None) -> AbstractContextManager[None]:
    """Log lines say which work they are about."""
    return working_on(work.id) if work else nullcontext()

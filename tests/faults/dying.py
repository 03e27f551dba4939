"""Lets a bot process kill itself at a named point (`points.py`).

Only tests know of this: what the bot is made of is wrapped before its `main` is run.
"""

import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import bot.furnishing
import bot.offices
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Delivery, Post, Update
from bot.conversation.state import ThreadState
from bot.conversation.turns import Press, Turn, Work
from bot.means import Means
from bot.stores.inbox import RedisHold

WORKING = ("booked.working", "moved.working", "cancelled.working")
WRITES = ("create_booking", "reschedule_booking", "cancel_booking")


def doom(point: str) -> None:
    """Kill this process where it passes this point for the first time; never, if it is empty."""
    if point:
        _Doom(point).lay()


class _Doom:
    def __init__(self, point: str) -> None:
        self._point = point
        self._work: ContextVar[str] = ContextVar("work", default="")  # of this task

    @property
    def doing(self) -> str:
        """What is being done: a "press", a "message", or nothing of interest."""
        return self._work.get()

    def passing(self, point: str) -> None:
        """Die here, if this is the place."""
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)

    def lay(self) -> None:
        """Wrap what the bot will be made of."""
        staff = bot.offices.Staff

        class Doomed(staff):  # type: ignore[misc,valid-type]
            async def handle(inner, work: Work) -> None:
                self.begin(work)
                await super().handle(work)

        bot.offices.Staff = Doomed  # type: ignore[misc]
        bot.furnishing.Means = self._means  # type: ignore[assignment,misc]
        RedisHold.next = self._striking(RedisHold.next)  # type: ignore[method-assign]

    def begin(self, work: Work) -> None:
        """Note what is being done now."""
        self._work.set({Press: "press", Turn: "message"}.get(type(work), ""))
        self.passing(f"{self.doing} taken")

    def _means(self, **ports: Any) -> Means:
        means = Means(**ports)
        return replace(
            means,
            store=_Store(means.store, self),
            messenger=_Wrapped(means.messenger, deliver=self._deliver(means.messenger.deliver)),
            calendars=_Wrapped(
                means.calendars,
                calendar=lambda ref: self._writing(means.calendars.calendar(ref)),
                holds=lambda ref: self._holding(means.calendars.holds(ref)),
            ),
            locks=_Wrapped(means.locks, take=self._after(means.locks.take, lambda: "booking locked")),
            ledger=_Wrapped(means.ledger, note=self._after(means.ledger.note, lambda: "author noted")),
        )

    def _writing(self, calendar: Any) -> Any:
        done = {name: self._after(getattr(calendar, name), lambda: "answer arrived") for name in WRITES}
        return _Wrapped(calendar, **done)

    def _holding(self, holds: Any) -> Any:
        return _Wrapped(
            holds,
            hold=self._after(holds.hold, lambda: "time held"),
            release=self._after(holds.release, lambda: "hold released"),
        )

    def _after(
        self, do: Callable[..., Awaitable[Any]], point: Callable[[], str]
    ) -> Callable[..., Awaitable[Any]]:
        async def done(*arguments: Any, **named: Any) -> Any:
            answer = await do(*arguments, **named)
            self.passing(point())
            return answer

        return done

    def _striking(self, step: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def stepped(hold: RedisHold, done: bytes = b"") -> Any:
            taken = await step(hold, done)
            self.passing(f"{self.doing} removed" if done else "")
            return taken

        return stepped

    def _deliver(self, deliver: Callable[[Delivery], Awaitable[Any]]) -> Callable[[Delivery], Awaitable[Any]]:
        async def delivered(delivery: Delivery) -> Any:
            answer = await deliver(delivery)
            self.passing(self._said(delivery))
            return answer

        return delivered

    def _said(self, delivery: Delivery) -> str:
        match delivery:
            case Update(card=card) if card.lines[0].key in WORKING:
                return "working card shown"
            case Update():
                return "card updated"
            case Post():
                return "reply posted"
        return ""

    def saving(self, before: ThreadState, after: ThreadState) -> None:
        """Before it is saved."""
        if self.doing == "message" and len(after.handled) > len(before.handled):
            self.passing("reply decided")

    def saved(self, before: ThreadState, after: ThreadState) -> None:
        """Afterwards."""
        self.passing(_step(before, after, self.doing))


def _step(before: ThreadState, after: ThreadState, doing: str) -> str:
    """What a save has kept."""
    statuses = {one.status for talk in after.conversations for one in talk.proposals}
    if len(after.handled) > len(before.handled):
        return "outcome saved" if doing == "press" else "reply saved"
    if len(after.outbox) < len(before.outbox):
        return "card struck off" if doing == "press" else "reply struck off"
    if "taken" in statuses:
        return "approval saved"
    return "writing saved" if "writing" in statuses else ""


class _Wrapped:
    """A port of which some methods are others."""

    def __init__(self, real: Any, **others: Any) -> None:
        self._real = real
        self.__dict__.update(others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Store(_Wrapped):
    def __init__(self, real: Any, doom: _Doom) -> None:
        super().__init__(real)
        self._doom = doom

    @asynccontextmanager
    async def open(self, *arguments: Any, **named: Any) -> AsyncIterator[ThreadSession]:
        async with self._real.open(*arguments, **named) as session:
            self._doom.passing("state loaded" if self._doom.doing == "press" else "")
            yield _Session(session, self._doom)  # type: ignore[misc]


class _Session(_Wrapped):
    def __init__(self, real: Any, doom: _Doom) -> None:
        super().__init__(real)
        self._doom = doom

    @property
    def state(self) -> ThreadState:
        return self._real.state  # type: ignore[no-any-return]

    async def save(self, state: ThreadState) -> None:
        before = self._real.state
        self._doom.saving(before, state)
        await self._real.save(state)
        self._doom.saved(before, state)

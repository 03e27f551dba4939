"""What doing the work needs: somewhere it waits, somebody who does it, somebody to say that it failed."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.conversation.turns import Work
from bot.jobs.gate import Call

Handle = Callable[[Work], Awaitable[None]]
"""Does one work. It may be given the same work twice, and after a crash in its midst."""

GiveUp = Callable[[Work, str], Awaitable[None]]
"""Tells people that a work was given up. The text is a short reference that also stands in the log."""

Wake = Callable[[Call], Awaitable[None]]
"""Sees to it that somebody drains a lane, soon. It may fail: what waits is found by those who look."""


class Hold(Protocol):
    """A lane that is being drained, by one at a time. Everything raises StoreUnavailable."""

    async def next(self, done: bytes = b"") -> tuple[bytes, int, Work | None] | None:
        """Strike the item that is done, and begin the oldest work of the lane (item, tries, work).

        It stays there until it is struck. Tries are counted when work is begun, this one too, so that work
        that kills its worker is given up at last. The work is None where it cannot be read.
        None: nothing waits, or somebody else drains this lane and will see it.
        """

    async def leave(self, done: bytes) -> None:
        """Strike the item that is done, and let the lane go, whatever waits."""


class Inbox(Protocol):
    """Work that waits, lane by lane. Everything raises StoreUnavailable."""

    async def add(self, lane: str, work: Work) -> None:
        """Keep work at the end of its lane. When this returns it is kept."""

    def hold(self, lane: str) -> AbstractAsyncContextManager[Hold]:
        """Have a lane to oneself within the block, if nobody else has it."""

    async def bury(self, lane: str, item: bytes, why: str) -> bool:
        """Move it out of the way, to be looked at by people. `why` holds kinds of errors, no data.

        False: it was not waiting any more.
        """

    def reference(self, item: bytes) -> str:
        """A short name for an item of which nothing else is known, for people and logs."""

    async def has_work(self, lane: str) -> bool:
        """Whether anything waits in the lane."""

    async def lanes_left(self, *, for_seconds: float) -> tuple[str, ...]:
        """Lanes whose work has waited so long and that nobody drains, longest waiting first."""


class DueWorks(Protocol):
    """Works for later, for whoever puts them into their lanes. Everything raises StoreUnavailable."""

    async def due(self, now: datetime) -> Sequence[tuple[bytes, Work]]:
        """Those whose time has come (item, work), the first due first, some at a time. They stay there."""

    async def strike(self, item: bytes, work: Work) -> None:
        """It stands in its lane: forget it, unless it was put here again meanwhile."""

    def alone(self) -> AbstractAsyncContextManager[bool]:
        """Whether nobody else moves them meanwhile."""


class Periods(Protocol):
    """Whose turn it is to do what is done every so often. Raises StoreUnavailable."""

    async def claim(self, name: str, seconds: int) -> bool:
        """Whether this period's turn is ours; one process of all gets it."""

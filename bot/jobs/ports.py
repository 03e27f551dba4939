"""What doing the work needs: somewhere it waits, somebody who does it, somebody to say that it failed."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.conversation.turns import Work

Handle = Callable[[Work], Awaitable[None]]
"""Does one work. It may be given the same work twice, and after a crash in its midst."""

GiveUp = Callable[[Work, str], Awaitable[None]]
"""Tells people that a work was given up. The text is a short reference that also stands in the log."""


class Inbox(Protocol):
    """Work that waits, lane by lane. Everything raises StoreUnavailable."""

    async def add(self, lane: str, work: Work) -> None:
        """Keep work at the end of its lane. When this returns it is kept."""

    async def take(self, lane: str) -> tuple[bytes, int, Work | None] | None:
        """The oldest work of the lane (item, tries with this one, work), which stays there until removed.

        Tries are counted when work is begun, so that work that kills its worker is given up, too. The work is
        None where it cannot be read. None: nothing waits.
        """

    async def remove(self, lane: str, item: bytes) -> None:
        """It is done. Harmless when it is gone already."""

    async def bury(self, lane: str, item: bytes) -> bool:
        """Move it out of the way, to be looked at by people. False: it was not waiting any more."""

    def reference(self, item: bytes) -> str:
        """A short name for an item, for people and logs."""

    async def has_work(self, lane: str) -> bool:
        """Whether anything waits in the lane."""

    async def lanes_waiting(self) -> tuple[str, ...]:
        """Lanes that have work, longest waiting first."""


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

"""Keeps an answer for a short time, and asks only once when many want to know at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value that is fetched when it is older than `keep` seconds. A failure is not remembered."""

    def __init__(
        self, fetch: Callable[[], Awaitable[T]], *, keep: float, seconds: Callable[[], float]
    ) -> None:
        self._fetch = fetch
        self._keep = keep
        self._seconds = seconds
        self._lock = asyncio.Lock()
        self._known: tuple[float, T] | None = None

    async def get(self) -> T:
        """The value, fresh enough."""
        async with self._lock:
            if self._known is None or self._seconds() - self._known[0] >= self._keep:
                self._known = (self._seconds(), await self._fetch())
            return self._known[1]

    def forget(self) -> None:
        """Fetch it next time."""
        self._known = None

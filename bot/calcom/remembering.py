"""Keeps an answer for a short time, and asks only once when many want to know at the same moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.scheduling.errors import CalendarError

T = TypeVar("T")


class Remembered(Generic[T]):
    """A value that is fetched when it is older than `keep` seconds.

    A failure is shared with those who waited for it, and not remembered.
    """

    def __init__(
        self, fetch: Callable[[], Awaitable[T]], *, keep: float, seconds: Callable[[], float]
    ) -> None:
        self._fetch = fetch
        self._keep = keep
        self._seconds = seconds
        self._lock = asyncio.Lock()
        self._known: tuple[float, T] | None = None
        self._failures = 0
        self._failure: CalendarError | None = None

    async def get(self) -> T:
        """The value, fresh enough. Raises what fetching it raises."""
        failures_before = self._failures
        async with self._lock:
            if self._known and self._seconds() - self._known[0] < self._keep:
                return self._known[1]
            if self._failure and self._failures > failures_before:
                raise self._failure
            return await self._fetch_now()

    def forget(self) -> None:
        """Fetch it anew for whoever asks next."""
        self._known = None

    async def _fetch_now(self) -> T:
        try:
            value = await self._fetch()
        except CalendarError as error:
            self._failures, self._failure = self._failures + 1, error
            raise
        self._known = (self._seconds(), value)
        return value

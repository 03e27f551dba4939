"""Tells everybody who listens what has changed, so that a page can follow."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Feed(Generic[T]):
    """One listener's changes, in order. Ends when the broadcaster stops."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[T | None] = asyncio.Queue()

    def put(self, change: T | None) -> None:
        """Add a change; None ends the feed."""
        self._waiting.put_nowait(change)

    async def __aiter__(self) -> AsyncIterator[T]:
        while (change := await self._waiting.get()) is not None:
            yield change


class Changes(Generic[T]):
    """A small broadcaster within one event loop."""

    def __init__(self) -> None:
        self._feeds: set[Feed[T]] = set()
        self._callbacks: list[Callable[[T], None]] = []
        self._stopped = False

    def tell(self, change: T) -> None:
        """Hand a change to every listener."""
        for feed in self._feeds:
            feed.put(change)
        for callback in tuple(self._callbacks):
            callback(change)

    def on_change(self, callback: Callable[[T], None]) -> Callable[[], None]:
        """Call back at once with each change; returns how to stop that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    @contextmanager
    def listen(self) -> Iterator[Feed[T]]:
        """Follow changes from now on."""
        feed: Feed[T] = Feed()
        self._feeds.add(feed)
        if self._stopped:
            feed.put(None)
        try:
            yield feed
        finally:
            self._feeds.discard(feed)

    def stop(self) -> None:
        """End every feed, and those to come."""
        self._stopped = True
        for feed in self._feeds:
            feed.put(None)

"""The windows that are open on the page, each with what it has yet to be told, as server-sent events."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

HEARTBEAT_SECONDS = 15.0
ALIVE = ": alive\n\n"
MOST_WAITING = 1_000  # events; a window that is further behind is better off beginning anew


class Window:
    """One window's events in order, those that wait together in one piece. Ends when it is told to."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._news = asyncio.Event()
        self._has_ended = False

    def put(self, event: str) -> None:
        """Add an event, unless it says the same as the one before it. Who sleeps too long is let go."""
        if self._has_ended or (self._waiting and self._waiting[-1] == event):
            return
        self._waiting.append(event)
        if len(self._waiting) > MOST_WAITING:
            self._waiting.clear()
            self._has_ended = True
        self._news.set()

    def end(self) -> None:
        """What waits is still told, then no more."""
        self._has_ended = True
        self._news.set()

    async def __aiter__(self) -> AsyncIterator[str]:
        while not self._has_ended or self._waiting:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                yield ALIVE  # that somebody has gone is noticed when something is written to them
                continue
            self._news.clear()
            told = "".join(self._waiting)
            self._waiting.clear()
            if told:
                yield told


class Windows:
    """All of them. An event is written once, however many look, and not at all when nobody does."""

    def __init__(self) -> None:
        self._open: set[Window] = set()
        self._have_ended = False

    def tell(self, name: str, data: Callable[[], Any]) -> None:
        """Tell every window; `data` is asked for only when there is one."""
        if not self._open:
            return
        event = written(name, data())
        for window in self._open:
            window.put(event)

    @contextmanager
    def opened(self) -> Iterator[Window]:
        """A window that is told everything from now on."""
        window = Window()
        self._open.add(window)
        if self._have_ended:
            window.end()
        try:
            yield window
        finally:
            self._open.discard(window)

    def stop(self) -> None:
        """End every window, and those to come."""
        self._have_ended = True
        for window in self._open:
            window.end()


def written(name: str, data: Any) -> str:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"

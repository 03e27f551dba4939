"""Lets others watch: a callback, or an endless iterator, that hears when anything has changed."""

import asyncio
from collections.abc import AsyncIterator, Callable


class Changes:
    """Says that something has changed, not what."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def listen(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after each change; returns how to stop that."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def happened(self) -> None:
        """Tell everybody."""
        for callback in tuple(self._listeners):
            callback()

    async def stream(self) -> AsyncIterator[None]:
        """Yield after changes; several at once count as one. Ends when the iterator is closed."""
        waiting = asyncio.Event()
        stop = self.listen(waiting.set)
        try:
            while True:
                await waiting.wait()
                waiting.clear()
                yield
        finally:
            stop()

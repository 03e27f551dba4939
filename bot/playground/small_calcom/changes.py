"""Changes of a calendar as an endless iterator."""

import asyncio
from collections.abc import AsyncIterator

from bot.playground.changes import Changes


async def stream(changes: Changes[()]) -> AsyncIterator[None]:
    """Yield after changes; several at once count as one. Ends when the iterator is closed."""
    waiting = asyncio.Event()
    stop = changes.on_change(waiting.set)
    try:
        while True:
            await waiting.wait()
            waiting.clear()
            yield
    finally:
        stop()

"""What is done beside the work, and nobody waits for: it fails without a word, and may be lost at the end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

log = logging.getLogger(__name__)

GRACE: Final = 2.0  # seconds for what still runs at the end


class Aside:
    """Runs such things."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def run(self, doing: Coroutine[Any, Any, None]) -> None:
        """Begin it, and go on."""
        task = asyncio.create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def settled(self) -> None:
        """Wait until nothing of it runs any more."""
        while self._running:
            await asyncio.wait(self._running)

    async def end(self, grace: float = GRACE) -> None:
        """Let what runs come to its end, for so many seconds at most."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        """Nobody waits for it who could be told."""
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("left undone: %s", type(error).__name__)


@asynccontextmanager
async def open_aside() -> AsyncIterator[Aside]:
    """One that has come to its end when the block is left."""
    aside = Aside()
    try:
        yield aside
    finally:
        await aside.end()

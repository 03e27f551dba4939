"""Does a thing once for all who ask for it at the same moment."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Together(Generic[T]):
    """One run, whose outcome everybody gets who asks while it lasts. It goes on when an asker leaves."""

    def __init__(self) -> None:
        self._running: asyncio.Task[T] | None = None

    @property
    def is_running(self) -> bool:
        """Whether whoever asks now joins others."""
        return self._running is not None

    async def __call__(self, run: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What the run under way comes to, or this one. Raises what it raises."""
        if self._running is None:
            self._running = asyncio.create_task(run())
            self._running.add_done_callback(self._over)
        return await asyncio.shield(self._running)

    def _over(self, task: asyncio.Task[T]) -> None:
        self._running = None
        if not task.cancelled():
            task.exception()  # somebody who left may have been the only one to ask

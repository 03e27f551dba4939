"""Remembers answers for a while, and asks only once for what several wait for."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, Generic, TypeVar

from bot.conversation.ports import Clock

Answer = TypeVar("Answer")
MOST: Final = 5000  # answers kept


class Memory(Generic[Answer]):
    """Answers by key. Failures are not remembered."""

    def __init__(self, clock: Clock, ttl: timedelta) -> None:
        self._clock = clock
        self._ttl = ttl
        self._kept: dict[str, tuple[datetime, Answer]] = {}
        self._asking: dict[str, asyncio.Task[Answer]] = {}

    async def get(self, key: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """The remembered answer, or that of `ask`. Somebody who stops waiting does not stop the others."""
        kept = self._kept.get(key)
        if kept and self._clock() < kept[0]:
            return kept[1]
        if key not in self._asking:
            self._asking[key] = asyncio.create_task(self._ask(key, ask))
            self._asking[key].add_done_callback(_seen)
        return await asyncio.shield(self._asking[key])

    def forget(self, concerns: Callable[[str], bool] | None = None) -> None:
        """Remember nothing of what was answered so far, or of those keys that it `concerns`."""
        for key in [key for key in self._kept if concerns is None or concerns(key)]:
            del self._kept[key]

    async def _ask(self, key: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        try:
            answer = await ask()
            self._keep(key, answer)
            return answer
        finally:
            del self._asking[key]

    def _keep(self, key: str, answer: Answer) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (self._clock() + self._ttl, answer)
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]  # the one asked longest ago


def _seen(task: asyncio.Task[Answer]) -> None:
    """A failure that nobody waits for any more is not worth a warning."""
    if not task.cancelled():
        task.exception()

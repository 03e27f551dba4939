"""How long things may take: timeouts for each kind of call, tries and pauses. All in seconds."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx


@dataclass(frozen=True)
class Pace:
    """`tries` and `deadline` are of a read as a whole; `patience` is the longest pause between two tries."""

    tries: int = 3
    patience: float = 3.0
    deadline: float = 20.0
    connecting: float = 5.0
    reading: float = 8.0
    writing: float = 15.0  # Cal.com answers a write after all webhook receivers have answered it
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    seconds: Callable[[], float] = time.monotonic

    def timeout(self, *, writing: bool) -> httpx.Timeout:
        """Of one request."""
        return httpx.Timeout(self.writing if writing else self.reading, connect=self.connecting)

    def pause(self, attempt: int) -> float:
        """How long to wait after so many tries: growing, and not the same for everybody."""
        longest = 0.2 * 2.0**attempt
        return min(self.patience, longest * (0.5 + self.jitter() / 2))

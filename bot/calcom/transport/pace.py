"""How long things may take: timeouts for each kind of call, tries and pauses. All in seconds."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import httpx

Kind = Literal["read", "slots", "write", "oauth"]

UNLIKE_OTHERS: dict[tuple[str, str], Kind] = {
    ("GET", "/slots"): "slots",
    ("POST", "/auth/oauth2/token"): "oauth",
}
SHORTEST_TRY = 0.5  # with less left, another try would only be cut off


def kind_of(method: str, template: str) -> Kind:
    """Of which kind a call is, where its time is concerned."""
    return UNLIKE_OTHERS.get((method, template), "read" if method == "GET" else "write")


@dataclass(frozen=True)
class Pace:
    """`deadline`: within it a call is tried, all waiting included; a write that was sent by then has its own
    full time on top. `patience`: the longest pause between two tries that nobody asked for.
    """

    tries: int = 3
    patience: float = 3.0
    deadline: float = 20.0
    connecting: float = 2.0  # once for TCP, once for TLS; the budget's arithmetic counts on it
    reading: float = 8.0
    finding_slots: float = 12.0  # Cal.com asks the hosts' calendars meanwhile
    writing: float = 15.0  # Cal.com answers a write after all webhook receivers have answered it
    granting: float = 10.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    seconds: Callable[[], float] = time.monotonic

    def try_of(self, kind: Kind, left: float) -> float:
        """How long one try may take, with so much left of the deadline. A write is never cut short by it:
        that would lose an answer that is on its way."""
        longest = self._longest(kind)
        return longest if kind == "write" else min(longest, left)

    def timeout(self, longest: float) -> httpx.Timeout:
        """The same for the HTTP library, which counts each wait by itself."""
        return _timeout(longest, min(self.connecting, longest))

    def pause(self, attempt: int) -> float:
        """How long to wait after so many tries: growing, and not the same for everybody."""
        longest = 0.2 * 2.0**attempt
        return min(self.patience, longest * (0.5 + self.jitter() / 2))

    def _longest(self, kind: Kind) -> float:
        match kind:
            case "read":
                return self.reading
            case "slots":
                return self.finding_slots
            case "write":
                return self.writing
            case "oauth":
                return self.granting


@lru_cache(maxsize=16)
def _timeout(longest: float, connecting: float) -> httpx.Timeout:
    return httpx.Timeout(longest, connect=connecting)

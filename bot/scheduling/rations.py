"""How many requests may be sent with one credential, and how they are spread over time and urgency."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.scheduling.asking import Urgency

KEPT = {Urgency.WRITE: 0.0, Urgency.READ: 0.1, Urgency.BACKGROUND: 0.3, Urgency.COURTESY: 0.5}  # of the burst


@dataclass(frozen=True)
class Allowance:
    """The limit of a server: at most `limit` requests in any `window` seconds.

    Up to `burst` of them may come at once. A leased request is sent within `lease` seconds, and the server
    counts it within `travel` seconds of that. The arithmetic: docs/decisions/0004-one-budget-a-credential.md.
    """

    limit: int = 120
    window: float = 60.0
    burst: int = 20
    lease: float = 1.0
    travel: float = 5.0

    @property
    def rate(self) -> float:
        """How many a second come back, so that no window ever passes the limit."""
        return (self.limit - self.burst) / (self.window + self.lease + self.travel)

    def kept(self, urgency: Urgency) -> int:
        """How many are left for what is more urgent."""
        return round(self.burst * KEPT[urgency])


def a_minute(limit: int) -> Allowance:
    """So many requests a minute, a sixth of them at once."""
    return Allowance(limit=limit, burst=max(1, limit // 6))


class Lease(NamedTuple):
    """So many requests may be sent now; none for `wait` seconds where that is 0."""

    granted: int
    wait: float = 0.0


class Unrationed:
    """A `Budget` that grants everything: for a process that is alone and asks little."""

    def __init__(self) -> None:
        self.allowance = Allowance()

    async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
        """Grant it."""
        return Lease(wanted)

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        """Go on."""

    async def left(self, credential: str) -> int:
        """As many as there may be at once."""
        return self.allowance.burst

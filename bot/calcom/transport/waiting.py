"""One request that waits for its turn at a server."""

import asyncio
from dataclasses import dataclass, field

from bot.scheduling.asking import Urgency


@dataclass(eq=False)
class Ticket:
    """One request that waits. `until`: as long as it makes sense, in monotonic seconds."""

    credential: str
    person: str
    urgency: Urgency
    until: float
    turn: asyncio.Future[float] = field(repr=False)

    @property
    def asker(self) -> tuple[str, str]:
        """Whose turn it is when it is this one's."""
        return self.credential, self.person

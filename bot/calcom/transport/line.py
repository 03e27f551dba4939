"""What all accounts at one server share: connections, pace, the order of waiting, and who listens in."""

from dataclasses import dataclass, field
from functools import cached_property

import httpx

from bot.calcom.server import Server
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.connection import CONNECTIONS
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import BOOKED, Reads
from bot.calcom.transport.sending import OnCall, Sender
from bot.calcom.transport.turnstile import Turnstile
from bot.scheduling.ports import Budget
from bot.scheduling.rations import Unrationed


@dataclass(frozen=True)
class Line:
    """The line to one server."""

    http: httpx.AsyncClient
    server: Server
    pace: Pace = field(default_factory=Pace)
    on_call: OnCall | None = None
    breaker: Breaker = field(default_factory=Breaker)
    reads: Reads | None = None  # without, everything is read anew
    budget: Budget = field(default_factory=Unrationed)

    @cached_property
    def turnstile(self) -> Turnstile:
        """Through which every request goes."""
        return Turnstile(self.budget, self.pace.seconds, places=CONNECTIONS)

    def sender(self, credential: str, name: str = "calcom") -> Sender:
        """Who sends the calls of a credential. `name`: of the API, for operators."""
        return Sender(name, credential, self.pace, self.breaker, self.turnstile, self.on_call)

    def heard_news(self) -> None:
        """Somebody's booking was made or changed: other times are open now."""
        if self.reads is not None:
            self.reads.drop(BOOKED)

    def forget(self) -> None:
        """Know nothing of what was read, and of any trouble."""
        if self.reads is not None:
            self.reads.forget()
        self.breaker.forget()
        self.turnstile.forget()

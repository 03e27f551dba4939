"""How people connect calendars of their own, as far as a talk has to know of it."""

from typing import Literal, Protocol

from bot.conversation.turns import Turn
from bot.scheduling.model import Value

# Why nobody can connect here: what is kept would be lost or stand in clear, or an admin wants one calendar.
Refusal = Literal["volatile", "unsealed", "shared"]


class Offer(Value):
    """How somebody may connect. `url`: of a page that leads to Cal.com's consent; it serves once, for ten
    minutes. `waiting`: names the request that goes on afterwards; empty where none waits."""

    refusal: Refusal | None = None
    url: str | None = None
    waiting: str = ""


class Linked(Value):
    """One calendar that somebody has connected. `server`: its host; `has_ended`: it has to be again."""

    id: str
    email: str
    server: str
    serves: bool = False
    has_ended: bool = False


class Connections(Protocol):
    """The calendars that people of one workspace have connected. Raises StoreUnavailable."""

    async def offer(self, person: str, waiting: Turn | None = None) -> Offer:
        """Let this person connect; `waiting` is kept for an hour, to be answered then."""

    async def of(self, person: str) -> tuple[Linked, ...]:
        """What they have connected; the one that serves them first."""

    async def refusal(self) -> Refusal | None:
        """Why nobody can connect; None: they can."""


class NoConnections:
    """A `Connections` where nobody can connect."""

    async def offer(self, person: str, waiting: Turn | None = None) -> Offer:
        """Refused."""
        return Offer(refusal="volatile")

    async def of(self, person: str) -> tuple[Linked, ...]:
        """Nothing."""
        return ()

    async def refusal(self) -> Refusal | None:
        """It would be lost."""
        return "volatile"

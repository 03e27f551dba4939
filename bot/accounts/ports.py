"""Where connections are kept. All of it raises StoreUnavailable; SecretsRefused where it must keep none."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

from bot.accounts.model import Installation, PersonAccounts, Rules

# What a ticket is for. `mine`: an account whose browser was not asked yet, `pending`: whose owner was not;
# `waiting`: a request that goes on when its speaker has connected; `used`: whose link it was that served.
Note = Literal["install", "connect", "oauth", "mine", "pending", "waiting", "used"]


class SecretsRefused(Exception):
    """Nothing secret is kept here: the store forgets (`volatile`), or would keep it in clear (`unsealed`)."""

    def __init__(self, why: Literal["volatile", "unsealed"]) -> None:
        super().__init__(why)
        self.why = why


class Installations(Protocol):
    """The workspaces that have the bot."""

    async def of(self, team: str | None, enterprise: str | None = None) -> Installation | None:
        """The workspace's own; else its organisation's."""

    async def served(self, enterprise: str) -> tuple[str, ...]:
        """The workspaces that the organisation's installation has served, until it is forgotten."""

    async def teams(self) -> tuple[str, ...]:
        """All workspaces and organisations that have the bot, as `Installation.place` has them."""

    async def keep(self, installation: Installation) -> None:
        """In the place of the former one."""

    async def forget(self, team: str | None, enterprise: str | None = None) -> None:
        """It was uninstalled."""

    def alone(self, team: str | None, enterprise: str | None = None) -> AbstractAsyncContextManager[None]:
        """A lock over all processes, for rotating its token."""


class Accounts(Protocol):
    """People's own calendars."""

    @property
    def refusal(self) -> Literal["volatile", "unsealed"] | None:
        """Why nobody can connect here; None: they can. Where they cannot, the store need not be asked."""

    async def of(self, team: str, person: str) -> PersonAccounts:
        """What this person has connected; empty where it is nothing."""

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, PersonAccounts]:
        """The same for several, in one round trip. Who has connected nothing is missing."""

    def everybody(self, team: str) -> AsyncIterator[PersonAccounts]:
        """All who have connected something."""

    async def by_email(self, team: str, email: str) -> str | None:
        """Who has connected an account of this address, whatever its case; looked up by a keyed hash."""

    async def keep(self, accounts: PersonAccounts) -> None:
        """In the place of the former ones; nobody else may write meanwhile (`alone`)."""

    async def forget(self, team: str, person: str) -> None:
        """All of this person's."""

    def alone(self, team: str, person: str) -> AbstractAsyncContextManager[None]:
        """A lock over all processes. Raises LockLost when it cannot be had in time."""


class RulesBook(Protocol):
    """What admins have decided."""

    async def of(self, team: str) -> Rules:
        """The workspace's rules, or the usual ones. May be a few seconds old."""

    async def now(self, team: str) -> Rules:
        """The same, as they are at this moment; for whoever changes them."""

    async def keep(self, rules: Rules) -> None:
        """From now on. Raises SecretsRefused."""

    async def forget(self, team: str) -> None:
        """The usual ones again."""


class Belongings(Protocol):
    """What is kept of whom: of a person, or (None) of all the workspace."""

    def export(self, team: str, person: str | None = None) -> AsyncIterator[str]:
        """A line of JSON for each thing, without its secrets."""

    async def delete(self, team: str, person: str | None = None, *, keeps_audit: bool = False) -> int:
        """Forget it, but for the audit log where that is to stay; how many things there were.

        Raises LockLost.
        """


class Tickets(Protocol):
    """Single-use notes under names that cannot be guessed: states of OAuth, links that were offered."""

    async def put(self, kind: Note, ticket: str, note: bytes, seconds: int) -> None:
        """Keep it for so long."""

    async def take(self, kind: Note, ticket: str) -> bytes | None:
        """Have it, once: for whoever comes second it was never there."""

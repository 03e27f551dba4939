"""People's calendars as they were when first asked for: for one turn, which asks for the same often."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Literal

from bot.accounts.model import PersonAccounts
from bot.accounts.ports import Accounts


class RememberedAccounts:
    """Implements `Accounts` over others. What is kept or forgotten through it is asked for anew."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._known: dict[tuple[str, str], PersonAccounts] = {}
        self._missing: set[tuple[str, str]] = set()

    @property
    def refusal(self) -> Literal["volatile", "unsealed"] | None:
        """As theirs."""
        return self._accounts.refusal

    async def of(self, team: str, person: str) -> PersonAccounts:
        """Asked for once."""
        if (team, person) not in self._known:
            self._known[team, person] = await self._accounts.of(team, person)
        return self._known[team, person]

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, PersonAccounts]:
        """Those not known yet, in one round trip."""
        unknown = [one for one in people if not self._is_known(team, one)]
        found = await self._accounts.several(team, unknown) if unknown else {}
        self._known.update(((team, person), one) for person, one in found.items())
        self._missing.update((team, person) for person in unknown if person not in found)
        known = {person: self._known.get((team, person)) for person in people}
        return {person: one for person, one in known.items() if one and one.accounts}

    def everybody(self, team: str) -> AsyncIterator[PersonAccounts]:
        """Asked for each time."""
        return self._accounts.everybody(team)

    async def by_email(self, team: str, email: str) -> str | None:
        """Asked for each time."""
        return await self._accounts.by_email(team, email)

    async def keep(self, accounts: PersonAccounts) -> None:
        """Kept there."""
        self._drop(accounts.team, accounts.person)
        await self._accounts.keep(accounts)

    async def forget(self, team: str, person: str) -> None:
        """Forgotten there."""
        self._drop(team, person)
        await self._accounts.forget(team, person)

    @asynccontextmanager
    async def alone(self, team: str, person: str) -> AsyncIterator[None]:
        """Their lock. Within it the newest counts, whoever looked while it was waited for."""
        async with self._accounts.alone(team, person):
            self._drop(team, person)
            yield

    def _is_known(self, team: str, person: str) -> bool:
        return (team, person) in self._known or (team, person) in self._missing

    def _drop(self, team: str, person: str) -> None:
        self._known.pop((team, person), None)
        self._missing.discard((team, person))

"""Nobody is connected, and nobody can be: where the store forgets, or would keep secrets in clear."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal

from bot.accounts.model import Installation, PersonAccounts, Rules
from bot.accounts.ports import SecretsRefused


class NoAccounts:
    """Implements `Accounts`."""

    def __init__(self, refusal: Literal["volatile", "unsealed"] = "volatile") -> None:
        self._refusal: Literal["volatile", "unsealed"] = refusal

    @property
    def refusal(self) -> Literal["volatile", "unsealed"]:
        """Why."""
        return self._refusal

    async def of(self, team: str, person: str) -> PersonAccounts:
        """Nothing."""
        return PersonAccounts(team=team, person=person)

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, PersonAccounts]:
        """Nobody."""
        return {}

    async def everybody(self, team: str) -> AsyncIterator[PersonAccounts]:
        """Nobody."""
        nobody: tuple[PersonAccounts, ...] = ()
        for one in nobody:
            yield one

    async def by_email(self, team: str, email: str) -> str | None:
        """Nobody."""
        return None

    async def keep(self, accounts: PersonAccounts) -> None:
        """Raises SecretsRefused."""
        raise SecretsRefused(self._refusal)

    async def forget(self, team: str, person: str) -> None:
        """There is nothing."""

    def alone(self, team: str, person: str) -> AbstractAsyncContextManager[None]:
        """Raises SecretsRefused."""
        raise SecretsRefused(self._refusal)


class UsualRules:
    """Implements `RulesBook`: the same for everybody."""

    async def of(self, team: str) -> Rules:
        """The usual ones."""
        return Rules(team=team)

    async def now(self, team: str) -> Rules:
        """The usual ones."""
        return Rules(team=team)

    async def keep(self, rules: Rules) -> None:
        """Raises SecretsRefused."""
        raise SecretsRefused("volatile")

    async def forget(self, team: str) -> None:
        """They stay."""


class NoInstallations:
    """Implements `Installations`."""

    def __init__(self, refusal: Literal["volatile", "unsealed"] = "volatile") -> None:
        self._refusal: Literal["volatile", "unsealed"] = refusal

    async def of(self, team: str | None, enterprise: str | None = None) -> Installation | None:
        """None."""
        return None

    async def served(self, enterprise: str) -> tuple[str, ...]:
        """None."""
        return ()

    async def teams(self) -> tuple[str, ...]:
        """None."""
        return ()

    async def keep(self, installation: Installation) -> None:
        """Raises SecretsRefused."""
        raise SecretsRefused(self._refusal)

    async def forget(self, team: str | None, enterprise: str | None = None) -> None:
        """There is none."""

    def alone(self, team: str | None, enterprise: str | None = None) -> AbstractAsyncContextManager[None]:
        """Raises SecretsRefused."""
        raise SecretsRefused(self._refusal)

"""Finds people by the address of an account that they have connected: it may be another than Slack knows."""

from bot.accounts.ports import Accounts
from bot.conversation.ports import StoreUnavailable
from bot.scheduling.errors import DirectoryUnavailable, UnknownPerson
from bot.scheduling.model import Person
from bot.scheduling.ports import Directory


class FindingDirectory:
    """Implements `Directory` over another. Who has an address in Slack comes first: nobody can take it."""

    def __init__(self, directory: Directory, accounts: Accounts, team: str) -> None:
        self._directory = directory
        self._accounts = accounts
        self._team = team

    async def person(self, person_id: str) -> Person:
        """As there."""
        return await self._directory.person(person_id)

    async def person_now(self, person_id: str) -> Person:
        """As there."""
        return await self._directory.person_now(person_id)

    async def by_email(self, email: str) -> Person | None:
        """The member with this address, or whose account has it."""
        found = await self._directory.by_email(email)
        if found or self._accounts.refusal:
            return found
        try:
            person_id = await self._accounts.by_email(self._team, email)
            return await self._directory.person(person_id) if person_id else None
        except UnknownPerson:
            return None
        except StoreUnavailable as error:
            raise DirectoryUnavailable("accounts") from error

    async def group(self, group_id: str) -> tuple[str, ...]:
        """As there."""
        return await self._directory.group(group_id)

    async def thread(self, channel: str, ts: str) -> tuple[str, ...]:
        """As there."""
        return await self._directory.thread(channel, ts)

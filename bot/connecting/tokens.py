"""A person's credentials at Cal.com, kept with their accounts: renewed once and ended for all processes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

from pydantic import SecretStr

from bot.accounts.model import LinkedAccount
from bot.accounts.ports import Accounts
from bot.calcom.access.kinds import ApiKey, named_after
from bot.calcom.access.tokens import Refresh, TokenPair
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.scheduling.errors import CalendarUnavailable, NotAllowed, ReconnectNeeded

SAVING: Final = (0.2, 1.0, 3.0)  # seconds between attempts to keep what cannot be had a second time


class KeptAccount:
    """One account of somebody's, in the store. `account`: as it was read just now."""

    def __init__(self, accounts: Accounts, team: str, person: str, account: LinkedAccount) -> None:
        self._accounts = accounts
        self._team = team
        self._person = person
        self.account = account

    async def read(self) -> LinkedAccount:
        """As it stands in the store. Raises ReconnectNeeded when it was disconnected, StoreUnavailable."""
        found = (await self._accounts.of(self._team, self._person)).account(self.account.id)
        if found is None:
            raise ReconnectNeeded("disconnected")
        self.account = found
        return found

    async def change(self, **changes: object) -> None:
        """Keep it changed, within `alone`. What was disconnected meanwhile does not come back."""
        everything = await self._accounts.of(self._team, self._person)
        found = everything.account(self.account.id)
        if found is None:
            raise ReconnectNeeded("disconnected")
        self.account = found.model_copy(update=changes)
        await self._accounts.keep(everything.having(self.account))

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Nobody else changes it meanwhile. Raises CalendarUnavailable where the store is away."""
        try:
            async with self._accounts.alone(self._team, self._person):
                yield
        except (LockLost, StoreUnavailable) as error:
            raise CalendarUnavailable("accounts_not_reached") from error


class AccountTokens:
    """Implements `TokenKeeper`. Its pair is read anew within the lock only: a request costs no look-up."""

    def __init__(self, kept: KeptAccount) -> None:
        self._kept = kept
        self._holds = False
        self._name = named_after(kept.account.id)

    @property
    def account(self) -> str:
        """A name that says nothing of it."""
        return self._name

    async def current(self) -> TokenPair:
        """The newest pair. Raises ReconnectNeeded, CalendarUnavailable."""
        return _pair(await self._kept.read() if self._holds else self._kept.account)

    async def keep(self, pair: TokenPair) -> None:
        """In the place of the former one, within the lock. It cannot be had a second time."""
        for seconds in SAVING:
            try:
                return await self._put(pair)
            except StoreUnavailable:
                await asyncio.sleep(seconds)
        return await self._put(pair)

    async def _put(self, pair: TokenPair) -> None:
        await self._kept.change(
            access=SecretStr(pair.access), refresh=SecretStr(pair.refresh), expires_at=pair.expires_at
        )

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Within it nobody else renews them, in any process."""
        async with self._kept.alone():
            self._holds = True
            try:
                yield
            finally:
                self._holds = False

    def refreshing(self, refresh: Refresh) -> Refresh:
        """`refresh`, after which it is known to everybody that consent has ended, where it has."""

        async def refreshed(pair: TokenPair) -> TokenPair:
            try:
                return await refresh(pair)
            except ReconnectNeeded:
                if (await self.current()).refresh == pair.refresh:  # else another process was faster
                    await self._kept.change(ended=True)
                raise

        return refreshed


class LinkedKey(ApiKey):
    """A person's API key. `whose`: asks Cal.com whose it is, for one refusal may be the server's mistake.

    When it is refused again, only connecting again helps, and everybody is to know.
    """

    def __init__(self, key: str, kept: KeptAccount, whose: Callable[[], Awaitable[object]]) -> None:
        super().__init__(key)
        self._kept = kept
        self._whose = whose

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Whether it is good after all. Raises ReconnectNeeded, CalendarUnavailable."""
        try:
            await self._whose()
        except NotAllowed:
            return await self._ended()
        return True

    async def _ended(self) -> bool:
        """What was connected anew meanwhile, under the same id but by another key, has not ended."""
        ours = self._kept.account.key
        async with self._kept.alone():
            if (await self._kept.read()).key == ours:
                await self._kept.change(ended=True)
        raise ReconnectNeeded("key_refused")


def linked_by_tokens(account: LinkedAccount, pair: TokenPair) -> LinkedAccount:
    """The account with these tokens."""
    return account.model_copy(
        update={
            "access": SecretStr(pair.access),
            "refresh": SecretStr(pair.refresh),
            "expires_at": pair.expires_at,
        }
    )


def _pair(account: LinkedAccount) -> TokenPair:
    """Raises ReconnectNeeded where it has none (any more)."""
    if account.ended or account.access is None or account.refresh is None:
        raise ReconnectNeeded("no_tokens")
    return TokenPair(
        account.access.get_secret_value(), account.refresh.get_secret_value(), account.expires_at
    )

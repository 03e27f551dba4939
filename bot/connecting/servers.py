"""The lines to all Cal.com servers that people's accounts are at: one each, opened when first needed."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from bot.accounts.model import LinkedAccount
from bot.accounts.ports import Accounts
from bot.calcom.access.kinds import Access, ApiKey
from bot.calcom.access.tokens import Refresh, TokenAccess, TokenPair
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.server import Server
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.connection import open_http
from bot.calcom.transport.line import Line
from bot.calcom.transport.reads import Reads
from bot.connecting.tokens import AccountTokens, KeptAccount, LinkedKey
from bot.scheduling.errors import ReconnectNeeded
from bot.scheduling.model import Account

MOST: Final = 200  # other servers at a time; admins of all workspaces name them


class Lines:
    """`settled`: to the server of the settings. What a gateway wants goes nowhere else.

    `abroad`: others are named by admins of anybody's workspace, and are not looked for in our own network.
    """

    def __init__(self, settled: Line, *, abroad: bool = False) -> None:
        self._settled = settled
        self._abroad = abroad
        self._others: OrderedDict[str, Line] = OrderedDict()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def settled(self) -> str:
        """The address of the server of the settings."""
        return self._settled.server.base_url

    def to(self, server: str) -> Line:
        """The line to this server. Of too many, the one not needed for longest is closed."""
        if server == self.settled:
            return self._settled
        if server not in self._others:
            self._others[server] = self._opened(server)
        self._others.move_to_end(server)
        while len(self._others) > MOST:
            self._leave(self._others.popitem(last=False)[1])
        return self._others[server]

    def heard_news(self) -> None:
        """Somebody's booking was made or changed, at whichever of them."""
        for line in (self._settled, *self._others.values()):
            line.heard_news()

    def forget(self) -> None:
        """Know nothing of what was read."""
        for line in (self._settled, *self._others.values()):
            line.forget()

    def _opened(self, server: str) -> Line:
        pace = self._settled.pace
        return replace(
            self._settled,
            http=open_http({}, abroad=self._abroad),
            server=Server(server),
            breaker=Breaker(),
            reads=Reads(pace.seconds) if self._settled.reads is not None else None,
        )

    async def close(self) -> None:
        """All but that of the settings."""
        for line in self._others.values():
            self._leave(line)
        await asyncio.gather(*self._closing)

    def _leave(self, line: Line) -> None:
        """What is under way there comes to nothing; so it would where the server is gone."""
        closing = asyncio.create_task(line.http.aclose())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)


@asynccontextmanager
async def open_lines(settled: Line, *, abroad: bool = False) -> AsyncIterator[Lines]:
    """All of them are closed at the end."""
    lines = Lines(settled, abroad=abroad)
    try:
        yield lines
    finally:
        await lines.close()


class Openers:
    """Opens calendars of accounts that are linked. `refresh`: where the bot is known to Cal.com by OAuth."""

    def __init__(
        self, lines: Lines, accounts: Accounts, refresh: Refresh | None, clock: Callable[[], datetime]
    ) -> None:
        self._lines = lines
        self._accounts = accounts
        self._refresh = refresh
        self._clock = clock

    def of(self, team: str) -> Callable[[str, LinkedAccount], CalcomCalendar]:
        """That of a workspace."""
        return partial(self._opened, team)

    async def by_key(self, server: str, key: str) -> Account:
        """Whose key it is. Raises CalendarError."""
        return await self._whose(server, ApiKey(key))

    async def by_tokens(self, pair: TokenPair) -> Account:
        """Whose tokens they are, at the server of the settings. Raises CalendarError."""
        return await self._whose(self._lines.settled, ApiKey(pair.access))

    def _whose(self, server: str, access: Access) -> Awaitable[Account]:
        return CalcomCalendar(CalcomClient(self._lines.to(server), access).anew()).me()

    def _opened(self, team: str, person: str, account: LinkedAccount) -> CalcomCalendar:
        client = CalcomClient(self._lines.to(account.server), self._access(team, person, account))
        return CalcomCalendar(client, account.account)

    def _access(self, team: str, person: str, account: LinkedAccount) -> Access:
        """Raises ReconnectNeeded where nothing opens it any more."""
        kept = KeptAccount(self._accounts, team, person, account)
        if account.key:
            key = account.key.get_secret_value()
            whose = partial(self.by_key, account.server, key)
            return LinkedKey(key, kept, whose) if person else ApiKey(key)
        if self._refresh is None:
            raise ReconnectNeeded("no_consent_here")
        tokens = AccountTokens(kept)
        return TokenAccess(tokens, tokens.refreshing(self._refresh), self._clock)

"""The lines to all Cal.com servers that people's accounts are at: one each, opened when first needed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

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

MOST: int = 50  # other servers; an admin names each of them


class Lines:
    """`settled`: to the server of the settings. What a gateway wants goes nowhere else."""

    def __init__(self, settled: Line, stack: AsyncExitStack) -> None:
        self._settled = settled
        self._stack = stack
        self._others: dict[str, Line] = {}

    @property
    def settled(self) -> str:
        """The address of the server of the settings."""
        return self._settled.server.base_url

    def to(self, server: str) -> Line:
        """The line to this server. Raises ReconnectNeeded where there are too many."""
        if server == self.settled:
            return self._settled
        if server not in self._others:
            if len(self._others) >= MOST:
                raise ReconnectNeeded("too_many_servers")
            self._others[server] = self._opened(server)
        return self._others[server]

    def forget(self) -> None:
        """Know nothing of what was read."""
        for line in (self._settled, *self._others.values()):
            line.forget()

    def _opened(self, server: str) -> Line:
        http = open_http({})
        self._stack.push_async_callback(http.aclose)
        pace = self._settled.pace
        return replace(
            self._settled,
            http=http,
            server=Server(server),
            breaker=Breaker(),
            reads=Reads(pace.seconds) if self._settled.reads is not None else None,
        )


@asynccontextmanager
async def open_lines(settled: Line) -> AsyncIterator[Lines]:
    """All of them are closed at the end."""
    async with AsyncExitStack() as stack:
        yield Lines(settled, stack)


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

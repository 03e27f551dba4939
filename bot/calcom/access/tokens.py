"""Access by a person's own tokens: a short-lived one that is sent, and one that fetches the next pair."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.calcom.access.kinds import bearer
from bot.calcom.transport.together import Together
from bot.scheduling.errors import CalendarUnavailable, ReconnectNeeded

EARLY = timedelta(seconds=60)  # before its end a token is renewed without waiting for a refusal


@dataclass(frozen=True)
class TokenPair:
    """What a person gave us. `expires_at`: the access token's end, aware; None where it was not said."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime | None = None


class TokenKeeper(Protocol):
    """Where the pair of one person's calendar is kept, for all processes."""

    @property
    def account(self) -> str:
        """An opaque name of it, for rate limits and caches."""

    async def current(self) -> TokenPair:
        """The newest pair. Raises ReconnectNeeded when there is none."""

    async def keep(self, pair: TokenPair) -> None:
        """Put this pair in the place of the former one, at once and for all."""

    def alone(self) -> AbstractAsyncContextManager[None]:
        """A lock over all processes: within it nobody else fetches a new pair for this person."""


# Fetches the next pair. Raises ReconnectNeeded, NotAllowed, CalendarUnavailable.
Refresh = Callable[[TokenPair], Awaitable[TokenPair]]


class TokenAccess:
    """Sends the access token; fetches the next pair when it is about to end, or is refused.

    The old pair may be dead once a new one was given out, so it is fetched once: for all who ask in this
    process, and under the keeper's lock, where another process may have done it meanwhile.
    """

    def __init__(
        self, keeper: TokenKeeper, refresh: Refresh, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._keeper = keeper
        self._refresh = refresh
        self._clock = clock
        self._together: Together[TokenPair] = Together()

    @property
    def credential(self) -> str:
        """The account's name: it stays when the tokens change."""
        return self._keeper.account

    async def headers(self) -> Mapping[str, str]:
        """The access token as bearer."""
        pair = await self._keeper.current()
        left = self._left(pair)
        if left is not None and left <= EARLY:
            pair = await self._renewed_early(pair, is_over=left <= timedelta(0))
        return bearer(pair.access)

    async def renewed(self, refused: Mapping[str, str]) -> bool:
        """Fetch the next pair, unless somebody has done it already."""
        pair = await self._keeper.current()
        if bearer(pair.access) == refused:
            pair = await self._together(partial(self._renew, pair))
        return bearer(pair.access) != refused

    def _left(self, pair: TokenPair) -> timedelta | None:
        return pair.expires_at - self._clock() if pair.expires_at else None

    async def _renewed_early(self, pair: TokenPair, *, is_over: bool) -> TokenPair:
        """Before its end a token still works: when the next cannot be had just now, it is sent."""
        try:
            return await self._together(partial(self._renew, pair))
        except CalendarUnavailable:
            if is_over:
                raise
            return pair

    async def _renew(self, old: TokenPair) -> TokenPair:
        async with self._keeper.alone():
            current = await self._keeper.current()
            if current.access != old.access:
                return current
            try:
                fresh = await self._refresh(current)
            except ReconnectNeeded:
                newest = await self._keeper.current()
                if newest.refresh == current.refresh:
                    raise
                return newest  # the lock was lost, and another process was faster
            await self._keeper.keep(fresh)
            return fresh


class KeptInMemory:
    """A `TokenKeeper` that keeps the pair as long as the process lives."""

    def __init__(self, account: str, pair: TokenPair) -> None:
        self._account = account
        self._pair = pair
        self._lock = asyncio.Lock()

    @property
    def account(self) -> str:
        """As it was given."""
        return self._account

    async def current(self) -> TokenPair:
        """The newest pair."""
        return self._pair

    async def keep(self, pair: TokenPair) -> None:
        """Replace it."""
        self._pair = pair

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Within this process."""
        async with self._lock:
            yield

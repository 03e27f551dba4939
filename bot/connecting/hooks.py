"""Keeps Cal.com telling us the news of each calendar, and ends that where somebody parts from us."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.accounts.ports import Accounts, Belongings
from bot.calcom.webhooks import Hook
from bot.conversation.ports import StoreUnavailable
from bot.conversation.rounds import Hooks
from bot.scheduling.errors import CalendarError
from bot.scheduling.later_found import LaterFound
from bot.scheduling.model import SHARED, CalendarRef

log = logging.getLogger(__name__)

LAST_CALL: Final = 1.5  # seconds for ending it, while people wait: what is not ended tells us nothing
LAST_CALLS: Final = 60.0  # seconds for all of a workspace's: what is kept of it has to go even so


@dataclass(frozen=True)
class Doorway:
    """Where news come in. `secret`: of all hooks; `is_home`: one workspace, whose hook names none."""

    public_url: str
    secret: Callable[[], Awaitable[str]]
    is_home: bool

    def hook(self, team: str, calendar: CalendarRef) -> Hook:
        """Of this calendar."""
        if calendar == SHARED:
            return Hook("" if self.is_home else team)
        return Hook(team, calendar.person, calendar.account)

    def url(self, team: str, calendar: CalendarRef) -> str:
        """Its whole address."""
        return f"{self.public_url}{self.hook(team, calendar).path}"


class WorkspaceHooks:
    """Implements `Hooks` for one workspace. `calendar`: opens it."""

    def __init__(self, team: str, calendar: Callable[[CalendarRef], LaterFound], doorway: Doorway) -> None:
        self._team = team
        self._calendar = calendar
        self._doorway = doorway

    async def keep(self, calendar: CalendarRef) -> None:
        """Have its news sent to us, and mend what is broken. Raises CalendarError, StoreUnavailable."""
        hook = self._doorway.hook(self._team, calendar)
        secret = hook.secret(await self._doorway.secret())
        await self._calendar(calendar).subscribe(self._doorway.url(self._team, calendar), secret)

    async def drop(self, calendar: CalendarRef) -> None:
        """End it, if that can be done at once."""
        try:
            async with asyncio.timeout(LAST_CALL):
                await self._calendar(calendar).unsubscribe(self._doorway.url(self._team, calendar))
        except (CalendarError, StoreUnavailable, TimeoutError) as error:
            log.warning("a webhook may still be there team=%s error=%s", self._team, type(error).__name__)


class Parting:
    """Implements `Belongings` over others: whose calendars are forgotten, of those nothing more is heard."""

    def __init__(
        self,
        belongings: Belongings,
        accounts: Accounts,
        hooks_of: Callable[[str], Hooks | None],
        patience: float = LAST_CALLS,
    ) -> None:
        self._patience = patience
        self._belongings = belongings
        self._accounts = accounts
        self._hooks_of = hooks_of

    def export(self, team: str, person: str | None = None) -> AsyncIterator[str]:
        """As theirs."""
        return self._belongings.export(team, person)

    async def delete(self, team: str, person: str | None = None, *, keeps_audit: bool = False) -> int:
        """As theirs, after a last word to Cal.com."""
        if hooks := self._hooks_of(team):
            with suppress(StoreUnavailable, TimeoutError):
                async with asyncio.timeout(self._patience):
                    async for calendar in self._calendars(team, person):
                        await hooks.drop(calendar)
        return await self._belongings.delete(team, person, keeps_audit=keeps_audit)

    async def _calendars(self, team: str, person: str | None) -> AsyncIterator[CalendarRef]:
        if person is None:
            async for one in self._accounts.everybody(team):
                for account in one.accounts:
                    yield CalendarRef(person=one.person, account=account.id)
            return
        for account in (await self._accounts.of(team, person)).accounts:
            yield CalendarRef(person=person, account=account.id)

"""A workspace has taken the bot out: all that is kept of it is deleted."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.accounts.ports import Installations
from bot.conversation.auditing import deed
from bot.conversation.ports import AuditLog
from bot.conversation.turns import Uninstalled
from bot.slack.failures import NotInstalled
from bot.slack.refusals import refusal_of_token
from bot.slack.workspaces import Workspaces

log = logging.getLogger(__name__)

NEW: Final = timedelta(minutes=5)  # so far may our clock and Slack's be apart


@dataclass(frozen=True)
class Leaving:
    """What has to be done. `erase` deletes all that is kept under an id of a workspace's."""

    installations: Installations
    workspaces: Workspaces
    erase: Callable[[str], Awaitable[object]]
    audit: AuditLog

    async def close_up(self, gone: Uninstalled) -> None:
        """Delete it. The same a second time changes nothing. Raises StoreUnavailable, IdentityUnknown."""
        if await self._is_back(gone):
            log.info("installed anew meanwhile, nothing is deleted team=%s", gone.place)
            return
        for team in await self._served(gone):
            await self.erase(team)
            self.workspaces.forget(team)
        await self.installations.forget(gone.team, None if gone.team else gone.enterprise)
        self.workspaces.forget(gone.place)
        await self.erase(gone.place)
        await self.audit.note(deed("uninstalled", team=gone.place, person="", at=gone.at))
        log.info("all of a workspace was deleted team=%s", gone.place)

    async def _served(self, gone: Uninstalled) -> tuple[str, ...]:
        """The workspaces that the organisation's installation served, and that have none of their own."""
        if gone.team or not gone.enterprise:
            return ()
        served = await self.installations.served(gone.enterprise)
        return tuple([one for one in served if await self.installations.of(one) is None])

    async def _is_back(self, gone: Uninstalled) -> bool:
        """Whether it was installed anew since: news of the former installation may come late."""
        found = await self.installations.of(gone.team, None if gone.team else gone.enterprise)
        if found is None or found.installed_at < gone.at - NEW:
            return False
        try:
            client = await self.workspaces.client(gone.place)
        except NotInstalled:
            return False
        return await refusal_of_token(client) is None

"""Sends somebody round all calendars of all workspaces, every so often."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.accounts.ports import Accounts, RulesBook
from bot.connecting.linking import MeansOf
from bot.conversation.ports import Clock, TurnQueue
from bot.conversation.rounds import Round
from bot.keeping import Stores
from bot.offices import Offices
from bot.scheduling.errors import DirectoryUnavailable
from bot.scheduling.model import SHARED, CalendarRef
from bot.settings import Settings
from bot.slack.identity import IdentityUnknown
from bot.slack.workspaces import Workspaces

log = logging.getLogger(__name__)

HOUR: Final = 3600  # seconds between two rounds
SOON: Final = 300  # the same where no webhook can come: then nothing else tells
NOBODY: Final = ""  # whom no calendar but the workspace's serves


@dataclass(frozen=True)
class Itinerary:
    """`teams`: the workspaces that have the bot; `seconds`: how often all is gone through."""

    teams: Callable[[], Awaitable[Sequence[str]]]
    means_of: MeansOf
    accounts: Accounts
    rules: RulesBook
    queue: TurnQueue
    clock: Clock
    seconds: int

    async def send_out(self) -> None:
        """A round of each calendar, as work of its own, once in a period. Raises what the ports raise."""
        for team in await self.teams():
            try:
                async for calendar in self._calendars(team):
                    await self._send(team, calendar)
            except DirectoryUnavailable:
                log.info("no round of a workspace that cannot be reached team=%s", team)

    async def _send(self, team: str, calendar: CalendarRef) -> None:
        now = self.clock()
        period = int(now.timestamp()) // self.seconds
        name = f"round:{team}:{calendar.person}:{calendar.account}:{period}"
        await self.queue.put(Round(id=name, team=team, calendar=calendar, at=now))

    async def _calendars(self, team: str) -> AsyncIterator[CalendarRef]:
        means = await self.means_of(team)
        if means is None:
            return
        if await means.calendars.serving(NOBODY) == SHARED:
            yield SHARED
        if (await self.rules.of(team)).calendars == "shared":
            return
        async for person in self.accounts.everybody(team):
            for account in person.accounts:
                if not account.ended:
                    yield CalendarRef(person=person.person, account=account.id)


def itinerary_of(
    settings: Settings,
    stores: Stores,
    workspaces: Workspaces,
    offices: Offices,
    queue: TurnQueue,
    clock: Clock,
) -> Itinerary:
    """That of the workspaces of these settings."""

    async def here() -> Sequence[str]:
        return (await stores.installations.teams()) if settings.installs else (await _home(workspaces),)

    seconds = HOUR if hears_webhooks(settings) else SOON
    return Itinerary(here, offices.means, stores.accounts, stores.rules, queue, clock, seconds)


def hears_webhooks(settings: Settings) -> bool:
    """Whether Cal.com can reach us. By sockets nothing is served."""
    return settings.public_url is not None and settings.slack_app_token is None


async def _home(workspaces: Workspaces) -> str:
    """The one workspace of the settings' token. Raises DirectoryUnavailable where Slack does not say."""
    try:
        return (await workspaces.identity("")).team
    except IdentityUnknown as error:
        raise DirectoryUnavailable("identity") from error

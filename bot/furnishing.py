"""What the office of a workspace is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.v1.calendar import V1Calendar
from bot.calendars import Opener, WorkspaceCalendars
from bot.conversation.ports import Clock, TurnQueue, Watcher
from bot.conversation.watching import WatchedMessenger, WatchedStore
from bot.keeping import Stores
from bot.means import Means, Sleep
from bot.settings import Settings
from bot.slack.directory import SlackDirectory
from bot.slack.messenger import SlackMessenger
from bot.slack.workspaces import NotInstalled, Workspaces


@dataclass(frozen=True)
class Furniture:
    """What every office is made of; each has a messenger, a directory and calendars of its own."""

    settings: Settings
    stores: Stores
    queue: TurnQueue
    calendar: CalcomCalendar | V1Calendar | None  # of the settings' own key
    open_calendar: Opener
    workspaces: Workspaces
    clock: Clock
    new_id: Callable[[], str]
    sleep: Sleep
    watcher: Watcher

    async def means_of(self, team: str) -> Means | None:
        """The means of this workspace; None where the bot is not installed. Raises IdentityUnknown."""
        try:
            client = await self.workspaces.client(team)
            team = team or (await self.workspaces.authorized(None)).identity.team
        except NotInstalled:
            return None
        stores, watcher = self.stores, self.watcher
        return Means(
            store=WatchedStore(stores.conversations, watcher),
            queue=self.queue,
            later=stores.later,
            messenger=WatchedMessenger(SlackMessenger(client), watcher),
            directory=SlackDirectory(client, clock=self.clock, zone=self.settings.default_timezone),
            calendars=WorkspaceCalendars(
                team, stores.accounts, stores.rules, self.open_calendar, self.calendar
            ),
            locks=stores.locks,
            ledger=stores.ledger,
            audit=stores.audit,
            clock=self.clock,
            new_id=self.new_id,
            sleep=self.sleep,
            watcher=watcher,
            rules=stores.rules,
        )

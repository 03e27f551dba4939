"""What the office of a workspace is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.accounts.finding import FindingDirectory
from bot.aside import Aside
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.v1.calendar import V1Calendar
from bot.calendars import WorkspaceCalendars
from bot.connecting.hooks import Doorway, Parting
from bot.conversation.ports import Clock, TurnQueue, Watcher
from bot.conversation.rounds import Hooks
from bot.conversation.watching import WatchedMessenger, WatchedStore
from bot.hearing import hooks_of
from bot.keeping import Stores
from bot.means import Means, Sleep
from bot.reception import Reception
from bot.scheduling.errors import DirectoryUnavailable
from bot.settings import Settings
from bot.slack.directory import SlackDirectory
from bot.slack.identity import Identity, IdentityUnknown
from bot.slack.links import SlackUnfurls
from bot.slack.messenger import SlackMessenger
from bot.slack.sessions import SlackSessions
from bot.slack.workspaces import NotInstalled, Workspaces


@dataclass(frozen=True)
class Furniture:
    """What every office is made of; each has a messenger, a directory and calendars of its own."""

    settings: Settings
    stores: Stores
    queue: TurnQueue
    calendar: CalcomCalendar | V1Calendar | None  # of the settings' own key
    reception: Reception
    workspaces: Workspaces
    clock: Clock
    new_id: Callable[[], str]
    sleep: Sleep
    watcher: Watcher
    aside: Aside
    doorway: Doorway | None = None  # where news of calendars come in

    async def is_there(self, team: str) -> bool:
        """Whether the bot is in this workspace. Raises DirectoryUnavailable, StoreUnavailable."""
        try:
            await self._identity(team)
        except NotInstalled:
            return False
        return True

    async def means_of(self, team: str) -> Means | None:
        """The means of this workspace; None where the bot is not installed.

        Raises DirectoryUnavailable, StoreUnavailable.
        """
        try:
            me = await self._identity(team or self._home)
            client = await self.workspaces.client(me.team)
        except NotInstalled:
            return None
        team, stores, watcher = me.team, self.stores, self.watcher
        calendars = self._calendars(team, self._settled(me))
        zone = self.settings.default_timezone
        directory = SlackDirectory(client, clock=self.clock, team_id=team, zone=zone)
        return Means(
            store=WatchedStore(stores.conversations, watcher),
            queue=self.queue,
            later=stores.later,
            messenger=WatchedMessenger(SlackMessenger(client, team), watcher),
            directory=FindingDirectory(directory, stores.accounts, team),
            calendars=calendars,
            hooks=hooks_of(team, calendars, self.doorway),
            locks=stores.locks,
            ledger=stores.ledger,
            audit=stores.audit,
            clock=self.clock,
            new_id=self.new_id,
            sleep=self.sleep,
            watcher=watcher,
            rules=stores.rules,
            connections=self.reception.connections_of(team),
            belongings=self.belongings,
            sessions=SlackSessions(client),
            unfurls=SlackUnfurls(client),
            stops=stores.stops,
            aside=self.aside,
            preferences=stores.preferences,
            snapshots=stores.snapshots,
            chains=stores.chains,
            marks=stores.marks,
            team=team,
        )

    @property
    def belongings(self) -> Parting:
        """All that is kept; of what is deleted nothing more is heard."""
        return Parting(self.stores.belongings, self.stores.accounts, self._last_hooks)

    def _last_hooks(self, team: str) -> Hooks:
        """For a workspace that may have taken the bot out already."""
        return hooks_of(team, self._calendars(team, None), self.doorway)

    def _calendars(self, team: str, settled: CalcomCalendar | V1Calendar | None) -> WorkspaceCalendars:
        opener, servers_of = self.reception.openers.of(team), self.reception.servers_of
        return WorkspaceCalendars(team, self.stores.accounts, self.stores.rules, opener, settled, servers_of)

    async def _identity(self, team: str) -> Identity:
        """Raises NotInstalled, DirectoryUnavailable where Slack does not say, StoreUnavailable."""
        try:
            return await self.workspaces.identity(team)
        except IdentityUnknown as error:
            raise DirectoryUnavailable("identity") from error

    @property
    def _home(self) -> str:
        """Whose news it is that names no workspace, which is that of the settings' own key."""
        teams = self.settings.slack_teams
        return teams[0] if len(teams) == 1 else ""

    def _settled(self, me: Identity) -> CalcomCalendar | V1Calendar | None:
        """The calendar of the settings' own key: where anybody may install the bot, it is not for anybody."""
        teams = self.settings.slack_teams
        is_ours = not self.settings.installs or me.team in teams or me.enterprise in teams
        return self.calendar if is_ours else None

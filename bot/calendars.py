"""The calendars of one workspace: each person's own, and the one that it may share."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.ports import Accounts, RulesBook
from bot.accounts.remembered import RememberedAccounts
from bot.scheduling.errors import UNREADABLE, NotThere, ReconnectNeeded
from bot.scheduling.later_found import HoldingCalendar, LaterFound
from bot.scheduling.model import SHARED, CalendarRef, Hosts

# Makes the calendar of an account that is linked; the Slack id says whose it is ("": the workspace's).
Opener = Callable[[str, LinkedAccount], HoldingCalendar]

ServersOf = Callable[[str], Awaitable[tuple[str, ...]]]  # by workspace


class WorkspaceCalendars:
    """Implements `Calendars` for one workspace. `settled`: the calendar of the settings' own key.

    `servers_of`: where accounts of this workspace may be; none: everywhere.

    An account is looked up anew for every turn and every write: what was disconnected serves nobody.
    """

    def __init__(
        self,
        team: str,
        accounts: Accounts,
        rules: RulesBook,
        open_calendar: Opener,
        settled: HoldingCalendar | None = None,
        servers_of: ServersOf | None = None,
    ) -> None:
        self._team = team
        self._accounts = accounts
        self._rules = rules
        self._open = open_calendar
        self._settled = settled
        self._servers_of = servers_of

    async def serving(self, person_id: str) -> CalendarRef | None:
        """Their own; else the workspace's, where it has one and its rules allow that."""
        if self._accounts.refusal:
            return SHARED if self._settled else None
        rules = await self._rules.of(self._team)
        if rules.calendars != "shared":
            mine = _serving(await self._accounts.of(self._team, person_id))
            if mine:
                return mine
        there = self._settled or rules.shared
        return SHARED if there and rules.calendars != "personal" else None

    async def preferred_host(self, person_id: str) -> Hosts | None:
        """As they said last."""
        if self._accounts.refusal:
            return None
        return (await self._accounts.of(self._team, person_id)).hosts

    async def prefer_host(self, person_id: str, hosts: Hosts) -> None:
        """Remember it beside their calendars."""
        async with self._accounts.alone(self._team, person_id):
            mine = await self._accounts.of(self._team, person_id)
            if mine.accounts and mine.hosts != hosts:
                await self._accounts.keep(mine.model_copy(update={"hosts": hosts}))

    async def usual_kind(self, channel: str) -> str | None:
        """As an admin has set it."""
        if self._accounts.refusal:
            return None
        return (await self._rules.of(self._team)).event_types.get(channel)

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        """Those who have one of their own."""
        if self._accounts.refusal or not people:
            return {}
        if (await self._rules.of(self._team)).calendars == "shared":
            return {}
        found = await self._accounts.several(self._team, people)
        refs = {person: _serving(accounts) for person, accounts in found.items()}
        return {person: ref for person, ref in refs.items() if ref}

    def for_a_turn(self) -> "WorkspaceCalendars":
        """The same, which looks up each person's accounts once."""
        accounts = RememberedAccounts(self._accounts)
        return WorkspaceCalendars(
            self._team, accounts, self._rules, self._open, self._settled, self._servers_of
        )

    def reader(self, ref: CalendarRef) -> LaterFound:
        """Its reader."""
        return self.calendar(ref)

    def calendar(self, ref: CalendarRef) -> LaterFound:
        """The calendar itself."""
        return LaterFound(self._finder(ref))

    def holds(self, ref: CalendarRef) -> LaterFound:
        """What holds its slots."""
        return self.calendar(ref)

    def _finder(self, ref: CalendarRef) -> Callable[[], Awaitable[HoldingCalendar]]:
        if ref.page:
            return partial(self._page, ref)
        found = partial(self._linked, ref) if ref.person else self._shared
        return partial(_visited, found) if ref.as_visitor else found

    async def _page(self, ref: CalendarRef) -> HoldingCalendar:
        looker = ref.seen_from or SHARED
        found = await (self._linked(looker) if looker.person else self._shared())
        return found.page(ref.page, ref.organization)

    async def _linked(self, ref: CalendarRef) -> HoldingCalendar:
        theirs = await self._accounts.of(self._team, ref.person)
        account = theirs.account(ref.account)
        if account is None or account.ended:
            raise ReconnectNeeded(UNREADABLE if theirs.is_unreadable else "disconnected")
        if self._servers_of and account.server not in await self._servers_of(self._team):
            raise ReconnectNeeded("server_not_allowed")
        return self._open(ref.person, account)

    async def _shared(self) -> HoldingCalendar:
        shared = None if self._accounts.refusal else (await self._rules.of(self._team)).shared
        if shared:
            return self._open("", shared)
        if self._settled is None:
            raise ReconnectNeeded("no_shared_calendar")
        return self._settled


async def _visited(find: Callable[[], Awaitable[HoldingCalendar]]) -> HoldingCalendar:
    try:
        return (await find()).as_visitor()
    except ReconnectNeeded as error:  # that is its owner's to mend
        raise NotThere("not_open_to_visitors") from error


def _serving(accounts: PersonAccounts) -> CalendarRef | None:
    if accounts.is_unreadable:  # served by another calendar they would not notice; this one wants connecting
        return CalendarRef(person=accounts.person)
    mine = accounts.default
    return CalendarRef(person=accounts.person, account=mine.id) if mine else None

"""Whose calendar serves whom: looked up for every turn and write, so that what is gone serves nobody."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest

from bot.accounts.model import LinkedAccount, PersonAccounts, Rules
from bot.accounts.nobody import NoAccounts, UsualRules
from bot.calcom.calendar import CalcomCalendar
from bot.calendars import WorkspaceCalendars
from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.errors import NotThere, ReconnectNeeded
from bot.scheduling.model import SHARED, Account, CalendarRef
from bot.stores.accounts import RedisAccounts
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.means import ANA_KEY, client_of, small_calcom
from tests.stores.conftest import FIRST
from tests.stores.connections import NOW

TEAM = "T1"
BENS = CalendarRef(person="UBEN", account="own-ben")


class Counted(RedisAccounts):
    """Counts how often somebody is looked up."""

    looks = 0

    async def of(self, team: str, person: str) -> PersonAccounts:
        self.looks += 1
        return await super().of(team, person)


@dataclass
class Ruled(UsualRules):
    """Rules that a test names."""

    rules: Rules = field(default_factory=lambda: Rules(team=TEAM))

    async def of(self, team: str) -> Rules:
        return self.rules


@dataclass
class Office:
    """A workspace in which Ben has connected his calendar, and Ana's key serves the rest."""

    small: SmallCalcom
    accounts: Counted
    rules: Ruled
    calendars: WorkspaceCalendars

    async def disconnect(self) -> None:
        await self.accounts.forget(TEAM, "UBEN")


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    small = small_calcom()
    async with (
        connect(None) as redis,
        httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http,
    ):
        accounts, rules = Counted(redis, Keys("people"), Codec.from_setting(FIRST)), Ruled()

        def opened(person: str, account: LinkedAccount) -> CalcomCalendar:
            key = account.key.get_secret_value() if account.key else ""
            return CalcomCalendar(client_of(http, key=key), account.account)

        shared = CalcomCalendar(client_of(http, key=ANA_KEY))
        await accounts.keep(PersonAccounts(team=TEAM, person="UBEN").having(bens(small)))
        accounts.looks = 0
        yield Office(small, accounts, rules, WorkspaceCalendars(TEAM, accounts, rules, opened, shared))


def bens(small: SmallCalcom) -> LinkedAccount:
    number, username = small.who_is("UBEN")
    account = Account(id=number, username=username, email="ben@acme.example", name="Ben Carter")
    fields = {"id": "own-ben", "server": "http://cal", "account": account, "connected_at": NOW}
    return LinkedAccount.model_validate({**fields, "key": "cal_playground_ben"})


async def test_who_has_connected_is_served_by_their_own_and_the_others_by_the_workspaces(office: Office):
    assert await office.calendars.serving("UBEN") == BENS
    assert await office.calendars.serving("UEVA") == SHARED
    assert await office.calendars.linked(["UBEN", "UEVA"]) == {"UBEN": BENS}


async def test_a_turn_looks_up_once_whose_calendar_it_is(office: Office):
    turn = office.calendars.for_a_turn()
    await turn.serving("UBEN")
    await turn.reader(BENS).me()
    await turn.reader(BENS).event_types()

    assert office.accounts.looks == 1


async def test_what_was_disconnected_meanwhile_is_neither_read_nor_written(office: Office):
    calendar = office.calendars.calendar(BENS)
    await calendar.event_types()
    await office.disconnect()

    with pytest.raises(ReconnectNeeded):
        await calendar.event_types()
    with pytest.raises(ReconnectNeeded):
        await office.calendars.reader(BENS).event_types()


async def test_a_visitor_is_told_that_it_is_gone_and_not_to_connect_it_again(office: Office):
    visiting = BENS.model_copy(update={"as_visitor": True})
    assert await office.calendars.reader(visiting).event_types()
    await office.disconnect()

    with pytest.raises(NotThere):
        await office.calendars.reader(visiting).event_types()


async def test_somebodys_page_is_read_from_ones_own_calendar(office: Office):
    page = CalendarRef(as_visitor=True, page="chika", seen_from=BENS)

    assert (await office.calendars.reader(page).me()).name == "Chika Mori"

    await office.disconnect()
    with pytest.raises(ReconnectNeeded):
        await office.calendars.reader(page).me()


async def test_who_hosts_is_remembered_beside_what_is_connected_and_only_there(office: Office):
    await office.calendars.prefer_host("UBEN", "them")
    await office.calendars.prefer_host("UEVA", "them")

    assert await office.calendars.preferred_host("UBEN") == "them"
    assert await office.calendars.preferred_host("UEVA") is None
    assert await office.calendars.serving("UBEN") == BENS


async def test_a_channel_has_the_usual_kind_that_an_admin_named(office: Office):
    office.rules.rules = Rules(team=TEAM, event_types={"C1": "intro"})

    assert await office.calendars.usual_kind("C1") == "intro"
    assert await office.calendars.usual_kind("C2") is None


async def test_where_nobody_can_connect_nobody_is_looked_up(office: Office):
    def never(person: str, account: LinkedAccount) -> CalcomCalendar:
        raise AssertionError

    nobodys = WorkspaceCalendars(TEAM, NoAccounts(), UsualRules(), never, None)

    assert await nobodys.serving("UBEN") is None
    assert await nobodys.linked(["UBEN"]) == {}
    assert await nobodys.preferred_host("UBEN") is None
    assert await nobodys.usual_kind("C1") is None
    assert office.accounts.looks == 0

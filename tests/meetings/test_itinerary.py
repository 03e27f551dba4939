"""Somebody goes round every calendar of every workspace, each once in a period."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.accounts.model import Rules
from bot.accounts.nobody import UsualRules
from bot.itinerary import HOUR, SOON, Itinerary, hears_webhooks
from bot.scheduling.errors import DirectoryUnavailable
from bot.scheduling.model import SHARED, CalendarRef
from bot.settings import Settings
from tests.stores.connections import connected, linked

NOON = datetime(2026, 7, 14, 12, 0, tzinfo=UTC)


class Everybody:
    """`Accounts` of these people."""

    def __init__(self, *people):
        self.people = people

    async def everybody(self, team):
        for one in self.people:
            if one.team == team:
                yield one


class Ruled(UsualRules):
    """These rules everywhere."""

    def __init__(self, **rules):
        self.rules = rules

    async def of(self, team):
        return Rules(team=team, **self.rules)


class Sending:
    """An itinerary, and what it sends out. `shared`: whether the workspaces have a calendar of their own."""

    def __init__(self, *people, teams=("T1",), shared=False, away=(), **rules):
        self.works, self.now = [], NOON

        async def serving(person):
            return SHARED if shared else None

        async def here():
            return teams

        async def means_of(team):
            if team in away:
                raise DirectoryUnavailable
            return SimpleNamespace(calendars=SimpleNamespace(serving=serving))

        async def put(work):
            self.works.append(work)

        self.itinerary = Itinerary(
            here,
            means_of,
            Everybody(*people),
            Ruled(**rules),
            SimpleNamespace(put=put),
            lambda: self.now,
            HOUR,
        )

    async def sent(self):
        before = len(self.works)
        await self.itinerary.send_out()
        return [(one.team, one.calendar) for one in self.works[before:]]


def own(person, account):
    return CalendarRef(person=person, account=account)


async def test_each_account_of_each_workspace_and_the_shared_calendar_have_their_turn():
    ended = linked("a3", number=9).model_copy(update={"ended": True})
    people = (connected("T1", "U1"), connected("T2", "U2", linked("a2", number=8), ended))
    sending = Sending(*people, teams=("T1", "T2"), shared=True)

    assert await sending.sent() == [
        ("T1", SHARED),
        ("T1", own("U1", "a1")),
        ("T2", SHARED),
        ("T2", own("U2", "a2")),
    ]


async def test_where_admins_want_one_calendar_nobody_elses_is_looked_through():
    assert await Sending(connected(), shared=True, calendars="shared").sent() == [("T1", SHARED)]


async def test_a_workspace_that_cannot_be_reached_keeps_no_other_from_its_round():
    people = (connected("T1", "U1"), connected("T2", "U2"))

    assert await Sending(*people, teams=("T1", "T2"), away=("T1",)).sent() == [("T2", own("U2", "a1"))]


async def test_a_round_has_one_name_in_each_period():
    sending = Sending(connected())
    for minutes in (0, 20, 39, 1):
        sending.now += timedelta(minutes=minutes)
        await sending.sent()

    names = [one.id for one in sending.works]
    assert names[0] == names[1] == names[2] != names[3]


@pytest.mark.parametrize(
    ("env", "expected"),
    [({"PUBLIC_URL": "https://bot.example"}, True), ({}, False), ({"SLACK_APP_TOKEN": "xapp-1"}, False)],
)
def test_where_no_webhook_comes_the_rounds_are_made_sooner(env, expected):
    settings, _ = Settings.readable({"PUBLIC_URL": "https://bot.example", **env} if expected else env)

    assert hears_webhooks(settings) is expected
    assert SOON < HOUR

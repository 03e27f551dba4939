"""What can be booked with the teams that an account is in: by turns or together, on the hosted service."""

import pytest

from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.looking import find_outcome
from bot.scheduling.model import Attendee, EventType
from bot.scheduling.outcome import Done, Unknown
from bot.scheduling.ports import CalendarReader
from tests.calcom.means import NOW, at, booking_of, calendar_of, done, small_calcom

BEN_KEY = "cal_playground_ben"
KIM = Attendee(email="kim@client.example", name="Kim", zone="Europe/Berlin")


@pytest.fixture
def small() -> SmallCalcom:
    return small_calcom(hosted=True)


async def kind_named(title: str, calendar: CalendarReader) -> EventType:
    return next(one for one in await calendar.team_event_types() if one.title == title)


async def test_the_teams_kinds_say_whose_they_are_and_who_holds_them(small: SmallCalcom):
    async with calendar_of(small, profile="hosted") as calendar:
        turns, together = await kind_named("First call", calendar), await kind_named("Both of us", calendar)
        mine = await calendar.me()

    assert (turns.team, turns.together, turns.obstacle) == ("Sales", False, None)
    assert (together.team, together.together, len(together.hosts)) == ("Sales", True, 2)
    assert mine.id in turns.hosts
    assert turns.url == "https://cal.example/team/sales/first-call"


async def test_one_is_booked_and_found_again_by_whoever_attends_it(small: SmallCalcom):
    async with calendar_of(small, key=BEN_KEY, profile="hosted") as calendar:
        kind, me = await kind_named("First call", calendar), await calendar.me()
        slot = (await calendar.open_slots(kind.id, start=NOW, end=at(28, 0)))[0]
        attendee = Attendee(email=me.email, name=me.name, zone=me.zone)
        command = booking_of(slot.start, kind=kind.id, attendee=attendee)
        booked = await done(command, calendar)

        assert await find_outcome(command, calendar) == Done(booked)


async def test_what_a_team_holds_for_others_may_be_where_one_does_not_see_it(small: SmallCalcom):
    async with calendar_of(small, key=BEN_KEY, profile="hosted") as calendar:
        kind = await kind_named("First call", calendar)
        slot = (await calendar.open_slots(kind.id, start=NOW, end=at(28, 0)))[0]
        command = booking_of(slot.start, kind=kind.id, attendee=KIM)

        assert isinstance(await find_outcome(command, calendar), Unknown)


async def test_a_server_without_teams_has_none_of_their_kinds_and_is_not_asked():
    small = small_calcom()
    async with calendar_of(small) as calendar:
        assert await calendar.team_event_types() == ()

    assert not [one for one in small.requests if "teams" in one.path]

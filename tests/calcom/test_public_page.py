"""Somebody's public page: booked by everybody without a credential, and looked for by whoever attends."""

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.errors import NotThere, OutcomeUnknown
from bot.scheduling.looking import find_outcome
from bot.scheduling.model import Attendee
from bot.scheduling.outcome import Done, NotDone, Unknown
from tests.calcom.means import at, booking_of, carried_out, client_of, done, small_calcom
from tests.calcom.test_visiting import Seen
from tests.core.house import Cutting

NINE_IN_NEW_YORK = at(26, 14)
ANA = Attendee(email="ana@acme.example", name="Ana Weber", zone="Europe/Berlin")


def bens(small: SmallCalcom) -> int:
    return small.event_types("UBEN")[0].id


async def test_a_page_is_read_and_booked_and_whoever_attends_finds_it_again():
    small, seen = (world := small_calcom()), Seen(world)
    async with httpx.AsyncClient(transport=seen) as http:
        page = CalcomCalendar(client_of(http, keeps=True)).page("ben")
        account = await page.me()
        command = booking_of(NINE_IN_NEW_YORK, kind=bens(small), attendee=ANA)
        before = await find_outcome(command, page)
        booked = await done(command, page)
        after = await find_outcome(command, page)

    assert (account.username, account.name, account.email) == ("ben", "Ben Carter", "")
    assert isinstance(before, NotDone)
    assert after == Done(booked)
    assert seen.keys["POST /v2/bookings"] == [None]


async def test_where_somebody_else_attends_nobody_says_that_it_is_not_there():
    small = small_calcom()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        page = CalcomCalendar(client_of(http)).page("ben")
        eva = ANA.model_copy(update={"email": "eva@acme.example"})
        command = booking_of(NINE_IN_NEW_YORK, kind=bens(small), attendee=eva)
        await done(command, page)

        assert isinstance(await find_outcome(command, page), Unknown)


async def test_hidden_kinds_of_meetings_of_a_page_are_not_booked():
    small = small_calcom()
    hidden = small.add_event_type("UBEN", slug="secret", title="Secret", minutes=30, hidden=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        page = CalcomCalendar(client_of(http)).page("ben")
        outcome = await carried_out(booking_of(NINE_IN_NEW_YORK, kind=hidden.id, attendee=ANA), page)

    assert isinstance(outcome, NotDone)
    assert small.bookings() == ()


async def test_a_page_that_shows_nothing_is_nobodys():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small_calcom().app)) as http:
        page = CalcomCalendar(client_of(http)).page("nobody")

        assert await page.event_types() == ()
        with pytest.raises(NotThere):
            await page.me()


async def test_an_answer_that_is_lost_is_looked_for():
    small = small_calcom()
    async with httpx.AsyncClient(transport=Cutting(small.app)) as http:
        page = CalcomCalendar(client_of(http, keeps=True)).page("ben")
        command = booking_of(NINE_IN_NEW_YORK, kind=bens(small), attendee=ANA)
        await page.event_types()
        small.trouble.lose_answers = "drop"
        with pytest.raises(OutcomeUnknown):
            await page.create_booking(command)
        small.trouble.clear()

        assert isinstance(await find_outcome(command, page), Done)

"""An account's calendar as a visitor uses it: public kinds of meetings, and no credential in what is sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.visiting import VisitorCalendar
from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.commands import CancelBooking, ConfirmBooking, DeclineBooking, RescheduleBooking
from bot.scheduling.errors import NotSupported, NotThere
from bot.scheduling.outcome import NotDone
from tests.calcom.means import INTRO_CALL, NOW, at, booking_of, carried_out, client_of, done, small_calcom

TEN = at(25, 9)  # Wednesday, 10:00 in Berlin


class Seen(httpx.ASGITransport):
    """Notes with what each request came."""

    def __init__(self, small: SmallCalcom) -> None:
        super().__init__(small.app)
        self.keys: dict[str, list[str | None]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        keys = self.keys.setdefault(f"{request.method} {request.url.path}", [])
        keys.append(request.headers.get("authorization"))
        return await super().handle_async_request(request)


@asynccontextmanager
async def visitor(small: SmallCalcom, key: str = "") -> AsyncIterator[tuple[VisitorCalendar, Seen]]:
    """A visitor of Ana's calendar, and what goes over the wire."""
    seen = Seen(small)
    async with httpx.AsyncClient(transport=seen) as http:
        client = client_of(http, keeps=True, **({"key": key} if key else {}))
        yield CalcomCalendar(client).as_visitor(), seen


async def test_a_visitor_books_without_a_credential_and_finds_it_with_the_owners():
    small = small_calcom()
    async with visitor(small) as (calendar, seen):
        command = booking_of(TEN)
        booked = await done(command, calendar)
        found = await calendar.find_by_request_id(command)

    assert found == booked
    assert seen.keys["POST /v2/bookings"] == [None]
    assert None not in seen.keys["GET /v2/bookings"]


async def test_a_slot_is_held_and_let_go_without_a_credential():
    small = small_calcom()
    async with visitor(small) as (calendar, seen):
        hold = await calendar.hold(INTRO_CALL, TEN)
        assert hold
        await calendar.release(hold.uid)

    assert seen.keys["POST /v2/slots/reservations"] == [None]


async def test_what_the_host_has_to_accept_waits_for_them():
    async with visitor(small_calcom()) as (calendar, _):
        booked = await done(booking_of(TEN, kind=INTRO_CALL), calendar)

    assert booked.status == "pending"


async def test_hidden_kinds_of_meetings_are_neither_shown_nor_searched_nor_booked():
    small = small_calcom()
    hidden = small.add_event_type("UANA", slug="secret", title="Secret", minutes=30, hidden=True)
    async with visitor(small) as (calendar, seen):
        assert hidden.id not in [one.id for one in await calendar.event_types()]
        with pytest.raises(NotThere):
            await calendar.open_slots(hidden.id, start=NOW, end=at(26, 0))
        outcome = await carried_out(booking_of(TEN, kind=hidden.id), calendar)

    assert isinstance(outcome, NotDone)
    assert "POST /v2/bookings" not in seen.keys
    assert small.bookings() == ()


async def test_somebody_elses_kinds_of_meetings_are_not_booked_through_this_calendar():
    small = small_calcom()
    bens = small.event_types("UBEN")[0]
    async with visitor(small) as (calendar, _):
        outcome = await carried_out(booking_of(TEN, kind=bens.id), calendar)

    assert isinstance(outcome, NotDone)
    assert small.bookings() == ()


async def test_a_visitor_ends_what_they_have_booked_without_a_key():
    async with visitor(small_calcom()) as (calendar, seen):
        booked = await done(booking_of(TEN), calendar)

        ended = await done(CancelBooking(request_id="r3", uid=booked.uid, reason="no"), calendar)

    assert ended.status == "cancelled"
    assert seen.keys[f"POST /v2/bookings/{booked.uid}/cancel"] == [None]


async def test_a_visitor_changes_nothing_else_and_lists_nothing():
    async with visitor(small_calcom()) as (calendar, seen):
        booked = await done(booking_of(TEN), calendar)
        uid = booked.uid
        for change in (
            calendar.reschedule_booking(RescheduleBooking(request_id="r2", uid=uid, start=at(26, 9))),
            calendar.confirm_booking(ConfirmBooking(request_id="r4", uid=uid)),
            calendar.decline_booking(DeclineBooking(request_id="r5", uid=uid)),
            calendar.bookings(after=NOW, before=at(30, 0)),
        ):
            with pytest.raises(NotSupported):
                await change

        assert (await calendar.booking(uid)).status == "accepted"
    assert [one for one in seen.keys if one.startswith("POST")] == ["POST /v2/bookings"]


async def test_an_owner_whose_access_has_ended_is_nothing_that_a_visitor_could_mend():
    async with visitor(small_calcom(), key="cal_of_yesterday") as (calendar, _):
        with pytest.raises(NotThere):
            await calendar.event_types()
        with pytest.raises(NotThere):
            await calendar.me()

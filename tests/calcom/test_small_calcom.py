"""The small Cal.com from the outside: its object and its webhooks."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio

from bot.calcom.webhooks import read_event
from bot.playground.small_calcom import Refusal, SmallCalcom
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.model import BookingEvent
from tests.calcom.means import (
    ANA_KEY,
    NOW,
    SECRET,
    at,
    booking_of,
    calendar_of,
    small_calcom,
)

TEN = at(25, 9)
GIL = {"name": "Gil Guest", "email": "gil@partner.example", "zone": "Europe/Berlin"}
KEY = {"Authorization": f"Bearer {ANA_KEY}", "cal-api-version": "2024-08-13"}


@dataclass
class Receiver:
    """Takes webhooks, and answers with `status`."""

    status: int = 200
    events: list[BookingEvent] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        event = read_event(request.read(), request.headers["x-cal-signature-256"], SECRET)
        if event:
            self.events.append(event)
        return httpx.Response(self.status)

    @property
    def news(self) -> list[str]:
        return [one.news for one in self.events]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def small(receiver: Receiver) -> SmallCalcom:
    small = small_calcom(webhook_url="http://bot/webhooks/calcom")
    small.deliver_through(httpx.MockTransport(receiver))
    return small


@pytest_asyncio.fixture
async def http(small: SmallCalcom) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(small.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://cal", headers=KEY) as http:
        yield http


async def test_all_news_is_told_and_read_by_the_real_reader(small: SmallCalcom, receiver: Receiver):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))
        move = RescheduleBooking(request_id="r2", uid=booked.uid, start=at(26, 10), by="ana@acme.example")
        moved = await calendar.reschedule_booking(move)
        await calendar.cancel_booking(CancelBooking(request_id="r3", uid=moved.uid, reason="Ill"))

    created, rescheduled, cancelled = receiver.events
    assert created.booking == booked
    assert rescheduled.booking.uid == moved.uid
    assert (rescheduled.was_uid, rescheduled.was_start) == (booked.uid, TEN)
    assert rescheduled.by_email == "ana@acme.example"
    assert (cancelled.booking.status, cancelled.booking.reason) == ("cancelled", "Ill")
    assert cancelled.booking.request_id is None  # Cal.com does not tell the metadata then
    assert created.at == NOW


async def test_news_arrives_before_the_answer(small: SmallCalcom):
    order = []

    async def receive(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.02)
        order.append("news")
        return httpx.Response(200)

    small.deliver_through(httpx.MockTransport(receive))
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN))
        order.append("answer")

    assert order == ["news", "answer"]


@pytest.mark.parametrize("failure", [httpx.Response(500), httpx.ConnectError("refused")], ids=str)
async def test_a_receiver_that_fails_fails_no_booking(small: SmallCalcom, failure):
    def receive(request: httpx.Request) -> httpx.Response:
        if isinstance(failure, Exception):
            raise failure
        return failure

    small.deliver_through(httpx.MockTransport(receive))
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))

    assert booked.status == "accepted"


async def test_what_waits_for_its_host(small: SmallCalcom, receiver: Receiver):
    one = await small.book_from_outside("UANA", "intro-call", TEN, **GIL)
    hal = {**GIL, "email": "hal@partner.example"}
    two = await small.book_from_outside("UANA", "intro-call", TEN, **hal)  # pending ones block nobody
    await small.confirm_from_outside(one.uid)
    await small.decline_from_outside(two.uid, "Busy")

    assert [found.status for found in small.bookings()] == ["accepted", "rejected"]
    assert receiver.news == ["requested", "requested", "created", "rejected"]
    assert receiver.events[-1].booking.reason == "Busy"
    with pytest.raises(Refusal):
        await small.confirm_from_outside(one.uid)


@pytest.mark.parametrize(
    ("by", "news"), [("gil@partner.example", "requested"), ("ana@acme.example", "rescheduled")]
)
async def test_a_confirming_type_is_asked_again_unless_the_host_moves(
    small: SmallCalcom, receiver: Receiver, by: str, news: str
):
    booked = await small.book_from_outside("UANA", "intro-call", TEN, **GIL)
    await small.confirm_from_outside(booked.uid)

    await small.move_from_outside(booked.uid, at(26, 10), by=by)

    assert receiver.news[-1] == news


async def test_what_others_do_outside_is_seen_and_told(small: SmallCalcom, receiver: Receiver):
    booked = await small.book_from_outside("UBEN", "meeting", at(25, 18), **GIL)
    moved = await small.move_from_outside(booked.uid, at(26, 18))
    await small.cancel_from_outside(moved.uid)

    assert receiver.news == ["created", "rescheduled", "cancelled"]
    assert [one.status for one in small.bookings()] == ["cancelled", "cancelled"]
    assert receiver.events[0].booking.hosts[0].email == "ben@acme.example"


async def test_attending_makes_busy_too(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(at(25, 15)))  # Ana hosts, Ben attends
        await calendar.create_booking(booking_of(at(26, 15)))

    hour = timedelta(hours=1)
    assert small.busy("UBEN", at(26, 15), at(26, 15) + hour) == ((at(26, 15), at(26, 15) + hour),)
    with pytest.raises(Refusal):
        await small.book_from_outside("UBEN", "meeting", at(26, 15), **GIL)


async def test_everybodys_week(small: SmallCalcom):
    small.add_busy("UEVA", at(25, 14), at(25, 15), "Dentist")
    booked = await small.book_from_outside(
        "UANA", "design-review", TEN, name="Ben Carter", email="ben@acme.example"
    )

    week = small.week(at(23, 0))
    found = {(one.person_id, one.kind, one.title, one.start) for one in week}

    assert ("UANA", "booking", booked.title, TEN) in found
    assert ("UBEN", "booking", booked.title, TEN) in found
    assert ("UEVA", "busy", "Dentist", at(25, 14)) in found
    assert ("UANA", "busy", "Lunch", at(25, 11)) in found
    assert ("UBEN", "busy", "Customer calls", at(25, 15)) in found
    assert len([one for one in week if one.title == "Lunch"]) == 5
    assert list(week) == sorted(week, key=lambda one: one.start)


def test_working_hours_are_local_and_weekends_free_of_them(small: SmallCalcom):
    tokyo = small.event_types("UCHI")[0]
    starts = small._store.open_starts(tokyo, at(25, 0), at(30, 0), 30)

    assert starts[0] == at(25, 0)  # nine in Tokyo
    assert {start.astimezone(ZoneInfo("Asia/Tokyo")).weekday() for start in starts} <= {0, 1, 2, 3, 4}
    assert at(27, 15) not in starts


async def test_watchers_hear_of_each_change(small: SmallCalcom):
    heard = []
    stop = small.on_change(lambda: heard.append(len(small.bookings())))
    booked = await small.book_from_outside("UANA", "design-review", TEN, **GIL)
    await small.cancel_from_outside(booked.uid)
    small.add_busy("UEVA", TEN, TEN + timedelta(hours=1))
    stop()
    small.add_busy("UEVA", TEN, TEN + timedelta(hours=1))

    assert heard == [1, 1, 1]


async def test_a_stream_of_changes(small: SmallCalcom):
    changes = small.changed()
    waiting = asyncio.ensure_future(anext(changes))
    await asyncio.sleep(0)
    assert not waiting.done()

    small.add_busy("UEVA", TEN, TEN + timedelta(hours=1))

    await asyncio.wait_for(waiting, 1)
    await changes.aclose()


async def test_a_reset_begins_again_with_the_same_ids(small: SmallCalcom):
    app = small.app
    first = await small.book_from_outside("UANA", "design-review", TEN, **GIL)
    small.add_busy("UEVA", TEN, TEN + timedelta(hours=1))
    small.trouble.down = True

    small.reset()

    assert small.app is app
    assert small.bookings() == ()
    assert small.requests == []
    assert not small.trouble.down
    assert small.busy("UEVA", TEN, TEN + timedelta(hours=1)) == ()
    assert (await small.book_from_outside("UANA", "design-review", TEN, **GIL)).uid == first.uid

"""Somebody else is faster, once: the API's next booking or move finds its time taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
import pytest_asyncio

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.webhooks import read_event
from bot.playground.small_calcom import Booking, SmallCalcom
from bot.scheduling.commands import RescheduleBooking
from bot.scheduling.errors import SlotTaken
from tests.calcom.means import (
    DESIGN_REVIEW,
    INTRO_CALL,
    SECRET,
    WORKSHOP,
    at,
    booking_of,
    calendar_of,
    small_calcom,
)

TEN, ELEVEN = at(25, 9), at(25, 10)
OLGA = "olga@outside.example"


@dataclass
class Scene:
    small: SmallCalcom
    calendar: CalcomCalendar
    news: list[str] = field(default_factory=list)

    @property
    def bookings(self) -> list[tuple[str, str]]:
        return [(one.status, one.attendees[0].email) for one in self.small.bookings()]


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[Scene]:
    small = small_calcom(webhook_url="http://bot/webhooks/calcom")
    async with calendar_of(small) as calendar:
        scene = Scene(small, calendar)

        def receive(request: httpx.Request) -> httpx.Response:
            event = read_event(request.read(), request.headers["x-cal-signature-256"], SECRET)
            scene.news.append(event.news if event else "")
            return httpx.Response(200)

        small.deliver_through(httpx.MockTransport(receive))
        yield scene


@pytest.mark.parametrize("kind", [DESIGN_REVIEW, INTRO_CALL, WORKSHOP])
async def test_a_time_is_snatched_whatever_kind_is_booked(scene: Scene, kind: int):
    scene.small.trouble.snatch = True

    with pytest.raises(SlotTaken):
        await scene.calendar.create_booking(booking_of(TEN, kind=kind))

    assert scene.bookings == [("accepted", OLGA)]
    assert scene.small.bookings()[0].start == TEN
    assert scene.news == ["created"]


async def test_only_the_next_booking_meets_it(scene: Scene):
    scene.small.trouble.snatch = True
    with pytest.raises(SlotTaken):
        await scene.calendar.create_booking(booking_of(TEN))

    again = await scene.calendar.create_booking(booking_of(ELEVEN, request_id="r2"))

    assert again.status == "accepted"
    assert not scene.small.trouble.snatch


async def test_a_move_meets_it_too_and_changes_nothing(scene: Scene):
    booked = await scene.calendar.create_booking(booking_of(TEN))
    scene.small.trouble.snatch = True

    with pytest.raises(SlotTaken):
        await scene.calendar.reschedule_booking(
            RescheduleBooking(request_id="r2", uid=booked.uid, start=ELEVEN)
        )

    assert scene.bookings == [("accepted", "ben@acme.example"), ("accepted", OLGA)]


async def test_deeds_from_outside_do_not_use_it_up(scene: Scene):
    scene.small.trouble.snatch = True

    made: Booking = await scene.small.book_from_outside(
        "UANA", "design-review", TEN, name="Gil Guest", email="gil@partner.example"
    )

    assert scene.small.bookings() == (made,)
    assert scene.small.trouble.snatch


async def test_of_two_bookings_at_once_one_meets_it(scene: Scene):
    scene.small.trouble.snatch = True

    done = await asyncio.gather(
        scene.calendar.create_booking(booking_of(TEN)),
        scene.calendar.create_booking(booking_of(ELEVEN, request_id="r2")),
        return_exceptions=True,
    )

    assert sorted(isinstance(one, SlotTaken) for one in done) == [False, True]

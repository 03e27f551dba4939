"""Whole lives of bookings through the endpoints, at the small Cal.com: single ones, seats, series, holds."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints import booking_requests as ask
from bot.calcom.endpoints.booking_lists import ALL_BUT_GONE, BookingsAsked
from bot.calcom.endpoints.event_type_requests import CreateEventType, Repeats
from bot.calcom.endpoints.locations import ToLink
from bot.calcom.endpoints.naming import EventById, EventOfUser
from bot.calcom.endpoints.slots import Reserve, SlotsAsked
from bot.scheduling.errors import BookingClosed, NotBookable, SlotTaken
from tests.calcom.means import DESIGN_REVIEW, INTRO_CALL, WORKSHOP, at, client_of, small_calcom

REVIEW = EventById(event_type_id=DESIGN_REVIEW)
WHY = ask.Cancel(cancellation_reason="Ill")


@pytest.fixture(params=["self_hosted", "hosted"])
async def api(request: pytest.FixtureRequest) -> AsyncIterator[CalcomApi]:
    """The real layer on the small Cal.com, as either kind of server."""
    small = small_calcom(hosted=request.param == "hosted")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        yield CalcomApi(client_of(http, profile=request.param))


def wish(event: Any = REVIEW, *, name: str = "Ben", hour: int = 9, **fields: Any) -> ask.NewBooking:
    booker = ask.Booker(name=name, email=f"{name.lower()}@acme.example", time_zone="Europe/Berlin")
    return ask.NewBooking(event=event, start=at(25, hour), attendee=booker, **fields)


async def uids(api: CalcomApi, **filters: Any) -> list[str]:
    return [one.uid async for page in api.bookings.list(BookingsAsked(**filters)) for one in page]


async def test_a_booking_is_made_found_changed_moved_and_ended(api: CalcomApi):
    (made,) = await api.bookings.create(wish(metadata={"key": "value"}))
    assert await api.bookings.get(made.uid) == (made,)
    assert await uids(api, statuses=ALL_BUT_GONE, attendee_email="ben@acme.example") == [made.uid]

    guests = ask.AddGuests(guests=(ask.Guest(email="gil@x.example"),))
    assert "gil@x.example" in (await api.bookings.add_guests(made.uid, guests)).guests
    placed = await api.bookings.change_location(
        made.uid, ask.ChangeLocation(location=ToLink(link="https://meet.example/x"))
    )
    assert placed.location == "https://meet.example/x"
    assert await api.bookings.calendar_links(made.uid)

    moved = await api.bookings.reschedule(made.uid, ask.Reschedule(start=at(25, 13)))
    assert (moved.rescheduled_from_uid, moved.start) == (made.uid, at(25, 13))
    with pytest.raises(BookingClosed) as closed:
        await api.bookings.reschedule(made.uid, ask.Reschedule(start=at(25, 14)))
    assert closed.value.moved_to == moved.uid

    (ended,) = await api.bookings.cancel(moved.uid, WHY)
    assert (ended.status, ended.cancellation_reason) == ("cancelled", "Ill")
    assert await uids(api, statuses=ALL_BUT_GONE) == []
    assert set(await uids(api, statuses=("cancelled",))) == {made.uid, moved.uid}


@pytest.mark.parametrize("api", ["hosted"], indirect=True)
async def test_a_host_asks_for_another_time(api: CalcomApi):
    (made,) = await api.bookings.create(wish())

    await api.bookings.request_reschedule(made.uid, ask.RequestReschedule(reschedule_reason="Ill"))

    assert (await api.bookings.get(made.uid))[0].status == "cancelled"


@pytest.mark.parametrize("api", ["hosted"], indirect=True)
async def test_a_host_books_over_what_stands_there(api: CalcomApi):
    await api.bookings.create(wish())
    with pytest.raises(SlotTaken):
        await api.bookings.create(wish(name="Cleo"))

    (made,) = await api.bookings.create(wish(name="Cleo", allow_conflicts=True))

    assert made.status == "accepted"


async def test_attendees_are_told_one_by_one(api: CalcomApi):
    (made,) = await api.bookings.create(wish())
    added = await api.bookings.add_attendee(
        made.uid, ask.AddAttendee(name="Zoe", time_zone="UTC", email="zoe@x.example")
    )

    found = await api.bookings.attendees(made.uid)

    assert [one.email for one in found] == ["ben@acme.example", "zoe@x.example"]
    assert await api.bookings.attendee(made.uid, added.id) == found[1]


async def test_nobody_can_be_absent_before_the_start(api: CalcomApi):
    (made,) = await api.bookings.create(wish())

    with pytest.raises(NotBookable):
        await api.bookings.mark_absent(made.uid, ask.MarkAbsent(host=True))


async def test_a_host_accepts_and_declines(api: CalcomApi):
    intro = EventById(event_type_id=INTRO_CALL)
    (first,) = await api.bookings.create(wish(intro))
    (second,) = await api.bookings.create(wish(intro, hour=13))

    assert (first.status, second.status) == ("pending", "pending")
    assert (await api.bookings.confirm(first.uid)).status == "accepted"
    assert (await api.bookings.decline(second.uid, ask.Decline(reason="Away"))).status == "rejected"
    with pytest.raises(BookingClosed):
        await api.bookings.confirm(first.uid)


async def test_each_seat_is_moved_and_given_back_by_itself(api: CalcomApi):
    workshop = EventById(event_type_id=WORKSHOP)
    (first,) = await api.bookings.create(wish(workshop))
    (second,) = await api.bookings.create(wish(workshop, name="Cleo"))
    assert first.uid == second.uid
    assert first.seat_uid != second.seat_uid
    assert (await api.bookings.by_seat(second.seat_uid)).uid == first.uid

    elsewhere = ask.RescheduleSeat(start=at(25, 12), seat_uid=second.seat_uid)
    moved = await api.bookings.reschedule(second.uid, elsewhere)
    await api.bookings.cancel(first.uid, ask.CancelSeat(seat_uid=first.seat_uid))

    assert [one.name for one in moved.attendees] == ["Cleo"]
    assert (await api.bookings.get(first.uid))[0].status == "cancelled"
    assert (await api.bookings.get(moved.uid))[0].status == "accepted"


async def test_a_series_is_made_found_and_ended_as_one(api: CalcomApi):
    weekly = Repeats(interval=1, occurrences=4, frequency="weekly")
    kind = await api.event_types.create(
        CreateEventType(length_in_minutes=30, title="Weekly", slug="weekly", recurrence=weekly)
    )

    event = EventById(event_type_id=kind.id)

    with pytest.raises(NotBookable):
        await api.bookings.create(wish(event, recurrence_count=5))
    made = await api.bookings.create(wish(event, recurrence_count=3))
    series = made[0].recurring_booking_uid
    assert [one.start for one in made] == [at(25, 9), at(2, 9, month=12), at(9, 9, month=12)]
    assert {one.uid for one in await api.bookings.get(series)} == {one.uid for one in made}

    await api.bookings.cancel(series, WHY)

    assert {one.status for one in await api.bookings.get(series)} == {"cancelled"}


async def test_a_booking_link_is_enough_to_find_slots_and_book(api: CalcomApi):
    username = (await api.me.read()).username
    link = EventOfUser(username=username, event_type_slug="design-review")

    (first, *_) = await api.slots.find(SlotsAsked(event=link, start=at(25, 0), end=at(26, 0)))
    (made,) = await api.bookings.create(wish(link, hour=first.start.hour))

    assert (made.start, made.event_type_id) == (first.start, DESIGN_REVIEW)


async def test_a_hidden_slot_is_hidden_until_it_is_released(api: CalcomApi):
    asked = SlotsAsked(event=REVIEW, start=at(25, 9), end=at(25, 10))
    held = await api.slots.reserve(Reserve(event_type_id=DESIGN_REVIEW, slot_start=at(25, 9)))
    with pytest.raises(SlotTaken):
        await api.slots.reserve(Reserve(event_type_id=DESIGN_REVIEW, slot_start=at(25, 9)))
    assert at(25, 9) not in [one.start for one in await api.slots.find(asked)]
    assert (await api.slots.reservation(held.reservation_uid)).slot_start == at(25, 9)

    later = Reserve(event_type_id=DESIGN_REVIEW, slot_start=at(25, 13))
    changed = await api.slots.change_reservation(held.reservation_uid, later)
    assert (changed.reservation_uid, changed.slot_start) == (held.reservation_uid, at(25, 13))

    await api.slots.release(held.reservation_uid)
    await api.slots.release(held.reservation_uid)

    assert await api.slots.reservation(held.reservation_uid) is None
    assert at(25, 9) in [one.start for one in await api.slots.find(asked)]

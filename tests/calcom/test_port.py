"""What every calendar promises behind the port, whichever API it speaks: one contract, run on each."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.v1.calendar import V1Calendar
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.errors import BookingNotFound, NotThere, SlotTaken
from bot.scheduling.looking import find_outcome, left_no_trace
from bot.scheduling.outcome import Done, NotDone
from bot.scheduling.ports import Calendar
from tests.calcom.means import (
    DESIGN_REVIEW,
    MEETING,
    NOW,
    at,
    booking_of,
    calendar_of,
    carried_out,
    done,
    small_calcom,
)
from tests.calcom.v1.means import calendar_on
from tests.calcom.v1.small_v1 import SmallV1

TEN = at(25, 9)  # Wednesday, 10:00 in Berlin
AnyCalendar = CalcomCalendar | V1Calendar


@pytest.fixture(params=["v2", "v1"])
async def calendar(request: pytest.FixtureRequest) -> AsyncIterator[AnyCalendar]:
    opened = calendar_of(small_calcom()) if request.param == "v2" else calendar_on(SmallV1())
    async with opened as calendar:
        yield calendar


def move_of(uid: str, start, *, request_id: str = "r2") -> RescheduleBooking:
    return RescheduleBooking(request_id=request_id, uid=uid, start=start, by="ana@acme.example")


def cancel_of(uid: str) -> CancelBooking:
    return CancelBooking(request_id="r3", uid=uid, reason="Ill")


async def test_what_is_booked_is_listed_moved_and_cancelled(calendar: AnyCalendar):
    booked = await done(booking_of(TEN, title="Roof"), calendar)
    listed = await calendar.bookings(after=TEN, before=at(26, 0))
    moved = await done(move_of(booked.uid, at(26, 10)), calendar)
    there = await calendar.bookings(after=at(26, 0), before=at(27, 0))
    gone = await done(cancel_of(moved.uid), calendar)

    assert listed == (booked,)
    assert (booked.title, booked.start, booked.end) == ("Roof", TEN, TEN + timedelta(hours=1))
    assert (booked.status, booked.request_id, booked.event_type_id) == ("accepted", "r1", DESIGN_REVIEW)
    assert (booked.hosts[0].email, booked.attendees[0].email) == ("ana@acme.example", "ben@acme.example")
    assert [(one.uid, one.start, one.end) for one in there] == [(moved.uid, at(26, 10), at(26, 11))]
    assert (gone.uid, gone.status) == (moved.uid, "cancelled")
    assert await calendar.bookings(after=NOW, before=at(30, 0)) == ()


async def test_what_was_read_in_a_list_reads_the_same_alone(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)

    assert await calendar.booking(booked.uid) == booked


async def test_a_taken_time_is_refused_and_not_offered(calendar: AnyCalendar):
    before = await calendar.open_slots(DESIGN_REVIEW, start=TEN, end=TEN + timedelta(hours=1))
    await done(booking_of(TEN), calendar)
    after = await calendar.open_slots(DESIGN_REVIEW, start=TEN, end=TEN + timedelta(hours=1))
    outcome = await carried_out(booking_of(TEN, request_id="r9"), calendar)

    assert TEN in [slot.start for slot in before]
    assert TEN not in [slot.start for slot in after]
    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, SlotTaken)


async def test_a_move_onto_a_taken_time_leaves_both_where_they_were(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)
    other = await done(booking_of(at(26, 10), request_id="r9"), calendar)
    outcome = await carried_out(move_of(booked.uid, at(26, 10)), calendar)

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, SlotTaken)
    assert await calendar.bookings(after=NOW, before=at(30, 0)) == (booked, other)


async def test_the_same_write_again_counts_as_done_and_does_nothing(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)
    again = await done(booking_of(TEN), calendar)
    moved = await done(move_of(booked.uid, at(26, 10)), calendar)
    moved_again = await done(move_of(booked.uid, at(26, 10)), calendar)
    await done(cancel_of(moved.uid), calendar)
    gone_again = await done(cancel_of(moved.uid), calendar)

    assert again.uid == booked.uid
    assert (moved_again.uid, moved_again.start) == (moved.uid, moved.start)
    assert gone_again.status == "cancelled"


async def test_a_create_is_found_by_its_request_id_alone(calendar: AnyCalendar):
    booked = await done(booking_of(TEN, request_id="mine"), calendar)

    assert await calendar.find_by_request_id(booking_of(TEN, request_id="mine")) == booked
    assert await calendar.find_by_request_id(booking_of(TEN, request_id="another")) is None
    await done(cancel_of(booked.uid), calendar)
    assert await calendar.find_by_request_id(booking_of(TEN, request_id="mine")) is None


async def test_a_create_is_found_where_it_stands_now(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)
    moved = await done(move_of(booked.uid, at(26, 10)), calendar)
    found = await find_outcome(booking_of(TEN), calendar)

    assert isinstance(found, Done)
    assert (found.booking.uid, found.booking.start) == (moved.uid, at(26, 10))


async def test_what_was_not_done_left_no_trace_and_what_was_done_is_found(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)
    move = move_of(booked.uid, at(26, 10))

    assert left_no_trace(await find_outcome(move, calendar))
    await done(move, calendar)
    assert isinstance(await find_outcome(move, calendar), Done)


async def test_times_are_offered_within_the_span_in_order_and_of_the_length_asked_for(calendar: AnyCalendar):
    start, end = at(25, 9), at(26, 12)
    found = await calendar.open_slots(MEETING, start=start, end=end, minutes=45)

    assert found
    assert list(found) == sorted(found, key=lambda slot: slot.start)
    assert all(start <= slot.start < end and slot.minutes == 45 for slot in found)
    assert all(slot.start.utcoffset() == timedelta(0) for slot in found)


async def test_a_booking_that_moves_does_not_block_itself(calendar: AnyCalendar):
    booked = await done(booking_of(TEN), calendar)
    blocked = await calendar.open_slots(DESIGN_REVIEW, start=TEN, end=TEN + timedelta(minutes=1))
    itself = await calendar.open_slots(
        DESIGN_REVIEW, start=TEN, end=TEN + timedelta(minutes=1), moving_uid=booked.uid
    )

    assert (blocked, [slot.start for slot in itself]) == ((), [TEN])


async def test_what_is_not_there(calendar: AnyCalendar):
    with pytest.raises(BookingNotFound):
        await calendar.booking("nonesuch")
    with pytest.raises(NotThere):
        await calendar.open_slots(9999, start=TEN, end=at(26, 0))
    missing = await carried_out(cancel_of("nonesuch"), calendar)
    assert isinstance(missing, NotDone)
    assert isinstance(missing.error, BookingNotFound)


async def test_who_it_is_and_what_can_be_booked(calendar: AnyCalendar):
    account, types = await calendar.me(), await calendar.event_types()
    promised: Calendar = calendar  # the type checker keeps the rest

    assert (account.username, account.email) == ("ana", "ana@acme.example")
    assert {MEETING, DESIGN_REVIEW} <= {one.id for one in types}
    assert next(one for one in types if one.id == MEETING).lengths == (30, 45, 60)
    assert promised is calendar

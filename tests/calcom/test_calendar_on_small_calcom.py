"""The real calendar against the small Cal.com: book, list, move, cancel, hold, and answers that get lost."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.calcom.translating import TITLE
from bot.playground.small_calcom import SmallCalcom
from bot.scheduling.commands import CancelBooking, Command, CreateBooking, RescheduleBooking
from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarUnavailable,
    NotAllowed,
    NotBookable,
    NotSupported,
    SlotTaken,
)
from bot.scheduling.looking import find_outcome, left_no_trace
from bot.scheduling.model import Booking
from bot.scheduling.outcome import Done, NotDone, Unknown
from tests.calcom.means import (
    BEN,
    DESIGN_REVIEW,
    INTRO_CALL,
    MEETING,
    NOW,
    QUICK_CHAT,
    WORKSHOP,
    at,
    booking_of,
    calendar_of,
    carried_out,
    client_of,
    done,
    on_loopback,
    small_calcom,
)

TEN = at(25, 9)  # Wednesday, 10:00 in Berlin


@pytest.fixture
def small() -> SmallCalcom:
    return small_calcom()


async def test_book_list_move_cancel(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await done(booking_of(TEN, title="Roof", guests=("gil@partner.example",)), calendar)
        listed = await calendar.bookings(after=TEN, before=at(26, 0))
        move = RescheduleBooking(request_id="r2", uid=booked.uid, start=at(26, 10), by="ana@acme.example")
        moved = await done(move, calendar)
        gone = await done(CancelBooking(request_id="r3", uid=moved.uid, reason="Ill"), calendar)
        left = await calendar.bookings(after=NOW, before=at(30, 0))

    assert listed == (booked,)
    assert (booked.title, booked.request_id, booked.status) == ("Roof", "r1", "accepted")
    assert [one.email for one in booked.attendees] == ["ben@acme.example", "gil@partner.example"]
    assert (moved.start, moved.end) == (at(26, 10), at(26, 11))
    assert (moved.moved_from_uid, moved.request_id) == (booked.uid, "r1")
    assert (gone.status, gone.reason) == ("cancelled", "Ill")
    assert left == ()


async def test_a_chosen_length_is_kept(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN, kind=MEETING, minutes=45))

    assert booked.end - booked.start == timedelta(minutes=45)


async def test_the_title_is_answered_where_it_is_asked_for(small: SmallCalcom):
    kind = small.add_event_type("UANA", slug="asks", title="Asks", minutes=30, shows_title=True)
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN, kind=kind.id, title="Roof"))
        await calendar.create_booking(booking_of(at(26, 10), title="Cellar"))
        await calendar.create_booking(booking_of(at(27, 10), kind=kind.id))

    asked, unasked, untold = small.bookings()
    assert asked.responses == {"title": "Roof"}
    assert untold.responses == {"title": "Asks"}  # it is required: the event type's own must do
    assert unasked.responses == {}
    assert unasked.metadata[TITLE] == "Cellar"


async def test_a_taken_slot(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN))
        with pytest.raises(SlotTaken):
            await calendar.create_booking(booking_of(TEN, request_id="r2"))

    assert len(small.bookings()) == 1


@pytest.mark.parametrize(
    "start",
    [at(23, 9), NOW + timedelta(minutes=30), at(28, 9), at(25, 20)],
    ids=["past", "soon", "sat", "night"],
)
async def test_a_time_that_cannot_be_booked(small: SmallCalcom, start):
    async with calendar_of(small) as calendar:
        with pytest.raises(SlotTaken):
            await calendar.create_booking(booking_of(start))


async def test_two_creates_at_once_are_one_booking(small: SmallCalcom):
    async def take_a_moment(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.01)
        return httpx.Response(200)

    small.webhook_url = "http://bot/"
    small.deliver_through(httpx.MockTransport(take_a_moment))
    async with calendar_of(small) as calendar:
        found = await asyncio.gather(
            *(calendar.create_booking(booking_of(TEN, request_id=f"r{n}")) for n in range(3)),
            return_exceptions=True,
        )

    assert sorted(type(one).__name__ for one in found) == ["Booking", "SlotTaken", "SlotTaken"]
    assert [one.status for one in small.requests if one.method == "POST"].count(409) == 2


async def test_a_lasting_refusal_is_not_a_taken_slot(small: SmallCalcom):
    kind = small.add_event_type("UANA", slug="once", title="Once a day", minutes=30, per_day=1)
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN, kind=kind.id))
        with pytest.raises(NotBookable, match="booking_limit_reached"):
            await calendar.create_booking(booking_of(at(25, 13), kind=kind.id))


async def test_cancelled_and_moved_bookings_are_closed(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))
        move = RescheduleBooking(request_id="r2", uid=booked.uid, start=at(26, 10))
        moved = await calendar.reschedule_booking(move)
        with pytest.raises(BookingClosed) as caught:
            await calendar.reschedule_booking(move)
        await calendar.cancel_booking(CancelBooking(request_id="r3", uid=moved.uid, reason="x"))
        with pytest.raises(BookingClosed):
            await calendar.cancel_booking(CancelBooking(request_id="r3", uid=moved.uid, reason="x"))

    assert caught.value.moved_to == moved.uid


async def test_an_unknown_booking(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        with pytest.raises(BookingNotFound):
            await calendar.booking("nobody")


async def test_a_wrong_key(small: SmallCalcom):
    async with calendar_of(small, key="cal_wrong") as calendar:
        with pytest.raises(NotAllowed):
            await calendar.me()


async def test_a_wrong_path_is_not_a_missing_booking(small: SmallCalcom):
    async with calendar_of(small, url="http://cal/api") as calendar:
        with pytest.raises(NotSupported):
            await calendar.booking("x")


async def test_slots_end_where_they_were_asked_to_even_at_midnight(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        day = await calendar.open_slots(QUICK_CHAT, start=at(25, 0), end=at(26, 0))
        morning = await calendar.open_slots(QUICK_CHAT, start=at(25, 9), end=at(25, 9, 30))
        nothing = await calendar.open_slots(QUICK_CHAT, start=at(25, 9), end=at(25, 9))

    assert {slot.start.day for slot in day} == {25}
    assert [slot.start for slot in morning] == [at(25, 9), at(25, 9, 15)]
    assert nothing == ()
    assert "end=2026-11-25T23%3A59%3A59Z" in small.requests[0].path


async def test_a_booking_does_not_block_its_own_move(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))
        span = {"start": TEN, "end": TEN + timedelta(hours=1)}
        others = await calendar.open_slots(DESIGN_REVIEW, **span)
        its_own = await calendar.open_slots(DESIGN_REVIEW, **span, moving_uid=booked.uid)

    assert others == ()
    assert [slot.start for slot in its_own] == [TEN]


async def test_a_held_slot_is_hidden_until_it_is_released_and_blocks_nothing(small: SmallCalcom):
    span = {"start": TEN, "end": TEN + timedelta(hours=1)}
    async with calendar_of(small) as calendar:
        hold = await calendar.hold(DESIGN_REVIEW, TEN)
        again = await calendar.hold(DESIGN_REVIEW, TEN)
        hidden = await calendar.open_slots(DESIGN_REVIEW, **span)
        await calendar.release(hold.uid)
        await calendar.release(hold.uid)
        shown = await calendar.open_slots(DESIGN_REVIEW, **span)
        await calendar.hold(DESIGN_REVIEW, TEN)
        booked = await calendar.create_booking(booking_of(TEN))

    assert hold.until == NOW + timedelta(minutes=5)
    assert again is None
    assert hidden == ()
    assert [slot.start for slot in shown] == [TEN]
    assert booked.status == "accepted"


async def test_bookings_that_only_touch_the_span_are_not_in_it(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))

        def found(after, before):
            return calendar.bookings(after=after, before=before)

        hour = timedelta(hours=1)
        assert await found(TEN - hour, TEN) == ()
        assert await found(TEN + hour, TEN + 2 * hour) == ()
        half = timedelta(minutes=30)
        assert await found(TEN + half, TEN + half + half) == (booked,)
        assert await found(TEN - hour, TEN + half) == (booked,)


async def test_attendees_are_found_whatever_the_case_of_their_address(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))
        await calendar.create_booking(
            booking_of(at(26, 10), attendee=BEN.model_copy(update={"email": "eva@acme.example"}))
        )
        span = {"after": NOW, "before": at(30, 0)}
        hers = await calendar.bookings(**span, attendee_email="BEN@Acme.Example")
        everybodys = await calendar.bookings(**span)

    assert hers == (booked,)
    assert len(everybodys) == 2


async def test_requested_bookings_are_listed_as_pending(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN, kind=INTRO_CALL))
        found = await calendar.bookings(after=NOW, before=at(30, 0))

    assert [one.status for one in found] == ["pending"]


async def test_obstacles_of_the_cast(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        found = {one.id: one for one in await calendar.event_types()}

    assert found[WORKSHOP].obstacle == "seats"
    assert found[INTRO_CALL].confirms
    assert found[MEETING].lengths == (30, 45, 60)
    assert found[QUICK_CHAT].allows(15)


def is_write(method: str, path: str) -> bool:
    return method == "POST"


@pytest.mark.parametrize("how", ["drop", "hang"])
async def test_a_lost_answer_is_unknown_and_the_booking_is_found_again(small: SmallCalcom, how: str):
    command = booking_of(TEN)
    async with on_loopback(small) as url, httpx.AsyncClient() as http:
        calendar = CalcomCalendar(client_of(http, url=url, writing=0.25))
        small.trouble.touches, small.trouble.lose_answers = is_write, how
        assert isinstance(await carried_out(command, calendar), Unknown)
        found = await found_of(command, calendar)

    assert found.request_id == command.request_id
    assert [one.uid for one in small.bookings()] == [found.uid]
    assert [one.method for one in small.requests].count("POST") == 1


async def found_of(command: Command, calendar: CalcomCalendar) -> Booking:
    found = await find_outcome(command, calendar)
    assert isinstance(found, Done), found
    return found.booking


async def test_lost_answers_to_a_move_and_a_cancellation_are_found_again(small: SmallCalcom):
    async with on_loopback(small) as url, httpx.AsyncClient() as http:
        calendar = CalcomCalendar(client_of(http, url=url))
        booked = await calendar.create_booking(booking_of(TEN))
        small.trouble.touches, small.trouble.lose_answers = is_write, "drop"
        move = RescheduleBooking(request_id="r2", uid=booked.uid, start=at(26, 10))
        assert isinstance(await carried_out(move, calendar), Unknown)
        moved = await found_of(move, calendar)
        cancel = CancelBooking(request_id="r3", uid=moved.uid, reason="x")
        assert isinstance(await carried_out(cancel, calendar), Unknown)
        gone = await found_of(cancel, calendar)

    assert (moved.start, moved.moved_from_uid) == (at(26, 10), booked.uid)
    assert gone.status == "cancelled"


async def test_a_write_that_failed_leaves_no_trace(small: SmallCalcom):
    commands = (
        booking_of(TEN, request_id="new"),
        RescheduleBooking(request_id="r2", uid="?", start=at(26, 10)),
        CancelBooking(request_id="r3", uid="?", reason="x"),
    )
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(at(27, 10)))
        small.trouble.touches, small.trouble.fail_next = is_write, 3
        for command in commands:
            sent = (
                command
                if isinstance(command, CreateBooking)
                else command.model_copy(update={"uid": booked.uid})
            )
            assert isinstance(await carried_out(sent, calendar), Unknown)
            assert left_no_trace(await find_outcome(sent, calendar))

    assert [one.uid for one in small.bookings()] == [booked.uid]


async def test_another_requests_booking_at_that_time_is_not_ours(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN, request_id="theirs"))

        assert await calendar.find_by_request_id(booking_of(TEN, request_id="ours")) is None

    assert f"eventTypeId={DESIGN_REVIEW}" in small.requests[-1].path


async def test_a_cancelled_booking_is_not_the_one_requested(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))
        await calendar.cancel_booking(CancelBooking(request_id="r2", uid=booked.uid, reason="x"))

        assert await calendar.find_by_request_id(booking_of(TEN)) is None


async def test_a_server_that_is_down_or_over_its_limit(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        small.trouble.down = True
        with pytest.raises(CalendarUnavailable):
            await calendar.me()
        small.trouble.clear()
        small.trouble.rate_limited = True
        refused = await carried_out(booking_of(TEN), calendar)
        small.trouble.clear()
        account = await calendar.me()

    assert isinstance(refused, NotDone)
    assert isinstance(refused.error, CalendarUnavailable)
    assert refused.error.retry_after == 60
    assert account.username == "ana"
    assert small.bookings() == ()


async def test_a_hiccup_is_not_noticed_by_a_read(small: SmallCalcom):
    small.trouble.fail_next = 2
    async with calendar_of(small) as calendar:
        account = await calendar.me()

    assert account.username == "ana"
    assert [one.status for one in small.requests] == [500, 500, 200]


async def test_slots_across_the_day_the_clocks_change(small: SmallCalcom):
    """Berlin springs forward on 28 March 2027: nine o'clock is at 8:00 UTC on Friday, at 7:00 on Monday."""
    friday, monday = (
        at(25, 0).replace(year=2027, month=3, day=26),
        at(25, 0).replace(year=2027, month=3, day=29),
    )
    async with calendar_of(small) as calendar:
        found = await calendar.open_slots(DESIGN_REVIEW, start=friday, end=monday + timedelta(days=1))

    starts = [slot.start for slot in found]
    assert friday + timedelta(hours=8) == starts[0]
    assert min(start for start in starts if start > monday) == monday + timedelta(hours=7)

"""The port on API v1: what is sent, what is made of the answers, and where the two APIs differ."""

import asyncio
import time
from datetime import timedelta

import httpx
import pytest

from bot.calcom.transport.bounded import LONGEST
from bot.calcom.transport.turnstile import Turnstile
from bot.scheduling.commands import (
    CancelBooking,
    ConfirmBooking,
    DeclineBooking,
    MarkAbsent,
    RescheduleBooking,
)
from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarUnavailable,
    NotAllowed,
    NotSupported,
    NotThere,
    OutcomeUnknown,
    SlotTaken,
)
from bot.scheduling.looking import find_outcome
from bot.scheduling.outcome import Done, NotDone, Unknown
from bot.scheduling.rations import Allowance, Lease, Unrationed
from tests.calcom.means import BEN, DESIGN_REVIEW, MEETING, NOW, at, booking_of, carried_out, done
from tests.calcom.v1.means import calendar_on
from tests.calcom.v1.small_v1 import KEY, SmallV1, sample

TEN = at(25, 9)  # Wednesday, 10:00 in Berlin
INTERVIEW = 4


def move_of(uid: str, start, **fields) -> RescheduleBooking:
    return RescheduleBooking(request_id="r2", uid=uid, start=start, **fields)


async def test_a_create_says_the_end_and_answers_the_questions():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN, title="Roof", guests=("gil@partner.example",)), calendar)

    assert small.sent("POST") == [
        {
            "eventTypeId": DESIGN_REVIEW,
            "start": "2026-11-25T09:00:00Z",
            "end": "2026-11-25T10:00:00Z",
            "responses": {"name": BEN.name, "email": BEN.email, "guests": ["gil@partner.example"]},
            "timeZone": BEN.zone,
            "language": "en",
            "metadata": {"slotwise_request_id": "r1", "slotwise_title": "Roof"},
        }
    ]
    assert (booked.title, booked.status, booked.request_id) == ("Roof", "accepted", "r1")
    assert [one.email for one in booked.hosts] == ["ana@acme.example"]  # which the answer hides


@pytest.mark.parametrize(
    ("kind", "minutes", "length"), [(MEETING, 45, 45), (MEETING, None, 30), (3, None, 60)]
)
async def test_the_end_is_the_start_and_the_length(kind: int, minutes: int | None, length: int):
    async with calendar_on(SmallV1()) as calendar:
        booked = await done(booking_of(TEN, kind=kind, minutes=minutes), calendar)

    assert booked.end - booked.start == timedelta(minutes=length)


async def test_a_title_is_answered_where_it_is_asked_for():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        await done(booking_of(TEN, kind=INTERVIEW, title="Roof"), calendar)
        await done(booking_of(at(26, 9), kind=INTERVIEW, request_id="r2"), calendar)

    assert [one["responses"]["title"] for one in small.sent("POST")] == ["Roof", "Interview"]


@pytest.mark.parametrize("name", ["created", "created_documented"])
async def test_a_create_is_read_with_and_without_an_envelope(name: str):
    def answered(request: httpx.Request) -> httpx.Response:
        kinds = {"me": "me", "event-types": "event_types"}
        return httpx.Response(200, json=sample(kinds.get(request.url.path.rpartition("/")[2], name)))

    async with calendar_on(answered) as calendar:
        booked = await calendar.create_booking(booking_of(TEN))

    assert (booked.uid, booked.hosts[0].email) == ("qW3rTy", "ana@acme.example")


@pytest.mark.parametrize("names", [("startTime", "endTime"), ("start", "end")])
async def test_a_move_keeps_the_uid_and_the_length(names: tuple[str, str]):
    small = SmallV1(moves_by=names)
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        moved = await done(move_of(booked.uid, at(26, 10)), calendar)
        read = await calendar.booking(booked.uid)

    assert (moved.uid, moved.start, moved.end) == (booked.uid, at(26, 10), at(26, 11))
    assert read == moved
    assert small.sent("PATCH")[-1] == dict(
        zip(names, ["2026-11-26T10:00:00Z", "2026-11-26T11:00:00Z"], strict=True)
    )


async def test_a_move_that_the_server_ignores_is_told():
    def ignoring(request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH":
            return httpx.Response(200, json={"booking": next(iter(small.bookings.values()))})
        return small(request)

    small = SmallV1()
    async with calendar_on(ignoring) as calendar:
        booked = await done(booking_of(TEN), calendar)
        outcome = await carried_out(move_of(booked.uid, at(26, 10)), calendar)

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, NotSupported)


async def test_a_move_onto_a_taken_time_is_refused_though_the_server_would_not_look():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        await done(booking_of(at(26, 10), request_id="r3"), calendar)
        outcome = await carried_out(move_of(booked.uid, at(26, 10)), calendar)

    assert isinstance(outcome, NotDone)
    assert isinstance(outcome.error, SlotTaken)
    assert small.sent("PATCH") == []


async def test_a_move_by_half_its_length_does_not_block_itself():
    async with calendar_on(SmallV1()) as calendar:
        booked = await done(booking_of(TEN), calendar)
        moved = await done(move_of(booked.uid, TEN + timedelta(minutes=30)), calendar)

    assert moved.start == TEN + timedelta(minutes=30)


async def test_a_cancellation_deletes_with_its_reason():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        gone = await done(CancelBooking(request_id="r3", uid=booked.uid, reason="Ill"), calendar)
        again = await carried_out(CancelBooking(request_id="r4", uid=booked.uid, reason="Ill"), calendar)

    assert (gone.status, gone.reason) == ("cancelled", "Ill")
    assert [one.url.params["cancellationReason"] for one in small.asked if one.method == "DELETE"] == ["Ill"]
    assert isinstance(again, Done)  # it counts as done


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
async def test_a_lost_answer_is_found_and_nothing_is_done_twice(method: str):
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        small.loses.add(method)
        command = {
            "POST": booking_of(at(26, 9), request_id="r5"),
            "PATCH": move_of(booked.uid, at(26, 10)),
            "DELETE": CancelBooking(request_id="r3", uid=booked.uid, reason="Ill"),
        }[method]
        lost = await carried_out(command, calendar)
        found = await find_outcome(command, calendar)

    assert isinstance(lost, Unknown)
    assert isinstance(found, Done)
    assert len([one for one in small.asked if one.method == method]) == (2 if method == "POST" else 1)


async def test_slots_end_after_the_length_and_nobody_who_is_away_is_offered():
    def answered(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=sample("slots" if "slots" in request.url.path else "event_types"))

    async with calendar_on(answered) as calendar:
        found = await calendar.open_slots(DESIGN_REVIEW, start=at(25, 9), end=at(26, 9))
        longer = await calendar.open_slots(MEETING, start=at(25, 9), end=at(27, 0), minutes=45)

    assert [slot.start for slot in found] == [at(25, 9), at(25, 9, 30)]
    assert {slot.minutes for slot in found} == {60}
    assert ([slot.start for slot in longer][-1], longer[0].minutes) == (at(26, 9), 45)


async def test_slots_of_no_event_type_and_of_no_time():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        assert await calendar.open_slots(DESIGN_REVIEW, start=TEN, end=TEN) == ()
        with pytest.raises(NotThere):
            await calendar.open_slots(99, start=TEN, end=at(26, 0))


async def test_the_list_is_ours_alone_and_knows_what_was_moved():
    small = SmallV1()
    small.bookings = {one["id"]: one for one in sample("bookings")["bookings"]}
    async with calendar_on(small) as calendar:
        listed = await calendar.bookings(after=NOW, before=at(30, 0))
        by_guest = await calendar.bookings(after=NOW, before=at(30, 0), attendee_email="gil@partner.example")
        later = await calendar.bookings(after=at(27, 0), before=at(30, 0))
        moved = await calendar.booking("first")

    assert [(one.uid, one.status) for one in listed] == [("second", "pending")]
    assert by_guest == listed
    assert later == ()
    assert (moved.status, moved.moved_to_uid) == ("cancelled", "second")


async def test_what_was_moved_by_another_hand_is_neither_moved_nor_cancelled():
    small = SmallV1()
    small.bookings = {one["id"]: one for one in sample("bookings")["bookings"]}
    async with calendar_on(small) as calendar:
        for command in (move_of("first", at(26, 10)), CancelBooking(request_id="r", uid="first", reason="x")):
            outcome = await carried_out(command, calendar)
            assert isinstance(outcome, NotDone)
            assert isinstance(outcome.error, BookingClosed)
            assert outcome.error.moved_to == "second"

    assert {one.method for one in small.asked} == {"GET"}


async def test_a_create_that_another_hand_has_moved_or_ended_since():
    small, hidden = SmallV1(), {"metadata": {"slotwise_request_id": "r1"}}
    small.bookings = {one["id"]: one for one in sample("bookings")["bookings"]}
    small.bookings[90].update(hidden)
    async with calendar_on(small) as calendar:
        found = await find_outcome(booking_of(TEN), calendar)
        small.bookings.pop(92)
        ended = await calendar.find_by_request_id(booking_of(TEN))

    assert isinstance(found, Done)
    assert found.booking.uid == "second"
    assert ended is None


async def test_a_booking_that_is_not_there_or_not_ours():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        small.bookings.clear()
        for uid in (booked.uid, "unknown"):
            with pytest.raises(BookingNotFound):
                await calendar.booking(uid)


async def test_a_bad_key_is_no_missing_booking():
    async with calendar_on(SmallV1(), key="cal_other") as calendar:
        with pytest.raises(NotAllowed, match="bad_key"):
            await calendar.booking("x")


async def test_a_booking_is_asked_for_by_number_and_found_by_another_process():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
        await calendar.booking(booked.uid)
    async with calendar_on(small) as another:
        found = await another.booking(booked.uid)

    assert found == booked
    paths = [one.url.path.removeprefix("/api/v1") for one in small.asked if one.method == "GET"]
    assert paths[-4:] == ["/bookings/91", "/bookings", "/bookings/91", "/me"]


async def test_what_api_v1_cannot_do_is_said_and_not_sent():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        assert await calendar.hold(DESIGN_REVIEW, TEN) is None
        await calendar.release("x")
        with pytest.raises(NotSupported):
            await calendar.confirm_booking(ConfirmBooking(request_id="r", uid="u"))
        with pytest.raises(NotSupported):
            await calendar.decline_booking(DeclineBooking(request_id="r", uid="u"))
        with pytest.raises(NotSupported):
            await calendar.adjust_booking(MarkAbsent(request_id="r", uid="u", emails=()))

    assert small.asked == []


async def test_event_types_and_what_stands_in_the_way_of_them():
    async with calendar_on(SmallV1()) as calendar:
        types = {one.slug: one for one in await calendar.event_types()}

    assert (types["meeting"].minutes, types["meeting"].lengths) == (30, (30, 45, 60))
    assert types["meeting"].url == "https://cal.acme.example/ana/meeting"
    assert (types["interview"].confirms, types["interview"].hidden) == (True, True)
    assert not types["interview"].allows_guests
    assert {slug: one.obstacle for slug, one in types.items() if one.obstacle} == {
        "paid": "payment",
        "class": "seats",
        "course": "recurring",
        "managed": "managed",
    }
    assert [(one.slug, one.kind) for one in types["support"].questions] == [("ticket", "text")]


async def test_a_read_is_tried_again_and_a_write_is_not():
    asked: list[str] = []

    def failing(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        return SmallV1()(request) if request.url.path.endswith(("me", "event-types")) else httpx.Response(502)

    async with calendar_on(failing) as calendar:
        with pytest.raises(CalendarUnavailable):
            await calendar.bookings(after=NOW, before=at(30, 0))
        assert asked.count("GET") == 1 + 3
        with pytest.raises(OutcomeUnknown):
            await calendar.create_booking(booking_of(TEN))

    assert asked.count("POST") == 1


async def test_every_request_is_counted_and_gives_its_place_back():
    class Counting(Unrationed):
        def __init__(self) -> None:
            super().__init__()
            self.allowance = Allowance(lease=600.0)  # however slow the machine: none is leased anew
            self.leased: list[str] = []

        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            self.leased.append(credential)
            return Lease(1)

    budget, small = Counting(), SmallV1()
    turnstile = Turnstile(budget, time.monotonic, places=1)
    async with calendar_on(small, turnstile=turnstile) as calendar:
        booked = await done(booking_of(TEN), calendar)
        await asyncio.gather(*(calendar.booking(booked.uid) for _ in range(5)))

    assert len(budget.leased) == len(small.asked)
    assert len(set(budget.leased)) == 1
    assert KEY not in budget.leased[0]


async def test_the_account_and_event_types_are_remembered_until_they_are_forgotten():
    small = SmallV1()
    async with calendar_on(small) as calendar:
        await calendar.me()
        await calendar.me()
        calendar.forget()
        account = await calendar.me()

    assert len(small.asked) == 2
    assert (account.id, account.username, account.zone) == (5, "ana", "Europe/Berlin")


async def test_of_an_answer_without_end_little_is_taken_in():
    taken: list[int] = []

    async def endless():
        while True:
            taken.append(2**16)
            yield b" " * 2**16

    async with calendar_on(lambda _: httpx.Response(200, content=endless())) as calendar:
        async with asyncio.timeout(60):
            with pytest.raises(CalendarUnavailable):
                await calendar.me()

    assert sum(taken) < 4 * LONGEST  # each of the three tries ends there


async def test_a_page_in_answer_to_a_cancel_is_no_word_that_it_is_done():
    small = SmallV1()

    def fronted(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="<html>") if request.method == "DELETE" else small(request)

    async with calendar_on(small) as calendar:
        booked = await done(booking_of(TEN), calendar)
    async with calendar_on(fronted) as calendar:
        outcome = await carried_out(CancelBooking(request_id="r3", uid=booked.uid, reason="x"), calendar)

    assert isinstance(outcome, Unknown)


async def test_a_slot_at_the_end_of_all_years_is_an_answer_that_cannot_be_read():
    small = SmallV1()

    def odd(request: httpx.Request) -> httpx.Response:
        days = {"slots": {"9999-12-31": [{"time": "9999-12-31T23:30:00Z"}]}}
        return httpx.Response(200, json=days) if request.url.path.endswith("/slots") else small(request)

    async with calendar_on(odd) as calendar:
        with pytest.raises(CalendarUnavailable, match="unreadable_answer"):
            await calendar.open_slots(DESIGN_REVIEW, start=TEN, end=TEN + timedelta(days=1))

"""Every recorded answer about bookings and slots goes through its endpoint."""

import re
import tomllib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints import booking_requests as ask
from bot.calcom.endpoints.booking_answers import AttendeeRecord, BookingRecord, CalendarLink
from bot.calcom.endpoints.booking_lists import BookingsAsked
from bot.calcom.endpoints.locations import ToLink
from bot.calcom.endpoints.naming import EventById, EventOfUser
from bot.calcom.endpoints.slots import ReservationRecord, Reserve, SlotRecord, SlotsAsked
from bot.scheduling.errors import CalendarUnavailable
from tests.calcom.calls import Network
from tests.calcom.means import at
from tests.contracts.calcom.recorded import SAMPLES, Exchange, session

Call = Callable[[CalcomApi], Awaitable[Any]]

EVENT = EventById(event_type_id=1)
SLOTS = SlotsAsked(event=EVENT, start=at(23, 0), end=at(24, 0))
BOOKER = ask.Booker(name="Bob", email="bob@example.org", time_zone="UTC")
GUESTS = ask.AddGuests(guests=(ask.Guest(email="gil@example.org"),))
ELSEWHERE = ask.ChangeLocation(location=ToLink(link="https://meet.example.com/other"))
RESERVE = Reserve(event_type_id=1, slot_start=at(26, 12))


async def listed(api: CalcomApi) -> tuple[BookingRecord, ...]:
    return await anext(api.bookings.list(BookingsAsked()))


CALLS: dict[str, Call] = {
    r"GET /slots": lambda api: api.slots.find(SLOTS),
    r"POST /slots/reservations": lambda api: api.slots.reserve(RESERVE),
    r"GET /slots/reservations/\S+": lambda api: api.slots.reservation("u"),
    r"PATCH /slots/reservations/\S+": lambda api: api.slots.change_reservation("u", RESERVE),
    r"DELETE /slots/reservations/\S+": lambda api: api.slots.release("u"),
    r"GET /bookings": listed,
    r"POST /bookings": lambda api: api.bookings.create(
        ask.NewBooking(event=EVENT, start=at(23, 9), attendee=BOOKER)
    ),
    r"GET /bookings/[^/]+": lambda api: api.bookings.get("u"),
    r"POST /bookings/[^/]+/cancel": lambda api: api.bookings.cancel("u", ask.Cancel()),
    r"POST /bookings/[^/]+/reschedule": lambda api: api.bookings.reschedule(
        "u", ask.Reschedule(start=at(23, 9))
    ),
    r"POST /bookings/[^/]+/confirm": lambda api: api.bookings.confirm("u"),
    r"POST /bookings/[^/]+/decline": lambda api: api.bookings.decline("u", ask.Decline()),
    r"POST /bookings/[^/]+/mark-absent": lambda api: api.bookings.mark_absent("u", ask.MarkAbsent()),
    r"POST /bookings/[^/]+/guests": lambda api: api.bookings.add_guests("u", GUESTS),
    r"PATCH /bookings/[^/]+/location": lambda api: api.bookings.change_location("u", ELSEWHERE),
    r"GET /bookings/[^/]+/attendees": lambda api: api.bookings.attendees("u"),
    r"GET /bookings/[^/]+/calendar-links": lambda api: api.bookings.calendar_links("u"),
    r"GET /bookings/[^/]+/references": lambda api: api.bookings.references("u", ask.ReferencesAsked()),
}

REFUSED = tomllib.loads(SAMPLES.joinpath("errors.toml").read_text("utf-8"))["recorded"]
FAMILIES = ("bookings-", "slots-", "reservations-")
ALL = [one for one in session() if one.name.startswith(FAMILIES)]
OTHER_VERSION = {"bookings-list-no-version-header", "bookings-get-version-2026-02-25"}
READ = [one for one in ALL if one.status < 300 and one.name not in OTHER_VERSION]


def call_of(one: Exchange) -> Call:
    line = f"{one.method} {one.path.removeprefix('/v2').partition('?')[0]}"
    return next(call for pattern, call in CALLS.items() if re.fullmatch(pattern, line))


async def outcome_of(one: Exchange) -> Any:
    async with Network(one).api() as api:
        return await call_of(one)(api)


@pytest.mark.parametrize("one", ALL, ids=str)
async def test_every_recorded_answer_is_read_or_is_the_right_error(one: Exchange):
    if one.status < 300 and one.name not in OTHER_VERSION:
        data = expected(one.answer.get("data"))
        assert told(await outcome_of(one)) in (data, [data])  # one booking, where a series would be several
        return
    with pytest.raises(Exception) as caught:
        await outcome_of(one)
    if one.name in OTHER_VERSION:
        assert isinstance(caught.value, CalendarUnavailable)
        assert "another API version" in str(caught.value)
    else:
        assert [type(caught.value).__name__, str(caught.value)] == REFUSED[one.name]


def told(result: Any) -> Any:
    """What our types say, in one form for all kinds."""
    if isinstance(result, tuple):
        return [told(one) for one in result]
    if isinstance(result, BookingRecord):
        seats = [one.seat_uid for one in result.attendees]
        people = [one.email for one in (*result.hosts, *result.attendees)]
        series = (result.recurring_booking_uid, result.seat_uid)
        return (result.id, result.uid, result.status, result.start, result.end, people, seats, series)
    if isinstance(result, SlotRecord):
        return (result.start, result.end, result.seats_remaining, result.booking_uid)
    if isinstance(result, ReservationRecord):
        return (result.reservation_uid, result.slot_start, result.slot_end, result.reservation_until)
    if isinstance(result, AttendeeRecord):
        return (result.id, result.email)
    if isinstance(result, CalendarLink):
        return (result.label, result.link)
    return result


def expected(data: Any) -> Any:
    """The same, from the JSON alone."""
    if isinstance(data, dict) and "hosts" in data:
        return one_booking(data)
    if isinstance(data, dict) and "reservationUid" in data:
        names = ("slotStart", "slotEnd", "reservationUntil")
        return (data["reservationUid"], *(instant(data[name]) for name in names))
    if isinstance(data, dict):
        found = [one for day in data.values() for one in day]
        return sorted((one_slot(one) for one in found), key=lambda one: one[0])
    return [one_of_list(one) for one in data] if isinstance(data, list) else data


def one_of_list(data: dict) -> Any:
    if "hosts" in data:
        return one_booking(data)
    return (data["label"], data["link"]) if "link" in data else (data["id"], data["email"])


def one_booking(data: dict) -> Any:
    people = [one["email"] for one in (*data["hosts"], *data["attendees"])]
    seats = [one.get("seatUid") for one in data["attendees"]]
    times = (instant(data["start"]), instant(data["end"]))
    series = (data.get("recurringBookingUid"), data.get("seatUid"))
    return (data["id"], data["uid"], data["status"], *times, people, seats, series)


def one_slot(data: dict) -> Any:
    end = instant(data["end"]) if "end" in data else None
    return (instant(data["start"]), end, data.get("seatsRemaining"), data.get("bookingUid"))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


BODIES = {
    "cancel": ask.Cancel,
    "reschedule": ask.Reschedule,
    "decline": ask.Decline,
    "mark-absent": ask.MarkAbsent,
    "guests": ask.AddGuests,
    "location": ask.ChangeLocation,
    "reservations": Reserve,
}
OTHERWISE_WRITTEN = ("start-with-offset", "start-without-zone", "start-with-millis", "to-be-past")
MADE = [one for one in READ if one.body and not one.name.endswith(OTHERWISE_WRITTEN)]


@pytest.mark.parametrize("one", MADE, ids=str)
def test_every_recorded_request_that_was_accepted_can_be_made(one: Exchange):
    assert remade(one).as_json() == one.body


def remade(one: Exchange) -> Any:
    if one.path.endswith("/bookings"):
        named = {"eventTypeId", "eventTypeSlug", "username"} & one.body.keys()
        event = {name: one.body[name] for name in named}
        others = {name: value for name, value in one.body.items() if name not in named}
        kind = EventById if "eventTypeId" in event else EventOfUser
        return ask.NewBooking.model_validate({**others, "event": kind.model_validate(event)})
    if "seatUid" in one.body:
        return ask.CancelSeat.model_validate(one.body)
    name = next(name for name in BODIES if name in one.path)
    return BODIES[name].model_validate(one.body)

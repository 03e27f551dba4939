"""What is sent for each thing that can be done with a booking, and what is never sent."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints import booking_requests as ask
from bot.calcom.endpoints import locations as place
from bot.calcom.endpoints.naming import EventById, EventOfTeam, EventOfUser
from bot.calcom.versions import Profile
from bot.scheduling.errors import CalendarUnavailable, NotSupported, OutcomeUnknown
from tests.calcom.calls import Network
from tests.calcom.means import at
from tests.contracts.calcom.recorded import exchange

EVENT = EventById(event_type_id=1)
BOB = ask.Booker(name="Bob Guest", email="bob@example.org", time_zone="America/New_York")
BOOKING = exchange("bookings-get")
DONE = (200, {"status": "success"})
REASSIGNED = (
    200,
    {
        "status": "success",
        "data": {"bookingUid": "u", "reassignedTo": {"id": 5, "name": "Jo", "email": "jo@x.example"}},
    },
)
ATTENDEE = (
    201,
    {"status": "success", "data": {"id": 9, "bookingId": 1, "name": "Gil", "email": "gil@x.example"}},
)


def booking_of(event: Any = EVENT, **fields: Any) -> ask.NewBooking:
    return ask.NewBooking(event=event, start=at(23, 9), attendee=BOB, **fields)


@pytest.mark.parametrize(
    ("event", "named"),
    [
        (EventById(event_type_id=3), {"eventTypeId": 3}),
        (EventOfUser(username="ada", event_type_slug="intro"), {"username": "ada", "eventTypeSlug": "intro"}),
        (
            EventOfTeam(team_slug="sales", event_type_slug="demo", organization_slug="acme"),
            {"teamSlug": "sales", "eventTypeSlug": "demo", "organizationSlug": "acme"},
        ),
    ],
)
def test_an_event_type_to_book_is_named_in_one_way(event: Any, named: dict):
    attendee = {"name": "Bob Guest", "email": "bob@example.org", "timeZone": "America/New_York"}

    assert booking_of(event).as_json() == {**named, "start": "2026-11-23T09:00:00Z", "attendee": attendee}


async def test_all_that_a_booking_may_say():
    network = Network(exchange("bookings-create"))
    booking = booking_of(
        guests=("gil@example.org",),
        length_in_minutes=45,
        location=place.OnlineAt(integration="google-meet"),
        booking_fields_responses={"topic": "Roof", "sizes": ["s", "m"]},
        metadata={"key": "value"},
        email_verification_code="123456",
        recurrence_count=3,
        allow_conflicts=True,
        allow_booking_out_of_bounds=True,
        skip_booking_limits=False,
    )

    async with network.api("hosted") as api:
        await api.bookings.create(booking)

    assert (network.line, network.version) == ("POST /bookings", "2026-02-25")
    assert {
        name: network.body[name] for name in network.body.keys() - {"start", "attendee", "eventTypeId"}
    } == {
        "guests": ["gil@example.org"],
        "lengthInMinutes": 45,
        "location": {"type": "integration", "integration": "google-meet"},
        "bookingFieldsResponses": {"topic": "Roof", "sizes": ["s", "m"]},
        "metadata": {"key": "value"},
        "emailVerificationCode": "123456",
        "recurrenceCount": 3,
        "allowConflicts": True,
        "allowBookingOutOfBounds": True,
        "skipBookingLimits": False,
    }


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (place.AtTheAddress(), {"type": "address"}),
        (place.AtTheLink(), {"type": "link"}),
        (place.AtThePhone(), {"type": "phone"}),
        (place.AtTheDefaultApp(), {"type": "organizersDefaultApp"}),
        (place.AtAttendeesAddress(address="Main St 1"), {"type": "attendeeAddress", "address": "Main St 1"}),
        (place.AtAttendeesPhone(phone="+14155550123"), {"type": "attendeePhone", "phone": "+14155550123"}),
        (place.AtAttendeesWish(location="My office"), {"type": "attendeeDefined", "location": "My office"}),
    ],
)
def test_each_kind_of_place(where: Any, said: dict):
    assert booking_of(location=where).as_json()["location"] == said


@pytest.mark.parametrize(
    "wrong",
    [
        {"metadata": {"k" * 41: "v"}},
        {"metadata": {"k": "v" * 501}},
        {"metadata": {f"k{i}": "v" for i in range(51)}},
        {"metadata": {"k": 5}},
        {"length_in_minutes": 0},
        {"recurrence_count": 0},
        {"location": {"type": "zoom"}},
        {"location": {"type": "attendeePhone", "phone": "0151 234"}},
        {"end": at(23, 10)},
        {"responses": {}},
        {"meetingUrl": "https://x.example"},
    ],
)
def test_what_calcom_would_refuse_cannot_be_made(wrong: dict):
    with pytest.raises(ValidationError):
        booking_of(**wrong)


def test_the_most_that_metadata_may_hold_can_be_made():
    metadata = {f"{i:040}": "v" * 500 for i in range(50)}

    assert booking_of(metadata=metadata).as_json()["metadata"] == metadata


@pytest.mark.parametrize(
    "wrong", [{}, {"email": "x@x.example", "language": "klingon"}, {"phone_number": "12"}]
)
def test_somebody_who_cannot_be_reached_or_addressed_cannot_book(wrong: dict):
    with pytest.raises(ValidationError):
        ask.Booker(name="Bob", time_zone="UTC", **wrong)


@pytest.mark.parametrize(
    ("profile", "switch"),
    [
        ("self_hosted", {"allow_conflicts": True}),
        ("self_hosted", {"skip_booking_limits": True}),
        ("gateway", {"allow_booking_out_of_bounds": True}),
        ("gateway", {"skip_booking_limits": False}),
    ],
)
async def test_a_switch_that_the_server_does_not_know_is_not_sent(profile: Profile, switch: dict):
    network = Network(exchange("bookings-create"))

    async with network.api(profile) as api:
        with pytest.raises(NotSupported):
            await api.bookings.create(booking_of(**switch))
        with pytest.raises(NotSupported):
            await api.bookings.reschedule("u", ask.Reschedule(start=at(24, 9), **switch))

    assert network.asked == []


async def test_a_gateway_is_sent_the_switch_that_the_older_version_knows():
    network = Network(exchange("bookings-create"))

    async with network.api("gateway") as api:
        await api.bookings.create(booking_of(allow_conflicts=True))

    assert (network.version, network.body["allowConflicts"]) == ("2024-08-13", True)


async def test_a_series_comes_back_whole():
    async with Network(exchange("bookings-create-recurring")).api() as api:
        made = await api.bookings.create(booking_of(recurrence_count=3))

    assert len(made) > 1
    assert len({one.recurring_booking_uid for one in made}) == 1
    assert len({one.uid for one in made}) == len(made)


async def test_whoever_takes_a_seat_learns_which():
    async with Network(exchange("bookings-create-seat-2")).api() as api:
        (made,) = await api.bookings.create(booking_of())

    assert made.seat_uid == made.attendees[-1].seat_uid


BODIES: list[tuple[Callable[[CalcomApi], Awaitable[Any]], str, Any, Any]] = [
    (lambda api: api.bookings.get("u"), "GET /bookings/u", None, BOOKING),
    (lambda api: api.bookings.by_seat("s"), "GET /bookings/by-seat/s", None, BOOKING),
    (
        lambda api: api.bookings.cancel("u", ask.Cancel(cancellation_reason="Ill")),
        "POST /bookings/u/cancel",
        {"cancellationReason": "Ill"},
        BOOKING,
    ),
    (
        lambda api: api.bookings.cancel("u", ask.Cancel(cancel_subsequent_bookings=True)),
        "POST /bookings/u/cancel",
        {"cancelSubsequentBookings": True},
        exchange("bookings-create-recurring"),
    ),
    (
        lambda api: api.bookings.cancel("u", ask.CancelSeat(seat_uid="s", cancellation_reason="Ill")),
        "POST /bookings/u/cancel",
        {"seatUid": "s", "cancellationReason": "Ill"},
        exchange("bookings-cancel-seat"),
    ),
    (
        lambda api: api.bookings.reschedule(
            "u", ask.Reschedule(start=at(24, 9), rescheduled_by="a@x.example", rescheduling_reason="Clash")
        ),
        "POST /bookings/u/reschedule",
        {"start": "2026-11-24T09:00:00Z", "rescheduledBy": "a@x.example", "reschedulingReason": "Clash"},
        BOOKING,
    ),
    (
        lambda api: api.bookings.reschedule("u", ask.RescheduleSeat(start=at(24, 9), seat_uid="s")),
        "POST /bookings/u/reschedule",
        {"start": "2026-11-24T09:00:00Z", "seatUid": "s"},
        BOOKING,
    ),
    (
        lambda api: api.bookings.request_reschedule("u", ask.RequestReschedule(reschedule_reason="Ill")),
        "POST /bookings/u/request-reschedule",
        {"rescheduleReason": "Ill"},
        DONE,
    ),
    (lambda api: api.bookings.confirm("u"), "POST /bookings/u/confirm", None, BOOKING),
    (lambda api: api.bookings.decline("u", ask.Decline()), "POST /bookings/u/decline", {}, BOOKING),
    (
        lambda api: api.bookings.mark_absent(
            "u", ask.MarkAbsent(host=False, attendees=(ask.Absent(email="b@x.example", absent=True),))
        ),
        "POST /bookings/u/mark-absent",
        {"host": False, "attendees": [{"email": "b@x.example", "absent": True}]},
        BOOKING,
    ),
    (lambda api: api.bookings.reassign("u"), "POST /bookings/u/reassign", None, REASSIGNED),
    (
        lambda api: api.bookings.reassign_to("u", 5, ask.ReassignTo(reason="Away")),
        "POST /bookings/u/reassign/5",
        {"reason": "Away"},
        REASSIGNED,
    ),
    (lambda api: api.bookings.attendee("u", 9), "GET /bookings/u/attendees/9", None, ATTENDEE),
    (
        lambda api: api.bookings.add_attendee(
            "u", ask.AddAttendee(name="Gil", time_zone="UTC", email="gil@x.example")
        ),
        "POST /bookings/u/attendees",
        {"name": "Gil", "timeZone": "UTC", "email": "gil@x.example"},
        ATTENDEE,
    ),
    (
        lambda api: api.bookings.add_guests("u", ask.AddGuests(guests=(ask.Guest(email="gil@x.example"),))),
        "POST /bookings/u/guests",
        {"guests": [{"email": "gil@x.example"}]},
        BOOKING,
    ),
    (
        lambda api: api.bookings.change_location(
            "u", ask.ChangeLocation(location=place.ToPhone(phone="+14155550123"))
        ),
        "PATCH /bookings/u/location",
        {"location": {"type": "phone", "phone": "+14155550123"}},
        BOOKING,
    ),
    (
        lambda api: api.bookings.references("u", ask.ReferencesAsked(type="zoom_video")),
        "GET /bookings/u/references",
        None,
        exchange("bookings-references"),
    ),
]


@pytest.mark.parametrize(
    ("call", "line", "body", "answer"), BODIES, ids=lambda one: one if isinstance(one, str) else ""
)
async def test_what_is_sent(call: Callable[[CalcomApi], Awaitable[Any]], line: str, body: Any, answer: Any):
    network = Network(answer)

    async with network.api("hosted") as api:
        await call(api)

    assert (network.line, network.body) == (line, body)


async def test_self_hosted_servers_are_not_asked_to_ask_for_another_time():
    network = Network(DONE)

    async with network.api() as api:
        with pytest.raises(NotSupported):
            await api.bookings.request_reschedule("u", ask.RequestReschedule())

    assert network.asked == []


@pytest.mark.parametrize("count", [0, 11])
def test_nobody_and_too_many_are_no_guests(count: int):
    with pytest.raises(ValidationError):
        ask.AddGuests(guests=(ask.Guest(email="x@x.example"),) * count)


@pytest.mark.parametrize("where", [{"type": "link"}, {"type": "address"}, {"type": "organizersDefaultApp"}])
def test_a_new_place_has_to_be_said(where: dict):
    with pytest.raises(ValidationError):
        ask.ChangeLocation.model_validate({"location": where})


async def test_who_hosts_after_a_reassignment():
    async with Network(REASSIGNED).api() as api:
        found = await api.bookings.reassign("u")

    assert (found.booking_uid, found.reassigned_to.id) == ("u", 5)


@pytest.mark.parametrize(
    "data",
    [
        {**BOOKING.answer["data"], "status": "ACCEPTED"},
        exchange("bookings-get-version-2026-02-25").answer["data"],
        exchange("bookings-list-no-version-header").answer["data"],
    ],
)
async def test_a_booking_of_another_version_is_refused(data: dict):
    async with Network((200, {"status": "success", "data": data})).api() as api:
        with pytest.raises(CalendarUnavailable, match="another API version"):
            await api.bookings.get("u")
        with pytest.raises(OutcomeUnknown, match="another API version"):
            await api.bookings.confirm("u")


async def test_no_booking_at_all_is_no_answer():
    async with Network((200, {"status": "success", "data": []})).api() as api:
        with pytest.raises(CalendarUnavailable, match="unreadable_answer"):
            await api.bookings.get("u")

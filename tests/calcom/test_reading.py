"""Every recorded success goes through the real client and comes out as ours."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.scheduling.errors import CalendarUnavailable, OutcomeUnknown
from bot.scheduling.model import Booking
from tests.calcom.calls import Network
from tests.calcom.means import NOW, at, booking_of, calendar_answered_by
from tests.contracts.calcom.recorded import Exchange, exchange, session

Ask = Callable[[CalcomCalendar], Awaitable[object]]


def ask_bookings(calendar: CalcomCalendar):
    return calendar.bookings(after=at(1, 0, month=1), before=at(31, 0, month=12))


def ask_slots(calendar: CalcomCalendar):
    return calendar.open_slots(1, start=at(23, 0), end=at(25, 0))


def move(calendar: CalcomCalendar):
    return calendar.reschedule_booking(RescheduleBooking(request_id="r", uid="u", start=NOW))


def cancel(calendar: CalcomCalendar):
    return calendar.cancel_booking(CancelBooking(request_id="r", uid="u", reason="x"))


async def recorded(name: str, ask: Ask):
    """What the calendar makes of the recorded answer."""
    return await answered(exchange(name).answer, exchange(name).status, ask)


async def answered(body: object, status: int, ask: Ask):
    async with calendar_answered_by(lambda _: httpx.Response(status, json=body)) as calendar:
        return await ask(calendar)


def is_booking(one: Exchange) -> bool:
    data = one.answer.get("data") if isinstance(one.answer, dict) else None
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and "hosts" in first and "pagination" not in one.answer


@pytest.mark.parametrize("one", [one for one in session() if is_booking(one)], ids=str)
async def test_every_recorded_booking_is_read(one: Exchange):
    booking = await answered(one.answer, 200, lambda calendar: calendar.booking("u"))

    data = one.answer["data"][0] if isinstance(one.answer["data"], list) else one.answer["data"]
    assert isinstance(booking, Booking)
    assert (booking.uid, booking.status) == (data["uid"], data["status"])
    assert booking.start == datetime.fromisoformat(data["start"])
    assert booking.start.tzinfo is UTC
    assert [one.email for one in booking.attendees] == [one["email"] for one in data["attendees"]]
    assert booking.hosts[0].email == "ada@example.com"


async def test_a_moved_booking_says_from_and_to_where():
    old = await recorded("bookings-get-old-uid-after-reschedule", lambda calendar: calendar.booking("u"))
    new = await recorded("bookings-get-new-uid-after-reschedule", lambda calendar: calendar.booking("u"))

    assert (old.status, old.moved_to_uid) == ("cancelled", new.uid)
    assert (new.status, new.moved_from_uid, new.reason) == ("accepted", old.uid, "Clash")


async def test_a_place_that_only_calcom_understands_is_none():
    booking = await recorded("bookings-create-default-location", lambda calendar: calendar.booking("u"))

    assert booking.location is None


async def test_a_place_that_people_understand_is_told():
    booking = await recorded("bookings-create", lambda calendar: calendar.booking("u"))

    assert booking.location == "https://meet.example.com/ada"


async def test_an_account_without_a_name_is_called_by_its_username():
    body = {"status": "success", "data": {**exchange("auth-me").answer["data"], "name": None}}

    account = await answered(body, 200, lambda calendar: calendar.me())

    assert account.name == "ada"


async def test_only_lasting_bookings_are_listed():
    name = "bookings-list-filter-status-cancelled-after-reschedule"

    assert await recorded(name, ask_bookings) == ()
    assert len(await recorded("bookings-list", ask_bookings)) == 18


async def test_slots_come_in_utc_whatever_the_zone_of_the_answer():
    slots = await recorded("slots-format-range", ask_slots)

    assert slots[0].start == at(23, 8)
    assert slots[0].start.tzinfo is UTC
    assert {slot.minutes for slot in slots} == {30}


async def test_slots_outside_what_was_asked_for_are_left_out():
    slots = await recorded(
        "slots-format-range", lambda calendar: calendar.open_slots(1, start=at(23, 9), end=at(23, 10))
    )

    assert [slot.start for slot in slots] == [at(23, 9), at(23, 9, 30)]


async def test_full_seats_are_no_slots():
    body = exchange("slots-seats").answer
    ends = {day: [{**one, "end": one["start"]} for one in found] for day, found in body["data"].items()}

    slots = await answered(
        {**body, "data": ends},
        200,
        lambda calendar: calendar.open_slots(8, start=at(2, 0, month=12), end=at(3, 0, month=12)),
    )

    assert at(2, 8, month=12) in [slot.start for slot in slots]
    assert at(2, 9, month=12) not in [slot.start for slot in slots]


async def test_whose_key_it_is():
    account = await recorded("auth-me", lambda calendar: calendar.me())

    assert (account.username, account.zone, account.email) == ("ada", "Europe/Berlin", "ada@example.com")


async def test_recorded_event_types():
    found = {
        one.slug: one for one in await recorded("event-types-list", lambda calendar: calendar.event_types())
    }

    assert found["flexible"].lengths == (15, 30, 45)
    assert found["intro-call"].lengths == (30,)
    assert found["needs-ok"].confirms
    assert not found["intro-call"].confirms
    assert found["your-place"].obstacle is None
    assert [one.slug for one in found["your-place"].questions] == ["attendeePhone", "topic"]
    assert found["deep-dive"].obstacle is None


@pytest.mark.parametrize(
    ("name", "obstacle"),
    [
        ("event-types-create-seats", "seats"),
        ("event-types-create-recurring", "recurring"),
        ("event-types-create-booking-requires-auth", "authentication"),
        ("event-types-create-attendee-locations-and-fields", None),
        ("event-types-create-variable-length", None),
        ("event-types-create-no-cancel-no-reschedule", None),
    ],
)
async def test_what_stands_in_the_way_of_booking(name: str, obstacle: str | None):
    assert (await only_event_type(exchange(name).answer["data"])).obstacle == obstacle


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"price": 1000}, "payment"),
        ({"requiresBookerEmailVerification": True}, "email_verification"),
        ({"schedulingType": "MANAGED"}, "managed"),
        ({"schedulingType": "roundRobin"}, None),
        ({"bookingFields": [{"slug": "x", "type": "unknown", "required": True}]}, "required_fields"),
        ({"bookingFields": [{"slug": "x", "required": True, "hidden": True}]}, None),
        ({"bookingFields": [{"slug": "notes", "required": True}]}, None),
        ({"bookingFields": [{"slug": "x", "required": False}]}, None),
        ({"bookingFields": [{"slug": "x"}]}, None),
        ({"requiresBookerEmailVerification": None, "bookingRequiresAuthentication": None}, None),
    ],
)
async def test_obstacles_that_were_not_recorded(change: dict, obstacle: str | None):
    base = exchange("event-types-get").answer["data"]

    assert (await only_event_type({**base, **change})).obstacle == obstacle


@pytest.mark.parametrize(
    ("change", "allows"),
    [
        ({}, True),
        ({"disableGuests": True}, False),
        ({"bookingFields": [{"slug": "guests", "hidden": True}]}, False),
    ],
)
async def test_guests_are_allowed_unless_switched_off_or_hidden(change: dict, allows: bool):
    base = exchange("event-types-get").answer["data"]

    assert (await only_event_type({**base, **change})).allows_guests is allows


async def only_event_type(data: dict):
    body = {"status": "success", "data": [data]}
    return (await answered(body, 200, lambda calendar: calendar.event_types()))[0]


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("event-types-list-no-version-header", lambda calendar: calendar.event_types()),
        ("bookings-list-no-version-header", ask_bookings),
        ("bookings-get-version-2026-02-25", lambda calendar: calendar.booking("u")),
    ],
)
async def test_an_answer_in_another_version_is_refused(name: str, ask: Ask):
    with pytest.raises(CalendarUnavailable, match="unreadable_answer"):
        await recorded(name, ask)


@pytest.mark.parametrize(
    "body",
    [
        {"status": "success", "data": {"slots": {"2026-11-23": [{"time": "2026-11-23T09:00:00Z"}]}}},
        {"status": "success"},
        {"status": "success", "data": []},
        {"status": "success", "data": {"2026-11-23": [{"begin": "x"}]}},
        ["not", "an", "object"],
    ],
)
async def test_slots_in_another_shape_are_refused(body: object):
    with pytest.raises(CalendarUnavailable, match="unreadable_answer"):
        await answered(body, 200, ask_slots)


async def test_the_hosted_service_is_asked_once_a_page_for_all_that_lasts():
    sent = []
    recorded_list = exchange("bookings-list").answer["data"]

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        first = "cursor" not in request.url.params
        mark = {"hasMore": first, "nextCursor": "next" if first else None}
        found = recorded_list[:9] if first else recorded_list[9:]
        return httpx.Response(200, json={"status": "success", "data": found, "pagination": mark})

    async with calendar_answered_by(handler, profile="hosted") as calendar:
        hosted = await ask_bookings(calendar)

    assert hosted == await recorded("bookings-list", ask_bookings)
    assert [one.headers["cal-api-version"] for one in sent] == ["2026-05-01"] * 2
    assert ["status" in one.url.params for one in sent] == [False] * 2


async def test_bookings_without_pagination_are_refused():
    body = {"status": "success", "data": exchange("bookings-list").answer["data"]}

    with pytest.raises(CalendarUnavailable, match="another API version"):
        await answered(body, 200, ask_bookings)


@pytest.mark.parametrize("write", [move, cancel])
async def test_an_unreadable_answer_to_a_write_leaves_its_outcome_unknown(write: Ask):
    with pytest.raises(OutcomeUnknown):
        await answered({"status": "success", "data": {"status": "ACCEPTED"}}, 201, write)


async def test_what_does_not_fit_is_not_quoted():
    body = {"status": "success", "data": {"uid": "secretuid", "start": "jo@example.com", "status": 3}}

    with pytest.raises(CalendarUnavailable) as caught:
        await answered(body, 200, lambda calendar: calendar.booking("u"))

    told = f"{caught.value!r} {caught.value.__cause__}"
    assert "secretuid" not in told
    assert "jo@example.com" not in told


async def test_a_create_asks_for_what_was_recorded_as_accepted():
    sent = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        name = "event-types-list" if request.method == "GET" else "bookings-create"
        return httpx.Response(exchange(name).status, json=exchange(name).answer)

    async with calendar_answered_by(handler) as calendar:
        await calendar.create_booking(booking_of(at(23, 9), kind=1, title="Roof", guests=("g@x.example",)))

    assert sent[-1].headers["cal-api-version"] == "2024-08-13"
    assert json.loads(sent[-1].read()) == {
        "start": "2026-11-23T09:00:00Z",
        "eventTypeId": 1,
        "attendee": {"name": "Ben Carter", "email": "ben@acme.example", "timeZone": "America/New_York"},
        "guests": ["g@x.example"],
        "metadata": {"slotwise_request_id": "r1", "slotwise_title": "Roof"},
    }


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
async def test_a_time_that_is_in_no_year_is_an_answer_that_cannot_be_read(start: str):
    told = {"uid": "u", "status": "accepted", "start": start, "end": "2026-11-24T10:00:00Z"}

    with pytest.raises(CalendarUnavailable, match="unreadable_answer: start"):
        await answered({"status": "success", "data": told}, 200, lambda calendar: calendar.booking("u"))
    with pytest.raises(OutcomeUnknown, match="unreadable_answer: start"):
        await answered({"status": "success", "data": told}, 200, move)


@pytest.mark.parametrize(
    "body", [{"status": "error", "data": None, "error": {"message": "no"}}, "<html>", []]
)
async def test_a_success_that_tells_of_an_error_or_is_a_page_is_none(body: object):
    async with Network((200, body)).api() as api:
        with pytest.raises(CalendarUnavailable, match="unreadable_answer"):
            await api.slots.reservation("u")
        with pytest.raises(OutcomeUnknown, match="unreadable_answer"):
            await api.schedules.delete(1)


async def test_the_event_type_is_known_without_its_deprecated_number():
    answer = json.loads(json.dumps(exchange("bookings-get").answer))
    number = answer["data"].pop("eventTypeId")

    booking = await answered(answer, 200, lambda calendar: calendar.booking("u"))

    assert booking.event_type_id == number

"""What a gateway answers in older shapes is read as today's, where there is one way to read it."""

from copy import deepcopy
from datetime import UTC, datetime

import httpx
import pytest

from bot.calcom.endpoints.booking_answers import read_record
from bot.calcom.older_shapes import SHAPES, as_today
from bot.scheduling.commands import CancelBooking
from bot.scheduling.errors import CalendarUnavailable, OutcomeUnknown, StrangeAnswer
from tests.calcom.means import calendar_answered_by
from tests.contracts.calcom.recorded import exchange

OLD_TYPES = exchange("event-types-list-unknown-version").answer
TYPES = exchange("event-types-list").answer
OLD_PAGE = exchange("bookings-list-no-version-header").answer
OLD_ONE = exchange("bookings-get-version-2026-02-25").answer
ONE = exchange("bookings-get").answer
SLOTS = {"status": "success", "data": {"slots": {"2026-11-23": [{"time": "2026-11-23T10:00:00.000+01:00"}]}}}
BOTH_LENGTHS = {"id": 1, "slug": "x", "title": "X", "length": 30, "lengthInMinutes": 15}
FIRST, LAST = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)


def page(**changes) -> dict:
    """The recorded page, as the only one."""
    data = {**OLD_PAGE["data"], "nextCursor": None, "totalCount": 10, **changes}
    return {**OLD_PAGE, "data": data}


def through(body, profile="gateway"):
    """A calendar behind somebody who always answers so."""
    return calendar_answered_by(lambda _: httpx.Response(200, json=body), profile=profile)


async def test_event_types_are_the_same_in_both_shapes():
    async with through(OLD_TYPES) as older, through(TYPES) as today:
        found, expected = await older.event_types(), await today.event_types()

    renamed = [one.model_copy(update={"title": ""}) for one in (found[3], expected[3])]  # between the two
    assert renamed[0] == renamed[1]
    asked = expected[4].questions[1:]  # the older shape does not tell who names the place
    assert (*found[:3], found[4]) == (*expected[:3], expected[4].model_copy(update={"questions": asked}))
    assert [one.lengths for one in found] == [(30,), (60,), (15,), (15, 30, 45), (30,)]
    assert [one.confirms for one in found] == [False, False, True, False, False]
    assert [one.obstacle for one in found] == [None] * 5
    assert [one.slug for one in found[4].questions] == ["topic"]


async def test_a_teams_event_types_are_not_the_persons_own():
    body = deepcopy(OLD_TYPES)
    body["data"]["eventTypeGroups"].append({**body["data"]["eventTypeGroups"][0], "teamId": 5})

    async with through(body) as calendar:
        assert len(await calendar.event_types()) == 5


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"seatsPerTimeSlot": 5}, "seats"),
        ({"recurringEvent": {"freq": 2}}, "recurring"),
        ({"price": 5}, "payment"),
    ],
)
async def test_what_stands_in_the_way_is_seen_in_the_older_shape_too(change, obstacle):
    body = deepcopy(OLD_TYPES)
    body["data"]["eventTypeGroups"][0]["eventTypes"][0].update(change)

    async with through(body) as calendar:
        assert (await calendar.event_types())[0].obstacle == obstacle


async def test_a_booking_is_the_same_in_both_shapes():
    older, today = (read_record(as_today("/bookings/{uid}", None, one)) for one in (OLD_ONE, ONE))

    for name in ("uid", "status", "start", "end", "event_type_id", "location"):
        assert getattr(older, name) == getattr(today, name), name
    assert older.metadata.items() >= today.metadata.items()
    assert [one.email for one in older.hosts] == [one.email for one in today.hosts]
    assert [(one.email, one.time_zone) for one in older.attendees] == [
        (one.email, one.time_zone) for one in today.attendees
    ]


async def test_a_page_that_is_all_there_is_is_read_and_filtered_again():
    async with through(page()) as calendar:
        found = await calendar.bookings(after=FIRST, before=LAST)

    assert len(found) == 10
    assert found[0].status == "accepted"
    assert found[0].hosts[0].name == "Ada Host"


@pytest.mark.parametrize(
    "body", [page(nextCursor=10), page(totalCount=18), OLD_PAGE], ids=["cursor", "count", "as recorded"]
)
async def test_a_page_after_which_there_may_be_more_is_refused(body):
    async with through(body) as calendar:
        with pytest.raises(StrangeAnswer, match="another API version"):
            await calendar.bookings(after=FIRST, before=LAST)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 10),
        ({"status": "upcoming,unconfirmed,past"}, 9),
        ({"status": "cancelled"}, 10),
        ({"afterStart": "2026-11-24T00:00:00Z"}, 8),
        ({"beforeEnd": "2026-11-24T00:00:00Z"}, 2),
        ({"eventTypeId": 4711}, 0),
    ],
)
def test_filters_that_may_have_been_left_out_are_applied_here(query, count):
    body = page()
    first, *others = body["data"]["bookings"]
    body["data"]["bookings"] = [{**first, "status": "CANCELLED"}, *others]

    assert len(as_today("/bookings", query, body)["data"]) == count


@pytest.mark.parametrize("query", [{"attendeeEmail": "x"}, {"teamId": 1}, {"skip": 250}])
def test_a_filter_that_cannot_be_applied_here_leaves_the_page_as_it_is(query):
    assert as_today("/bookings", query, page()) == page()


async def test_statuses_in_capitals_are_read():
    loud = {**ONE, "data": {**ONE["data"], "status": "ACCEPTED"}}

    async with through(loud) as calendar:
        assert (await calendar.booking("u")).status == "accepted"


@pytest.mark.parametrize(("minutes", "length"), [(45, 45), (None, 30)])
async def test_bare_times_end_after_the_length_that_was_asked_for_or_the_types_own(minutes, length):
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=SLOTS if request.url.path == "/v2/slots" else OLD_TYPES)

    async with calendar_answered_by(answer, profile="gateway") as calendar:
        (slot,) = await calendar.open_slots(1, start=FIRST, end=LAST, minutes=minutes)

    assert slot.start == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (slot.end - slot.start).total_seconds() == length * 60


@pytest.mark.parametrize(
    ("template", "body"),
    [
        ("/event-types", {"data": {"eventTypeGroups": [{"eventTypes": [{"id": 1, "slug": "x"}]}]}}),
        (
            "/event-types",
            {"data": {"eventTypeGroups": [{"eventTypes": [BOTH_LENGTHS]}]}},
        ),
        ("/event-types", {"data": {"eventTypeGroups": "x"}}),
        ("/bookings/{uid}", {"data": {**OLD_ONE["data"], "start": "2026-11-24T09:00:00Z"}}),
        ("/bookings/{uid}", {"data": {**OLD_ONE["data"], "status": "RUNNING"}}),
        ("/bookings/{uid}", {"data": {"status": 5}}),
        ("/bookings/{uid}", {"data": None}),
        ("/slots", {"data": {"slots": {"2026-11-23": [{"time": "2026-11-23T10:00:00Z", "attendees": 2}]}}}),
        ("/slots", {"data": {"slots": [1]}}),
        ("/schedules", {"data": {"schedules": []}}),
        ("/slots", None),
        ("/slots", []),
    ],
)
def test_what_is_not_plain_stays_as_it_is(template, body):
    assert as_today(template, {"duration": 30}, deepcopy(body)) == body


def test_a_time_without_a_zone_is_not_plain():
    body = {"data": {"slots": {"2026-11-23": [{"time": "2026-11-23T10:00:00"}]}}}

    assert as_today("/slots", {"duration": 30}, body) == body


@pytest.mark.parametrize("name", ["event-types-list", "bookings-list", "bookings-get", "slots-format-range"])
def test_todays_shapes_stay_as_they_are(name):
    answer = exchange(name).answer

    for template in SHAPES:
        assert as_today(template, {}, answer) == answer


@pytest.mark.parametrize("profile", ["self_hosted", "hosted"])
async def test_anywhere_but_at_a_gateway_older_shapes_are_refused(profile):
    async with through(OLD_TYPES, profile) as calendar:
        with pytest.raises(CalendarUnavailable):
            await calendar.event_types()


async def test_what_came_of_a_write_is_not_read_from_an_older_shape():
    async with through(OLD_ONE) as calendar:
        with pytest.raises(OutcomeUnknown):
            await calendar.cancel_booking(CancelBooking(request_id="r", uid="u", reason="x"))

"""Slots and reservations: what is asked for, and what of the answers is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from bot.calcom.endpoints.naming import EventById, EventOfSeveral, EventOfTeam, EventOfUser
from bot.calcom.endpoints.slots import Reserve, SlotsAsked, read_open, read_slots
from bot.scheduling.errors import CalendarUnavailable, OutcomeUnknown
from tests.calcom.calls import Network
from tests.calcom.means import at
from tests.contracts.calcom.recorded import Exchange, exchange, session

TWO_HOURS = timezone(timedelta(hours=2))
NONE_FREE = (200, {"status": "success", "data": {}})


def days_of(recorded: Exchange) -> object:
    """What it holds, where it is of the version that is spoken."""
    data = recorded.answer.get("data") if recorded.status == 200 else None
    return data if isinstance(data, dict) and "slots" not in data else None


def asked(event=None, *, end=None, **fields) -> SlotsAsked:
    return SlotsAsked(
        event=event or EventById(event_type_id=1), start=at(23, 8), end=end or at(23, 11), **fields
    )


@pytest.mark.parametrize(
    ("event", "named"),
    [
        (EventById(event_type_id=7), {"eventTypeId": 7}),
        (EventOfUser(username="ada", event_type_slug="intro"), {"username": "ada", "eventTypeSlug": "intro"}),
        (
            EventOfUser(username="ada", event_type_slug="intro", organization_slug="acme"),
            {"username": "ada", "eventTypeSlug": "intro", "organizationSlug": "acme"},
        ),
        (
            EventOfTeam(team_slug="sales", event_type_slug="demo"),
            {"teamSlug": "sales", "eventTypeSlug": "demo"},
        ),
        (EventOfSeveral(usernames=("ada", "bob")), {"usernames": "ada,bob"}),
    ],
)
def test_an_event_is_named_in_one_way(event, named: dict):
    span = {"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T11:00:00Z"}

    assert asked(event).as_query() == {**named, **span}


def test_one_person_alone_is_no_dynamic_event():
    with pytest.raises(ValidationError):
        EventOfSeveral(usernames=("ada",))


@pytest.mark.parametrize("wrong", [{"startTime": "x"}, {"eventTypeId": 1}, {"username": "ada"}])
def test_what_calcom_does_not_know_cannot_be_asked(wrong: dict):
    with pytest.raises(ValidationError):
        asked(**wrong)


def test_a_time_without_a_zone_cannot_be_asked():
    with pytest.raises(ValidationError):
        asked(end=datetime(2026, 11, 23))


@pytest.mark.parametrize(
    ("end", "sent"),
    [
        (at(24, 0), "2026-11-23T23:59:59Z"),
        (datetime(2026, 11, 24, 2, tzinfo=TWO_HOURS), "2026-11-23T23:59:59Z"),
        (datetime(2026, 11, 24, 0, tzinfo=TWO_HOURS), "2026-11-23T22:00:00Z"),
        (datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC), "2026-11-24T00:00:01Z"),
    ],
)
def test_an_end_at_midnight_does_not_become_the_end_of_the_next_day(end: datetime, sent: str):
    assert asked(end=end).as_query()["end"] == sent


async def test_everything_else_that_can_be_asked():
    network = Network(exchange("slots-format-range"))

    async with network.api() as api:
        await api.slots.find(
            asked(time_zone="Europe/Berlin", duration=45, format="range", booking_uid_to_reschedule="abc")
        )

    assert (network.line, network.version) == ("GET /slots", "2024-09-04")
    assert network.queries[0] == {
        "eventTypeId": "1",
        "start": "2026-11-23T08:00:00Z",
        "end": "2026-11-23T11:00:00Z",
        "timeZone": "Europe/Berlin",
        "duration": "45",
        "format": "range",
        "bookingUidToReschedule": "abc",
    }


async def test_slots_come_in_order_and_in_utc_whatever_the_zone_that_groups_them():
    async with Network(exchange("slots-zone-day-rollover")).api() as api:
        found = await api.slots.find(asked())

    assert [one.start for one in found] == sorted(one.start for one in found)
    assert {one.start.tzinfo for one in found} == {UTC}


async def test_seats_are_told():
    async with Network(exchange("slots-seats")).api() as api:
        found = await api.slots.find(asked())

    full = next(one for one in found if not one.has_room)
    assert (full.seats_booked, full.seats_total, full.booking_uid) == (2, 2, "moSzEFuaF2iGnDiBeeBLfo")
    assert all(one.has_room for one in found if one is not full)


RECORDED = [one for one in session() if one.path.startswith("/v2/slots?") and isinstance(days_of(one), dict)]
WRITTEN_OTHERWISE = {
    "no ends": [{"start": "2026-11-23T09:00:00.000Z"}],
    "another zone": [{"start": "2026-11-23T10:00:00+01:00", "end": "2026-11-23T10:30:00+01:00"}],
    "no room": [{"start": "2026-11-23T09:00:00Z", "end": "2026-11-23T09:30:00Z", "seatsRemaining": 0}],
}


@pytest.mark.parametrize("answer", [one.answer for one in RECORDED], ids=[one.name for one in RECORDED])
def test_open_slots_are_those_with_room(answer: object):
    assert read_open(answer) == tuple((one.start, one.end) for one in read_slots(answer) if one.has_room)


@pytest.mark.parametrize("day", WRITTEN_OTHERWISE.values(), ids=WRITTEN_OTHERWISE)
def test_open_slots_are_read_however_they_are_written(day: list[dict[str, object]]):
    answer = {"status": "success", "data": {"2026-11-23": day}}

    found = read_open(answer)

    assert found == tuple((one.start, one.end) for one in read_slots(answer) if one.has_room)
    assert all(one.start.tzinfo is UTC for one in found)


@pytest.mark.parametrize("slot", [{"start": "soon"}, {"start": "2026-11-23T09:00:00Z", "end": 1.5j}, 7, None])
def test_what_is_no_slot_is_refused(slot: object):
    with pytest.raises(ValueError, match=r"SlotRecord|another API version"):
        read_open({"status": "success", "data": {"2026-11-23": [slot]}})


async def test_nothing_free_is_no_error():
    async with Network(NONE_FREE).api() as api:
        assert await api.slots.find(asked()) == ()


@pytest.mark.parametrize("data", [{"slots": {}}, {"slots": {"2026-11-23": [{"time": "x"}]}}, []])
async def test_slots_of_another_version_are_refused(data: object):
    async with Network((200, {"status": "success", "data": data})).api() as api:
        with pytest.raises(CalendarUnavailable, match="slots of another API version"):
            await api.slots.find(asked())


async def test_a_reservation_asks_for_what_is_set():
    network = Network(exchange("reservations-create"))

    async with network.api() as api:
        made = await api.slots.reserve(
            Reserve(event_type_id=1, slot_start=at(26, 13), slot_duration=30, reservation_duration=10)
        )

    assert network.body == {
        "eventTypeId": 1,
        "slotStart": "2026-11-26T13:00:00Z",
        "slotDuration": 30,
        "reservationDuration": 10,
    }
    assert (made.slot_start, made.reservation_duration) == (at(26, 13), 5)


async def test_a_reservation_as_older_versions_answer_it_leaves_its_outcome_unknown():
    async with Network((200, {"status": "success", "data": "some-uid"})).api() as api:
        with pytest.raises(OutcomeUnknown, match="another API version"):
            await api.slots.reserve(Reserve(event_type_id=1, slot_start=at(26, 13)))


async def test_no_reservation_is_none():
    async with Network(exchange("reservations-get-bad-uid")).api() as api:
        assert await api.slots.reservation("nope") is None

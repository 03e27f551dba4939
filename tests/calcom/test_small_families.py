"""What nobody recorded of the small Cal.com: private links, seats that move, hours that count."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from bot.playground.small_calcom import SmallCalcom
from tests.calcom.means import ANA_KEY, QUICK_CHAT, WORKSHOP, at, small_calcom

BOOKINGS, SLOTS, SCHEDULES = "2024-08-13", "2024-09-04", "2024-06-11"
GIL = {"name": "Gil", "email": "gil@partner.example", "timeZone": "UTC"}
HAL = {**GIL, "name": "Hal", "email": "hal@partner.example"}
HOOK = {"subscriberUrl": "https://receiver.example/", "active": True, "triggers": ["BOOKING_CREATED"]}


@pytest.fixture
def small() -> SmallCalcom:
    return small_calcom()


@pytest_asyncio.fixture
async def http(small: SmallCalcom) -> AsyncIterator[httpx.AsyncClient]:
    transport, key = httpx.ASGITransport(small.app), {"Authorization": f"Bearer {ANA_KEY}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://cal/v2", headers=key) as http:
        yield http


async def data(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()["data"]


async def book(http: httpx.AsyncClient, kind: int, start, attendee=GIL) -> dict[str, Any]:
    body = {"start": start.isoformat(), "eventTypeId": kind, "attendee": attendee}
    return await data(await http.post("/bookings", json=body, headers={"cal-api-version": BOOKINGS}))


async def move(http: httpx.AsyncClient, uid: str, start, **fields) -> httpx.Response:
    body = {"start": start.isoformat(), **fields}
    return await http.post(f"/bookings/{uid}/reschedule", json=body, headers={"cal-api-version": BOOKINGS})


async def open_days(http: httpx.AsyncClient, **params) -> dict[str, list[str]]:
    query = {"eventTypeId": QUICK_CHAT, "start": "2026-11-26", "end": "2026-11-27", **params}
    days = await data(await http.get("/slots", params=query, headers={"cal-api-version": SLOTS}))
    return {day: [one["start"] for one in starts] for day, starts in days.items()}


async def schedule(http: httpx.AsyncClient, **fields) -> dict[str, Any]:
    body = {"name": "Mornings", "timeZone": "UTC", "isDefault": False, **fields}
    return await data(await http.post("/schedules", json=body, headers={"cal-api-version": SCHEDULES}))


async def test_a_seat_moves_alone_and_leaves_the_others(http: httpx.AsyncClient):
    first = await book(http, WORKSHOP, at(26, 13))
    second = await book(http, WORKSHOP, at(26, 13), HAL)

    refused = await move(http, first["uid"], at(27, 13))
    moved = await data(await move(http, first["uid"], at(27, 13), seatUid=second["seatUid"]))
    left = await data(await http.get(f"/bookings/{first['uid']}", headers={"cal-api-version": BOOKINGS}))

    assert refused.status_code == 400
    assert [one["name"] for one in moved["attendees"]] == ["Hal"]
    assert ([one["name"] for one in left["attendees"]], left["status"]) == (["Gil"], "accepted")


async def test_the_last_seat_to_move_ends_the_booking(http: httpx.AsyncClient):
    only = await book(http, WORKSHOP, at(26, 13))

    moved = await data(await move(http, only["uid"], at(27, 13), seatUid=only["seatUid"]))
    left = await data(await http.get(f"/bookings/{only['uid']}", headers={"cal-api-version": BOOKINGS}))

    assert (left["status"], left["rescheduledToUid"]) == ("cancelled", moved["uid"])


async def test_an_event_type_keeps_to_its_own_schedule(http: httpx.AsyncClient):
    mornings = await schedule(
        http, availability=[{"days": ["Thursday"], "startTime": "06:00", "endTime": "07:00"}]
    )
    await http.patch(
        f"/event-types/{QUICK_CHAT}",
        json={"scheduleId": mornings["id"], "slotInterval": 30},
        headers={"cal-api-version": "2024-06-14"},
    )

    assert await open_days(http) == {"2026-11-26": ["2026-11-26T06:00:00.000Z", "2026-11-26T06:30:00.000Z"]}


async def test_a_new_default_counts_at_once_and_its_end_gives_the_old_one_back(http: httpx.AsyncClient):
    before = await open_days(http)
    closed = await schedule(http, isDefault=True, availability=[])
    during = await open_days(http)
    await http.delete(f"/schedules/{closed['id']}", headers={"cal-api-version": SCHEDULES})

    assert (during, await open_days(http)) == ({}, before)


async def test_several_people_are_free_when_all_of_them_are(http: httpx.AsyncClient):
    query = {"usernames": "ana,ben", "start": "2026-11-26", "end": "2026-11-26"}

    days = await data(await http.get("/slots", params=query, headers={"cal-api-version": SLOTS}))

    assert days["2026-11-26"][0]["start"] >= "2026-11-26T14"  # when New York's day begins
    assert days["2026-11-26"][-1]["start"] < "2026-11-26T16"  # when Berlin's ends


async def test_a_private_link_lasts_as_it_was_made(http: httpx.AsyncClient):
    links = f"/event-types/{QUICK_CHAT}/private-links"

    plain = await data(await http.post(links, json={}))
    past = await data(await http.post(links, json={"expiresAt": "2026-11-01T00:00:00Z"}))
    more = await data(await http.patch(f"{links}/{plain['linkId']}", json={"maxUsageCount": 3}))
    gone = await data(await http.delete(f"{links}/{past['linkId']}"))

    assert (plain["maxUsageCount"], plain["isExpired"], past["isExpired"]) == (1, False, True)
    assert more["maxUsageCount"] == 3
    assert gone["linkId"] == past["linkId"]
    assert [one["linkId"] for one in await data(await http.get(links))] == [plain["linkId"]]


async def test_an_attendee_comes_and_goes(http: httpx.AsyncClient):
    uid = (await book(http, QUICK_CHAT, at(26, 10)))["uid"]
    headers = {"cal-api-version": BOOKINGS}

    added = await data(await http.post(f"/bookings/{uid}/attendees", json=HAL, headers=headers))
    two = await data(await http.get(f"/bookings/{uid}/attendees", headers=headers))
    await http.delete(f"/bookings/{uid}/attendees/{added['id']}", headers=headers)
    one = await data(await http.get(f"/bookings/{uid}/attendees", headers=headers))

    assert ([each["name"] for each in two], [each["name"] for each in one]) == (["Gil", "Hal"], ["Gil"])


async def test_two_cancels_at_once_both_succeed_and_a_third_is_late(http: httpx.AsyncClient):
    uid = (await book(http, QUICK_CHAT, at(26, 10)))["uid"]

    async def cancel() -> int:
        body, headers = {"cancellationReason": "Ill"}, {"cal-api-version": BOOKINGS}
        return (await http.post(f"/bookings/{uid}/cancel", json=body, headers=headers)).status_code

    assert await asyncio.gather(cancel(), cancel()) == [200, 200]
    assert await cancel() == 400


async def test_a_reset_forgets_webhooks_schedules_and_who_moved_where(
    http: httpx.AsyncClient, small: SmallCalcom
):
    before = [await open_days(http), await data(await http.get("/me"))]
    await http.patch("/me", json={"timeZone": "Asia/Tokyo", "name": "Anna"})
    await http.post("/webhooks", json=HOOK)
    await schedule(http, isDefault=True)
    await http.post(f"/event-types/{QUICK_CHAT}/private-links", json={})

    small.reset()

    assert [await open_days(http), await data(await http.get("/me"))] == before
    assert await data(await http.get("/webhooks")) == []
    assert await data(await http.get(f"/event-types/{QUICK_CHAT}/private-links")) == []


async def test_who_moves_to_another_zone_works_there(http: httpx.AsyncClient):
    await http.patch("/me", json={"timeZone": "Asia/Tokyo"})

    assert (await open_days(http))["2026-11-26"][0] < "2026-11-26T08"  # when Berlin's day begins


async def test_only_active_webhooks_of_the_host_hear(http: httpx.AsyncClient, small: SmallCalcom):
    heard: list[str] = []

    def receive(request: httpx.Request) -> httpx.Response:
        heard.append(str(request.url))
        return httpx.Response(200)

    small.deliver_through(httpx.MockTransport(receive))
    ben = {"Authorization": "Bearer cal_playground_ben"}
    await http.post("/webhooks", json=HOOK)
    await http.post("/webhooks", json={**HOOK, "subscriberUrl": "https://asleep.example/", "active": False})
    await http.post("/webhooks", json={**HOOK, "subscriberUrl": "https://ben.example/"}, headers=ben)

    await book(http, QUICK_CHAT, at(26, 10))

    assert heard == ["https://receiver.example/"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "2026-11-27"), ("2026-11-26", "9999-12-31"), ("2026-11-26", "2096-11-26")],
)
async def test_slots_of_all_times_are_refused(http: httpx.AsyncClient, start: str, end: str):
    query = {"eventTypeId": QUICK_CHAT, "start": start, "end": end}

    answer = await http.get("/slots", params=query, headers={"cal-api-version": SLOTS})

    assert answer.status_code == 400

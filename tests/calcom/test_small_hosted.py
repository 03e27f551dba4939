"""The small Cal.com as Cal.com's own service: versions of 2026, cursor pages, the team, absences."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from bot.playground.small_calcom import SmallCalcom
from tests.calcom.means import ANA_KEY, QUICK_CHAT, at, small_calcom

ANA = {"Authorization": f"Bearer {ANA_KEY}"}
BOOKINGS, LIST, KINDS = "2026-02-25", "2026-05-01", "2026-06-12"
GIL = {"name": "Gil", "email": "gil@partner.example", "timeZone": "UTC"}


@pytest.fixture
def small() -> SmallCalcom:
    return small_calcom(hosted=True)


@pytest_asyncio.fixture
async def http(small: SmallCalcom) -> AsyncIterator[httpx.AsyncClient]:
    async with of(small) as http:
        yield http


def of(small: SmallCalcom) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(small.app)
    return httpx.AsyncClient(transport=transport, base_url="http://cal/v2", headers=ANA)


def version(value: str) -> dict[str, str]:
    return {"cal-api-version": value}


def kind_of(small: SmallCalcom, slug: str) -> int:
    return next(one.id for one in small._store.event_types if one.slug == slug)


async def book(http: httpx.AsyncClient, kind: int, start, **fields) -> httpx.Response:
    body = {"start": start.isoformat(), "eventTypeId": kind, "attendee": GIL, **fields}
    return await http.post("/bookings", json=body, headers=version(BOOKINGS))


async def booked(http: httpx.AsyncClient, kind: int, start, **fields) -> dict:
    answer = await book(http, kind, start, **fields)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def pages(http: httpx.AsyncClient, **params) -> list[list[str]]:
    found, cursor = [], None
    while True:
        query = {**params, **({"cursor": cursor} if cursor else {})}
        body = (await http.get("/bookings", params=query, headers=version(LIST))).json()
        found.append([one["uid"] for one in body["data"]])
        cursor = body["pagination"]["nextCursor"]
        if not body["pagination"]["hasMore"]:
            return found


async def test_versions_of_2026_are_known_here_and_fall_back_silently_elsewhere(http: httpx.AsyncClient):
    async with of(small_calcom()) as older:
        here, there = [
            (await one.get("/event-types", headers=version(KINDS))).json()["data"] for one in (http, older)
        ]

    assert here[0]["bookingFields"][0]["field"] == "name"
    assert list(there) == ["eventTypeGroups", "profiles", "allUsersAcrossAllEventTypes"]


async def test_versions_of_2024_are_answered_as_ever(http: httpx.AsyncClient):
    kinds = (await http.get("/event-types", headers=version("2024-06-14"))).json()["data"]
    listed = (await http.get("/bookings", headers=version("2024-08-13"))).json()

    assert kinds[0]["bookingFields"][0]["isDefault"] is True
    assert "totalItems" in listed["pagination"]


async def test_cursors_lead_through_all_bookings_and_only_once(http: httpx.AsyncClient):
    uids = [(await booked(http, QUICK_CHAT, at(day, 10)))["uid"] for day in (26, 27, 30)]

    assert await pages(http, status="upcoming", limit=1) == [[uid] for uid in uids]
    assert await pages(http, limit=2) == [uids[:0:-1], uids[:1]]


async def test_a_booking_made_meanwhile_moves_no_page(http: httpx.AsyncClient):
    first, second = [(await booked(http, QUICK_CHAT, at(day, 10)))["uid"] for day in (26, 27)]
    page = (
        await http.get("/bookings", params={"limit": 1, "status": "upcoming"}, headers=version(LIST))
    ).json()
    await booked(http, QUICK_CHAT, at(25, 10))

    query = {"limit": 1, "status": "upcoming", "cursor": page["pagination"]["nextCursor"]}
    after = (await http.get("/bookings", params=query, headers=version(LIST))).json()

    assert [one["uid"] for one in (*page["data"], *after["data"])] == [first, second]


@pytest.mark.parametrize(
    "query", [{"status": "upcoming,past"}, {"take": "10"}, {"limit": "101"}, {"cursor": "@"}]
)
async def test_the_newer_list_knows_one_status_and_no_take(http: httpx.AsyncClient, query: dict[str, str]):
    assert (await http.get("/bookings", params=query, headers=version(LIST))).status_code == 400


async def test_the_newer_list_version_is_of_the_list_only(http: httpx.AsyncClient):
    uid = (await booked(http, QUICK_CHAT, at(26, 10)))["uid"]

    assert (await http.get(f"/bookings/{uid}", headers=version(LIST))).status_code == 404
    assert (await http.get(f"/bookings/{uid}", headers=version(BOOKINGS))).status_code == 200


async def test_fields_of_bookers_are_the_same_in_both_shapes(http: httpx.AsyncClient):
    asked = {"field": "custom", "type": "longText", "slug": "topic", "label": "Topic", "required": True}
    body = {"lengthInMinutes": 20, "title": "Asks", "slug": "asks", "bookingFields": [asked]}
    made = (await http.post("/event-types", json=body, headers=version(KINDS))).json()["data"]
    older = (await http.get(f"/event-types/{made['id']}", headers=version("2024-06-14"))).json()["data"]

    assert asked.items() <= next(one for one in made["bookingFields"] if one["slug"] == "topic").items()
    assert next(one for one in older["bookingFields"] if one["slug"] == "topic")["type"] == "textarea"


async def test_who_is_away_cannot_be_booked(http: httpx.AsyncClient):
    body = {"start": at(26, 0).isoformat(), "end": at(26, 23).isoformat(), "reason": "vacation"}
    away = (await http.post("/me/ooo", json=body)).json()["data"]
    query = {"eventTypeId": QUICK_CHAT, "start": "2026-11-26", "end": "2026-11-27"}

    during = (await http.get("/slots", params=query, headers=version("2024-09-04"))).json()["data"]
    await http.delete(f"/me/ooo/{away['id']}")
    later = (await http.get("/slots", params=query, headers=version("2024-09-04"))).json()["data"]

    assert (list(during), list(later)) == (["2026-11-27"], ["2026-11-26", "2026-11-27"])


async def test_the_team_takes_turns(http: httpx.AsyncClient, small: SmallCalcom):
    kind = kind_of(small, "first-call")

    hosts = [(await booked(http, kind, at(26, hour)))["hosts"][0]["username"] for hour in (13, 14, 15)]

    assert len(set(hosts)) == 3


async def test_asking_a_round_robin_again_gives_the_same_booking(http: httpx.AsyncClient, small: SmallCalcom):
    kind = kind_of(small, "first-call")

    first, second = [await booked(http, kind, at(26, 14)) for _ in range(2)]

    assert first["uid"] == second["uid"]


async def test_both_of_two_must_be_free(http: httpx.AsyncClient, small: SmallCalcom):
    kind = kind_of(small, "both-of-us")
    query = {"teamSlug": "sales", "eventTypeSlug": "both-of-us", "start": "2026-11-26", "end": "2026-12-11"}
    days = (await http.get("/slots", params=query, headers=version("2024-09-04"))).json()["data"]
    night = await book(http, kind, at(26, 2))

    assert days
    assert (night.status_code, "One of the hosts" in night.json()["error"]["message"]) == (400, True)
    for slots in days.values():
        for one in slots:
            assert small._store.is_free(small._store.event_type(kind), *_span(one["start"]))


def _span(start: str):
    begins = datetime.fromisoformat(start)
    return begins, begins + timedelta(minutes=45)


async def test_a_teams_booking_can_change_hands(http: httpx.AsyncClient, small: SmallCalcom):
    made = await booked(http, kind_of(small, "first-call"), at(26, 14))
    key = next(one.key for one in small._store.accounts if one.username == made["hosts"][0]["username"])
    host = {"Authorization": f"Bearer {key}", **version(BOOKINGS)}

    moved = (await http.post(f"/bookings/{made['uid']}/reassign", headers=host)).json()["data"]

    assert moved["bookingUid"] == made["uid"]
    assert moved["reassignedTo"]["id"] != made["hosts"][0]["id"]


async def test_asking_for_another_time_ends_the_booking(http: httpx.AsyncClient):
    uid = (await booked(http, QUICK_CHAT, at(26, 10)))["uid"]

    asked = await http.post(
        f"/bookings/{uid}/request-reschedule", json={"rescheduleReason": "Ill"}, headers=version(BOOKINGS)
    )
    found = (await http.get(f"/bookings/{uid}", headers=version(BOOKINGS))).json()["data"]

    assert asked.json() == {"status": "success"}
    assert found["status"] == "cancelled"


@pytest.mark.parametrize("flag", ["allowConflicts", "allowBookingOutOfBounds"])
async def test_only_a_host_waives_rules(http: httpx.AsyncClient, flag: str):
    start = at(26, 10) if flag == "allowConflicts" else at(24, 9)
    await book(http, QUICK_CHAT, at(26, 10))
    fields = {flag: True, "attendee": {**GIL, "email": "hal@partner.example"}}

    mine = await book(http, QUICK_CHAT, start, **fields)
    del http.headers["Authorization"]
    theirs = await book(http, QUICK_CHAT, start, **fields)

    assert (mine.status_code, theirs.status_code) == (201, 400)


@pytest.mark.parametrize("flag", ["allowConflicts", "allowBookingOutOfBounds"])
async def test_only_a_host_waives_rules_of_a_move(http: httpx.AsyncClient, flag: str):
    start = at(26, 10) if flag == "allowConflicts" else at(24, 9)
    await book(http, QUICK_CHAT, at(26, 10))
    uid = (await booked(http, QUICK_CHAT, at(27, 10)))["uid"]
    move = {"json": {"start": start.isoformat(), flag: True}, "headers": version(BOOKINGS)}
    hosts_own = http.headers.pop("Authorization")

    theirs = await http.post(f"/bookings/{uid}/reschedule", **move)
    http.headers["Authorization"] = hosts_own
    mine = await http.post(f"/bookings/{uid}/reschedule", **move)

    assert (theirs.status_code, mine.status_code) == (400, 201)


@pytest.mark.parametrize(
    "path",
    [
        "/teams",
        "/teams/2",
        "/teams/2/memberships",
        "/teams/2/event-types",
        "/teams/2/bookings",
        "/organizations/1/teams",
        "/organizations/1/teams/me",
        "/organizations/1/memberships",
        "/organizations/1/teams/event-types",
        "/organizations/1/teams/2/event-types",
        "/me/ooo",
    ],
)
async def test_a_self_hosted_server_has_none_of_it(http: httpx.AsyncClient, path: str):
    async with of(small_calcom()) as older:
        statuses = [(await one.get(path, headers=version(KINDS))).status_code for one in (http, older)]

    assert statuses == [200, 404]

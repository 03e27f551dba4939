"""The small Cal.com is no yes-man: its limits, its refusals and its troubles."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.small_calcom import Refusal, SmallCalcom
from bot.playground.world import load_world
from bot.scheduling.commands import CancelBooking
from tests.calcom.means import (
    ANA_KEY,
    DESIGN_REVIEW,
    INTRO_CALL,
    NOW,
    at,
    booking_of,
    calendar_of,
    small_calcom,
)

TEN = at(25, 9)
GIL = {"name": "Gil Guest", "email": "gil@partner.example", "zone": "Europe/Berlin"}
KEY = {"Authorization": f"Bearer {ANA_KEY}", "cal-api-version": "2024-08-13"}


@pytest.fixture
def small() -> SmallCalcom:
    return small_calcom()


@pytest_asyncio.fixture
async def http(small: SmallCalcom) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(small.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://cal", headers=KEY) as http:
        yield http


async def test_every_answer_says_what_is_left(http: httpx.AsyncClient):
    first, second = await http.get("/v2/me"), await http.get("/v2/me")

    assert first.headers["x-ratelimit-limit-default"] == "120"
    assert first.headers["x-ratelimit-remaining-default"] == "119"
    assert second.headers["x-ratelimit-remaining-default"] == "118"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_one_request_too_many_is_refused_until_the_minute_is_over():
    now = [0.0]
    small = SmallCalcom(load_world(), clock=lambda: NOW, seconds=lambda: now[0])
    small.rate_limit.limit = 2
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(small.app), base_url="http://cal", headers=KEY
    ) as http:
        statuses = [(await http.get("/v2/me")).status_code for _ in range(3)]
        others = await http.get("/v2/me", headers={"Authorization": "Bearer cal_playground_ben"})
        now[0] = 60.0
        later = await http.get("/v2/me")

    assert statuses == [200, 200, 429]
    assert others.status_code == later.status_code == 200


async def test_trouble_concerns_only_what_it_touches(small: SmallCalcom, http: httpx.AsyncClient):
    small.trouble.down = True
    small.trouble.touches = lambda method, path: path.startswith("/v2/slots")

    assert (await http.get("/v2/me")).status_code == 200
    assert (await http.get("/v2/slots")).status_code == 503


async def test_a_delay_delays(small: SmallCalcom, http: httpx.AsyncClient):
    small.trouble.delay = 0.05
    began = asyncio.get_running_loop().time()

    await http.get("/v2/me")

    assert asyncio.get_running_loop().time() - began >= 0.05


async def test_what_fails_does_no_work(small: SmallCalcom):
    small.trouble.fail_next = 1
    async with calendar_of(small, tries=1) as calendar:
        with pytest.raises(Exception, match="server_error_500"):
            await calendar.cancel_booking(CancelBooking(request_id="r", uid="u", reason="x"))

    assert [one.status for one in small.requests] == [500]


async def test_mounted_elsewhere_it_knows_its_own_paths(small: SmallCalcom):
    touched = []
    small.trouble.touches = lambda method, path: touched.append(path) is not None
    house = Starlette(routes=[Mount("/_calcom", small.app)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(house), base_url="http://house") as http:
        missing = await http.get("/_calcom/v2/bookings/nobody?x=1", headers=KEY)
        unknown = await http.get("/_calcom/v2/nope")

    assert missing.json()["path"] == "/v2/bookings/nobody?x=1"
    assert unknown.json()["error"]["message"] == "Cannot GET /v2/nope"
    assert touched
    assert set(touched) == {"/v2/bookings/nobody?x=1"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v2/slots?eventTypeId=3&start=2026-11-25&end=2026-11-26"),
        ("POST", "/v2/slots/reservations"),
        ("POST", "/v2/bookings/x/cancel"),
        ("POST", "/v2/bookings/x/reschedule"),
    ],
)
async def test_another_version_does_not_know_the_way(http: httpx.AsyncClient, method: str, path: str):
    answer = await http.request(method, path, headers={"cal-api-version": "2026-02-25"})

    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == f"Cannot {method} {path}"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v2/bookings/{uid}/reschedule", {"start": "2026-11-26T10:00:00Z", "bogus": 1}),
        ("/v2/bookings/{uid}/cancel", {"cancellationReason": "x", "bogus": 1}),
    ],
)
async def test_unknown_fields_are_refused(small: SmallCalcom, http: httpx.AsyncClient, path: str, body: dict):
    booked = await small.book_from_outside("UANA", "design-review", TEN, **GIL)

    answer = await http.post(path.format(uid=booked.uid), json=body)

    assert answer.status_code == 400
    assert "property bogus should not exist" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/v2/bookings?bogus=1", "/v2/bookings?take=0"])
async def test_unknown_or_impossible_filters_are_refused(http: httpx.AsyncClient, path: str):
    assert (await http.get(path)).status_code == 400


@pytest.mark.parametrize("reason", [None, ""])
async def test_a_host_must_say_why_and_a_guest_need_not(
    small: SmallCalcom, http: httpx.AsyncClient, reason: str | None
):
    booked = await small.book_from_outside("UANA", "design-review", TEN, **GIL)

    answer = await http.post(f"/v2/bookings/{booked.uid}/cancel", json={"cancellationReason": reason})

    assert answer.json() == {"statusCode": 400, "message": "Cancellation reason is required"}
    assert (await small.cancel_from_outside(booked.uid)).status == "cancelled"


async def test_only_the_host_confirms(small: SmallCalcom, http: httpx.AsyncClient):
    booked = await small.book_from_outside("UANA", "intro-call", TEN, **GIL)
    path = f"/v2/bookings/{booked.uid}/confirm"

    bens = await http.post(path, headers={"Authorization": "Bearer cal_playground_ben"})
    anas = await http.post(path)

    assert (bens.status_code, anas.status_code) == (401, 200)
    assert anas.json()["data"]["status"] == "accepted"


async def test_seats_are_filled_and_then_gone(small: SmallCalcom):
    for number in range(10):
        booked = await small.book_from_outside(
            "UANA", "workshop", at(25, 13), name=f"N{number}", email=f"n{number}@x.example"
        )

    assert len(booked.attendees) == 10
    assert len(small.bookings()) == 1
    with pytest.raises(Refusal, match="No more seats"):
        await small.book_from_outside("UANA", "workshop", at(25, 13), name="X", email="x@x.example")


async def test_buffers_keep_a_distance(small: SmallCalcom):
    small.add_event_type("UANA", slug="calm", title="Calm", minutes=30, buffer_before=15, buffer_after=15)
    await small.book_from_outside("UANA", "quick-chat", at(25, 13), **GIL)

    with pytest.raises(Refusal):
        await small.book_from_outside("UANA", "calm", at(25, 13, 15), **GIL)
    with pytest.raises(Refusal):
        await small.book_from_outside("UANA", "calm", at(25, 12, 30), **GIL)
    assert (await small.book_from_outside("UANA", "calm", at(25, 13, 30), **GIL)).status == "accepted"


def test_an_unknown_person_or_event_type(small: SmallCalcom):
    with pytest.raises(KeyError):
        small.busy("UGIL", NOW, TEN)
    with pytest.raises(KeyError):
        small.add_busy("UNOBODY", NOW, TEN)


async def test_an_unknown_event_type_cannot_be_booked(small: SmallCalcom):
    with pytest.raises(KeyError):
        await small.book_from_outside("UANA", "nothing", TEN, **GIL)


async def test_the_log_of_requests(small: SmallCalcom):
    async with calendar_of(small) as calendar:
        await calendar.create_booking(booking_of(TEN, kind=INTRO_CALL))

    assert [(one.method, one.path, one.version, one.status) for one in small.requests] == [
        ("GET", "/v2/event-types", "2024-06-14", 200),
        ("POST", "/v2/bookings", "2024-08-13", 201),
    ]


async def test_a_move_within_its_own_time_is_possible(small: SmallCalcom):
    booked = await small.book_from_outside("UANA", "design-review", TEN, **GIL)

    moved = await small.move_from_outside(booked.uid, TEN + timedelta(minutes=30))

    assert moved.event_type.id == DESIGN_REVIEW
    assert moved.start == TEN + timedelta(minutes=30)

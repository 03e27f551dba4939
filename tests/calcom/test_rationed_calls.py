"""Calls of the client, as the budget and the server allow them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest

from bot.calcom.models import read_nothing
from bot.calcom.transport import turnstile
from bot.scheduling.asking import Urgency, as_a_courtesy, on_behalf_of, who_asks
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.rations import Allowance, Lease, Unrationed, a_minute
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.means import client_of


def test_everything_in_the_block_is_asked_for_that_person():
    with on_behalf_of("U1"):
        with as_a_courtesy():
            inner = who_asks()
        outer = who_asks()

    assert inner == ("U1", Urgency.COURTESY)
    assert outer == ("U1", None)
    assert who_asks() == ("", None)


@asynccontextmanager
async def budgeted(answers: list[httpx.Response], allowance: Allowance | None = None) -> AsyncIterator:
    """A client on an embedded Redis's budget, and the requests that it sent. Its leases never get stale."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async with connect(None) as redis, httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        budget = RedisBudget(redis, Keys("test"), allowance or a_minute(120))
        yield client_of(http, budget=budget, seconds=lambda: 0.0), sent


def ok(**headers: str) -> httpx.Response:
    return httpx.Response(200, json={"status": "success", "data": {}}, headers=headers)


@pytest.mark.parametrize(
    ("headers", "is_held"),
    [
        ({"X-RateLimit-Remaining-Default": "10", "X-RateLimit-Reset-Default": "30"}, False),
        ({"X-RateLimit-Remaining-Default": "11", "X-RateLimit-Reset-Default": "30"}, True),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "30"}, False),
        ({"X-RateLimit-Remaining-A": "90", "X-RateLimit-Remaining-B": "2"}, False),
        ({"X-RateLimit-Remaining-Default": "many"}, True),
        ({"X-RateLimit-Remaining-Default": "inf", "X-RateLimit-Reset-Default": "nan"}, True),
        ({}, True),
    ],
)
async def test_a_courtesy_is_left_out_when_the_server_says_that_few_requests_are_left(
    headers: dict[str, str], is_held: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turnstile, "A_WHILE", 60.0)  # the machine may stand still for longer than a moment
    async with budgeted([ok(**headers)]) as (client, sent):
        await client.read("/me", read_nothing)
        with as_a_courtesy(), suppress(CalendarUnavailable):
            await client.write("POST", "/slots/reservations", read_nothing)

    assert (len(sent) == 2) is is_held


async def test_what_became_stale_before_it_was_sent_is_thrown_away_and_leased_anew():
    now, leases = [0.0], []

    class Slow(Unrationed):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            leases.append(wanted)
            now[0] += 2.0 if len(leases) < 3 else 0.0  # the process stood still
            return Lease(1)

    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: ok())) as http:
        client = client_of(http, budget=Slow(), seconds=lambda: now[0])
        await client.read("/me", read_nothing)

    assert len(leases) == 3


async def test_a_block_is_one_for_all_who_share_the_credential():
    blocked = httpx.Response(429, headers={"X-RateLimit-Reset-Default": "40"})
    async with budgeted([blocked, ok()]) as (client, sent):
        with pytest.raises(CalendarUnavailable):
            await client.read("/me", read_nothing)
        with pytest.raises(CalendarUnavailable) as caught:
            await client.write("POST", "/bookings", read_nothing)

    assert len(sent) == 1
    assert 30 < caught.value.retry_after <= 40


async def test_an_endpoint_with_a_limit_of_its_own_blocks_nothing_else():
    blocked = httpx.Response(429, headers={"X-RateLimit-Reset-Default": "40"})
    async with budgeted([blocked, ok()]) as (client, sent):
        with pytest.raises(CalendarUnavailable):
            await client.write("POST", "/bookings/{uid}/guests", read_nothing, uid="u")
        await client.read("/me", read_nothing)

    assert len(sent) == 2


async def test_calls_of_the_client_wait_by_person_and_urgency():
    sent, all_wait = list[str](), asyncio.Event()

    class Late(Unrationed):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            await all_wait.wait()
            return Lease(wanted)

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.url.path.rpartition("/")[2])
        return ok()

    async def ask(person: str, uid: str, urgency: Urgency | None = None) -> None:
        with on_behalf_of(person, urgency):
            await client.read("/bookings/{uid}", read_nothing, uid=uid)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        client = client_of(http, budget=Late())
        asked = [
            ask("", "late", Urgency.BACKGROUND),
            *(ask("U1", f"a{n}") for n in range(3)),
            ask("U2", "b0"),
        ]
        asked.append(client.write("POST", "/bookings", read_nothing))
        asking = asyncio.gather(*asked)
        for _ in range(50):
            await asyncio.sleep(0)
        all_wait.set()
        await asyncio.wait_for(asking, 10)

    assert sent == ["bookings", "a0", "b0", "a1", "a2", "late"]

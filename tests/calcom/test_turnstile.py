"""Who is let through when, and who is not: order, not seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest

from bot.calcom.connection import CONNECTIONS
from bot.calcom.models import read_nothing
from bot.calcom.turnstile import BLOCK, Turnstile
from bot.scheduling.asking import Urgency, as_a_courtesy, on_behalf_of, who_asks
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.rations import Allowance, Lease, a_minute
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.means import client_of

WRITE, READ, BACKGROUND, COURTESY = Urgency
LATER = 60.0


class Tap:
    """A budget that grants what is poured into it. `wait`: what it says when it is empty."""

    def __init__(self, *, wait: float = 0.001) -> None:
        self.allowance = Allowance()
        self.poured, self.wait, self.asked = 0, wait, list[tuple[str, int]]()
        self.error: CalendarUnavailable | None = None

    async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
        self.asked.append((credential, wanted))
        await asyncio.sleep(0)
        if self.error:
            raise self.error
        granted = max(0, min(wanted, self.poured - kept))
        self.poured -= granted
        return Lease(granted, 0.0 if granted else self.wait)

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        pass

    async def left(self, credential: str) -> int:
        return self.poured


class Door:
    """A turnstile whose clock stands still, and what went through it, in order."""

    def __init__(self, tap: Tap, places: int = CONNECTIONS) -> None:
        self.now, self.went = 0.0, list[str]()
        self.turnstile = Turnstile(tap, lambda: self.now, places=places)

    async def go(
        self, name: str, urgency: Urgency = READ, *, credential: str = "key", until: float = LATER
    ) -> None:
        """One request of the person whose name begins with this letter."""
        await self.turnstile.enter(credential, name[0], urgency, until)
        self.went.append(name)
        await asyncio.sleep(0)
        self.turnstile.leave()


@asynccontextmanager
async def waiting(door: Door, *requests: tuple) -> AsyncIterator[None]:
    """They stand in line, in this order; when the block is over, all have gone."""
    tasks = []
    for request in requests:
        tasks.append(asyncio.create_task(door.go(*request)))
        await asyncio.sleep(0)
    yield
    await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def test_writes_go_before_reads_before_background():
    tap = Tap()
    door = Door(tap, places=1)

    async with waiting(door, ("a1", BACKGROUND), ("a2", READ), ("a3", WRITE), ("a4", READ), ("a5", WRITE)):
        tap.poured, door.now = 100, 1.0

    assert door.went == ["a3", "a5", "a2", "a4", "a1"]


async def test_a_write_that_comes_last_does_not_wait_for_the_reads_before_it():
    tap = Tap(wait=0.05)
    tap.poured = 1  # enough for a write, not for a read
    door = Door(tap)

    async with waiting(door, *((f"a{n}", READ) for n in range(5)), ("b", WRITE)):
        while not door.went:  # noqa: ASYNC110 - a turnstile tells nobody
            await asyncio.sleep(0.001)
        first = list(door.went)
        tap.poured, door.now = 100, 1.0

    assert first == ["b"]


async def test_people_who_share_a_credential_go_in_turn():
    tap = Tap()
    door = Door(tap, places=1)

    async with waiting(door, *((name, READ) for name in ("a1", "a2", "a3", "a4", "b1", "b2", "c1"))):
        tap.poured, door.now = 100, 1.0

    assert door.went == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


async def test_a_credential_that_has_nothing_left_holds_nobody_elses_up():
    class Mean(Tap):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            return Lease(0, 30.0) if credential == "spent" else Lease(wanted)

    door = Door(Mean(), places=1)
    stuck = asyncio.create_task(door.go("a", credential="spent"))
    await asyncio.sleep(0)

    await asyncio.wait_for(door.go("b", credential="fresh"), 5)

    assert door.went == ["b"]
    stuck.cancel()


async def test_no_more_are_on_their_way_than_there_are_places():
    tap = Tap()
    tap.poured = 1000
    turnstile = Turnstile(tap, lambda: 0.0, places=3)
    inside, most = 0, 0

    async def pass_through() -> None:
        nonlocal inside, most
        await turnstile.enter("key", "", READ, LATER)
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.001)
        inside -= 1
        turnstile.leave()

    await asyncio.gather(*(pass_through() for _ in range(30)))

    assert most == 3


async def test_whoever_is_alone_asks_for_one_and_whoever_comes_back_for_a_block():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)

    for _ in range(1 + BLOCK + 1):
        await door.go("a")

    assert [wanted for _, wanted in tap.asked] == [1, BLOCK, BLOCK]


async def test_a_write_asks_for_itself_alone():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)

    for _ in range(3):
        await door.go("a", WRITE)

    assert [wanted for _, wanted in tap.asked] == [1, 1, 1]


async def test_what_was_leased_is_not_spent_when_it_is_stale():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap)
    await door.go("a")
    await door.go("a")

    door.now += tap.allowance.lease
    await door.go("a")

    assert len(tap.asked) == 3


async def test_what_is_said_of_a_turn_is_counted_from_before_it_was_asked_for():
    class Slow(Tap):
        async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
            door.now += 0.7
            return Lease(wanted)

    tap = Slow()
    door = Door(tap)

    assert await door.turnstile.enter("key", "", READ, LATER) == tap.allowance.lease


async def test_the_less_urgent_do_not_spend_what_was_leased_for_the_urgent():
    tap = Tap()
    tap.poured = tap.allowance.kept(READ) + 8
    door = Door(tap)
    await door.go("a")
    await door.go("a")

    with pytest.raises(CalendarUnavailable):
        await door.go("a", COURTESY)


async def test_a_courtesy_does_not_wait():
    door = Door(Tap(wait=5.0))

    with pytest.raises(CalendarUnavailable) as caught:
        await door.go("a", COURTESY)

    assert caught.value.retry_after == 5.0


async def test_a_wait_that_is_longer_than_the_deadline_is_told_at_once():
    door = Door(Tap(wait=30.0))

    with pytest.raises(CalendarUnavailable) as caught:
        await door.go("a", until=20.0)
    with pytest.raises(CalendarUnavailable):  # without asking again
        await door.go("b", until=20.0)

    assert caught.value.retry_after == 30.0


async def test_whoever_waits_longer_than_the_deadline_is_told_then():
    door = Door(Tap())

    with pytest.raises(CalendarUnavailable, match="too_many_wait"):
        await door.go("a", until=0.05)


async def test_where_nobody_counts_nobody_goes_and_later_all_is_well():
    tap = Tap()
    tap.error, tap.poured = CalendarUnavailable("requests_not_counted"), 100
    door = Door(tap)

    refused = await asyncio.gather(*(door.go(f"a{n}") for n in range(5)), return_exceptions=True)
    tap.error = None
    await door.go("b")

    assert [str(one) for one in refused] == ["requests_not_counted"] * 5
    assert door.went == ["b"]


async def test_those_who_give_up_leave_their_places():
    tap = Tap()
    tap.poured = 1000
    door = Door(tap, places=2)

    for _ in range(3):
        tasks = [asyncio.create_task(door.go(f"a{n}")) for n in range(10)]
        for task in tasks:
            await asyncio.sleep(0)
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    await asyncio.wait_for(asyncio.gather(*(door.go("b") for _ in range(20))), 5)

    assert door.went[-20:] == ["b"] * 20


def test_everything_in_the_block_is_asked_for_that_person():
    with on_behalf_of("U1"):
        with as_a_courtesy():
            inner = who_asks()
        outer = who_asks()

    assert inner == ("U1", COURTESY)
    assert outer == ("U1", None)
    assert who_asks() == ("", None)


@asynccontextmanager
async def budgeted(answers: list[httpx.Response], allowance: Allowance | None = None) -> AsyncIterator:
    """A client on an embedded Redis's budget, and the requests that it sent."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async with connect(None) as redis, httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        budget = RedisBudget(redis, Keys("test"), allowance or a_minute(120))
        yield client_of(http, budget=budget), sent


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
    headers: dict[str, str], is_held: bool
):
    async with budgeted([ok(**headers)]) as (client, sent):
        await client.read("/me", read_nothing)
        with as_a_courtesy(), suppress(CalendarUnavailable):
            await client.write("POST", "/slots/reservations", read_nothing)

    assert (len(sent) == 2) is is_held


async def test_what_became_stale_before_it_was_sent_is_thrown_away_and_leased_anew():
    now, leases = [0.0], []

    class Slow(Tap):
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

    class Late(Tap):
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
        asked = [ask("", "late", BACKGROUND), *(ask("U1", f"a{n}") for n in range(3)), ask("U2", "b0")]
        asked.append(client.write("POST", "/bookings", read_nothing))
        asking = asyncio.gather(*asked)
        for _ in range(50):
            await asyncio.sleep(0)
        all_wait.set()
        await asyncio.wait_for(asking, 10)

    assert sent == ["bookings", "a0", "b0", "a1", "a2", "late"]

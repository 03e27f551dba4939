"""Timeouts, the deadline over all tries, what may be sent again, and the breaker; no real time passes."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from bot.calcom.models import read_nothing
from bot.calcom.transport.breaker import FAILURES, PAUSE, Breaker
from bot.calcom.transport.connection import CONNECTIONS, open_http
from bot.calcom.transport.pace import Pace, kind_of
from bot.calcom.versions import VERSIONS
from bot.scheduling.errors import CalendarError, CalendarUnavailable, OutcomeUnknown
from tests.calcom.means import client_of
from tests.contracts.calcom.recorded import exchange
from tests.served import bound_socket, serving

OK = {"status": "success", "data": {}}
TOO_MANY = exchange("rate-limit-exceeded")
AWAY = (httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(502), httpx.Response(503))
Answer = httpx.Response | Exception


class World:
    """A clock that only sleeping and answering move on, and a network that gives these answers."""

    def __init__(self, *answers: Answer, takes: float = 0.0) -> None:
        self.answers, self.takes, self.now = list(answers), takes, 1000.0
        self.sent: list[httpx.Request] = []

    @property
    def timeouts(self) -> list[float]:
        return [one.extensions["timeout"]["read"] for one in self.sent]

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(request)
        self.now += min(self.takes, request.extensions["timeout"]["read"])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def read(self, template: str = "/me", **fields) -> None:
        await self._asked(lambda client: client.read(template, read_nothing), fields)

    async def write(self, template: str = "/bookings", **fields) -> None:
        await self._asked(lambda client: client.write("POST", template, read_nothing), fields)

    async def _asked(self, ask: Callable, fields: dict) -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as http:
            await ask(client_of(http, sleep=self.sleep, seconds=lambda: self.now, **fields))


def ok() -> httpx.Response:
    return httpx.Response(200, json=OK)


def too_many(**headers: str) -> httpx.Response:
    return httpx.Response(429, json=TOO_MANY.answer, headers=headers)


@pytest.mark.parametrize(
    ("method", "template", "kind"),
    [
        ("GET", "/me", "read"),
        ("GET", "/slots", "slots"),
        ("POST", "/slots/reservations", "write"),
        ("POST", "/bookings", "write"),
        ("DELETE", "/slots/reservations/{uid}", "write"),
        ("POST", "/auth/oauth2/token", "oauth"),
    ],
)
def test_every_kind_of_call_has_its_own_time(method: str, template: str, kind: str):
    assert (method, template) in VERSIONS
    assert kind_of(method, template) == kind


async def test_times_of_the_kinds_go_over_the_wire():
    reads, slots, writes = World(ok()), World(ok()), World(ok())

    await reads.read()
    await slots.read("/slots")
    await writes.write()

    assert [*reads.timeouts, *slots.timeouts, *writes.timeouts] == [8.0, 12.0, 15.0]


async def test_all_tries_of_a_read_share_one_deadline():
    world = World(httpx.ReadTimeout("x"), takes=8.0)

    with pytest.raises(CalendarUnavailable):
        await world.read(tries=9)

    assert world.now - 1000.0 <= 20.0
    assert world.timeouts == [8.0, 8.0, pytest.approx(2.8)]  # the last has what the pauses left


async def test_no_try_is_begun_that_could_only_be_cut_off():
    world = World(httpx.ReadTimeout("x"), takes=8.0)

    with pytest.raises(CalendarUnavailable):
        await world.read(tries=9, deadline=16.9)

    assert len(world.sent) == 2


async def test_a_write_keeps_its_full_time_however_late_it_is_sent():
    world = World(httpx.ConnectTimeout("x"), ok(), takes=5.0)

    await world.write(deadline=8.0)

    assert world.timeouts == [15.0, 15.0]


async def test_an_answer_that_never_ends_ends_with_the_deadline():
    async def drip(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()

    async with httpx.AsyncClient(transport=httpx.MockTransport(drip)) as http:
        client = client_of(http, reading=0.01, writing=0.01)
        with pytest.raises(CalendarUnavailable):
            await client.read("/me", read_nothing)
        with pytest.raises(OutcomeUnknown):
            await client.write("POST", "/bookings", read_nothing)


async def test_a_write_is_sent_again_where_the_limit_turned_it_away():
    world = World(too_many(**{"X-RateLimit-Reset-Default": "9"}), ok())

    await world.write()

    assert len(world.sent) == 2
    assert world.now == 1009.0


async def test_a_block_beyond_the_deadline_is_told_at_once():
    world = World(too_many(**{"X-RateLimit-Reset-Default": "20"}))

    with pytest.raises(CalendarUnavailable) as caught:
        await world.write()

    assert caught.value.retry_after == 20
    assert world.now == 1000.0


async def test_a_block_of_unknown_length_is_a_minute():
    world = World(too_many(), ok())

    await world.read(deadline=70.0)

    assert world.now == 1060.0


@pytest.mark.parametrize("header", ["X-RateLimit-Reset", "Retry-After"])
async def test_a_reset_that_is_a_point_in_time_says_nothing_of_how_long(header: str):
    world = World(too_many(**{header: "1795392000"}), ok())

    await world.read(deadline=70.0)

    assert world.now == 1060.0


@pytest.mark.parametrize("answer", AWAY, ids=repr)
async def test_the_breaker_opens_after_failures_in_a_row_whatever_they_are(answer: Answer):
    world = World(answer)
    async with httpx.AsyncClient(transport=httpx.MockTransport(world)) as http:
        client = client_of(http, seconds=lambda: world.now, tries=1)
        for _ in range(FAILURES + 5):
            with pytest.raises(CalendarUnavailable) as caught:
                await client.read("/me", read_nothing)

    assert len(world.sent) == FAILURES
    assert caught.value.retry_after == PAUSE


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, json={"statusCode": 500, "message": "Internal server error"}),
        httpx.Response(401),
        httpx.Response(404),
        too_many(),
        httpx.PoolTimeout("x"),
        httpx.DecodingError("x"),
    ],
    ids=repr,
)
async def test_what_a_host_that_is_there_says_does_not_open_the_breaker(answer: Answer):
    world = World(answer)
    async with httpx.AsyncClient(transport=httpx.MockTransport(world)) as http:
        client = client_of(http, seconds=lambda: world.now, tries=1)
        for _ in range(2 * FAILURES):
            with pytest.raises(CalendarError):
                await client.read("/me", read_nothing)

    assert len(world.sent) == 2 * FAILURES


@pytest.mark.parametrize(
    ("failure", "sent"), [(httpx.ReadTimeout("x"), 2 * FAILURES), (httpx.ConnectError("x"), FAILURES)]
)
async def test_a_try_that_had_next_to_no_time_left_does_not_open_the_breaker_by_ending(
    failure: Exception, sent: int
):
    world = World(failure)
    async with httpx.AsyncClient(transport=httpx.MockTransport(world)) as http:
        client = client_of(http, seconds=lambda: world.now, tries=1, deadline=1.0)
        for _ in range(2 * FAILURES):
            with pytest.raises(CalendarUnavailable):
                await client.read("/me", read_nothing)

    assert len(world.sent) == sent


def test_an_answer_between_failures_begins_the_row_anew():
    breaker = Breaker()

    for _ in range(3):
        for _ in range(FAILURES - 1):
            breaker.missed(0.0)
        breaker.reached()
    breaker.missed(0.0)

    breaker.admit(0.0)
    assert not breaker.is_open


def test_one_request_after_each_pause_finds_out_for_all():
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.missed(100.0)

    outcomes = []
    for now in (100.0, 102.9, 103.0, 103.0, 105.9, 106.0):
        try:
            breaker.admit(now)
            outcomes.append("sent")
        except CalendarUnavailable:
            outcomes.append("refused")

    assert outcomes == ["refused", "refused", "sent", "refused", "refused", "sent"]


def test_a_host_that_is_back_is_there_for_all_at_once():
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.missed(100.0)
    breaker.admit(103.0)

    breaker.reached()

    for _ in range(5):
        breaker.admit(103.0)


async def test_a_write_that_the_breaker_refused_wrote_nothing():
    world = World(httpx.ConnectError("x"))
    async with httpx.AsyncClient(transport=httpx.MockTransport(world)) as http:
        client = client_of(http, sleep=world.sleep, seconds=lambda: world.now)
        for _ in range(3):
            with pytest.raises(CalendarUnavailable):
                await client.write("POST", "/bookings", read_nothing)

    assert len(world.sent) == FAILURES


def test_a_backoff_is_never_longer_than_its_patience():
    assert Pace(jitter=lambda: 1.0).pause(20) == Pace().patience


# With a machine that stands still now and then.
PATIENT = {"connecting": 60.0, "reading": 60.0, "deadline": 100.0}


async def test_a_hundred_reads_use_few_connections():
    connections = set[tuple]()

    async def app(scope, receive, send) -> None:
        connections.add(tuple(scope["client"]))
        await asyncio.sleep(0.01)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"status":"success","data":{}}'})

    bound, url = bound_socket()
    async with serving(app, bound), open_http({}) as http:
        client = client_of(http, url=url, seconds=lambda: 0.0, **PATIENT)
        await asyncio.gather(*(client.read("/me", read_nothing) for _ in range(100)))

    assert len(connections) <= CONNECTIONS == 24

"""How long a body may be, whatever its headers say."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.web.guards import MAX_BODY, BodyLimit

SEEN = []


async def echo(request):
    body = await request.body()
    SEEN.append(len(body))
    return PlainTextResponse(str(len(body)))


@pytest.fixture
async def http():
    SEEN.clear()
    app = Starlette(
        routes=[Route("/", echo, methods=["POST", "GET"])],
        middleware=[Middleware(BodyLimit, limit=MAX_BODY, seconds=0.2)],
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as client:
        yield client


async def chunks(size, count, wait=0.0):
    for _ in range(count):
        await asyncio.sleep(wait)
        yield b"x" * size


@pytest.mark.parametrize("size", [0, 1, MAX_BODY])
async def test_what_fits_arrives_whole(http, size):
    assert (await http.post("/", content=b"x" * size)).text == str(size)
    assert (await http.post("/", content=chunks(max(size // 4, 1), 4))).status_code == 200


async def test_an_announced_giant_is_refused_unread(http):
    answer = await http.post("/", content=b"x", headers={"content-length": str(MAX_BODY + 1)})

    assert answer.status_code == 413
    assert SEEN == []


@pytest.mark.parametrize("announced", [None, "10", "nonsense", "-1"])
async def test_a_giant_that_is_not_announced_is_refused_while_it_is_read(http, announced):
    headers = {} if announced is None else {"content-length": announced}

    answer = await http.post("/", content=chunks(100_000, 1000), headers=headers)

    assert answer.status_code == 413
    assert SEEN == []


async def test_a_body_that_never_ends_is_given_up(http):
    answer = await http.post("/", content=chunks(1, 100, wait=0.05))

    assert answer.status_code == 408
    assert SEEN == []


async def test_who_goes_away_while_speaking_is_let_go():
    async def app(scope, receive, send):
        raise AssertionError("nobody waits for an answer")

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        raise AssertionError("nobody listens")

    await BodyLimit(app)({"type": "http", "headers": []}, receive, send)


async def test_what_comes_after_the_body_is_passed_on():
    heard = []

    async def app(scope, receive, send):
        heard.extend([await receive(), await receive()])

    messages = iter([{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}])

    async def receive():
        return next(messages)

    await BodyLimit(app)({"type": "http", "headers": []}, receive, lambda _: None)

    assert [one["type"] for one in heard] == ["http.request", "http.disconnect"]

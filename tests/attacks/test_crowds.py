"""Slow, silent and endless clients: they are sent home, and keep nobody else out meanwhile."""

import asyncio
import resource
from contextlib import AsyncExitStack

import httpx
import pytest

from bot.web import crowd
from tests.attacks.scene import Scene
from tests.attacks.wires import Wire, status, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: bot\r\n"
ASKED = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"


async def is_served(bot: Scene) -> bool:
    async with httpx.AsyncClient(base_url=bot.url, trust_env=False, timeout=10) as http:
        return (await http.get("/healthz")).status_code == 200


async def dripped(line: Wire, drop: bytes) -> bytes:
    """What is heard when so much is sent again and again until the other side hangs up."""
    hearing = asyncio.create_task(line.all())
    while not hearing.done() and await line.send(drop):  # noqa: ASYNC110 - it drips
        await asyncio.sleep(0.05)
    return await hearing


async def test_who_says_nothing_or_never_ends_is_sent_home(
    bot: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "PATIENCE", 1)

    async def attack(begun: bytes, drop: bytes) -> bytes:
        async with wire(bot.url) as line:
            await line.send(begun)
            return await dripped(line, drop)

    ways = [
        (b"", b""),
        (b"G", b""),
        (HEAD, b""),
        (HEAD, b"X-A: b\r\n"),
        (b"POST /", b"a"),
        (ASKED + HEAD, b"X: y\r\n"),
    ]
    answers = await asyncio.gather(*(attack(*way) for way in ways))

    assert [status(one) for one in answers] == [0, 0, 0, 0, 0, 200]
    assert await is_served(bot)


async def test_a_head_without_end_is_not_kept(bot: Scene) -> None:
    async def attack(begun: bytes, drop: bytes) -> int:
        sent = 0
        async with wire(bot.url) as line:
            await line.send(begun)
            while await line.send(drop):
                sent += len(drop)
                assert sent < 64_000_000
                await asyncio.sleep(0)
        return sent

    drops = [(HEAD + b"X-A: ", b"a" * 8192), (HEAD, b"X-A: b\r\n" * 1024), (b"GET /", b"a" * 8192)]
    await asyncio.gather(*(attack(*one) for one in drops))

    assert await is_served(bot)


async def test_nor_are_trailers_and_extensions_of_chunks_without_end(bot: Scene) -> None:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

    async def attack(begun: bytes, drop: bytes) -> None:
        async with wire(bot.url) as line:
            await line.send(begun)
            for _ in range(3 * crowd.LONGEST_REQUEST // len(drop)):
                if not await line.send(drop):
                    return
                await asyncio.sleep(0)
        raise AssertionError("it was heard to the end")

    await asyncio.gather(
        attack(chunked + b"0\r\n", b"X-Slack-Signature: v0=00\r\n" * 2000),
        attack(chunked + b"1;", b"a" * 65536),
    )
    assert await is_served(bot)


async def test_requests_without_end_and_no_ear_for_the_answers_are_cut_off(bot: Scene) -> None:
    async with wire(bot.url) as line:
        sent = 0
        while await line.send(ASKED * 1000):
            sent += 1
            assert sent < 1000
            await asyncio.sleep(0)

    assert await is_served(bot)


async def test_a_client_that_takes_no_answer_is_sent_home(
    bot: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "PATIENCE", 1)
    monkeypatch.setattr(crowd, "MOST_AHEAD", 10_000)

    async with wire(bot.url) as line:
        line.writer.transport.pause_reading()
        async with asyncio.timeout(30):
            while await line.send(ASKED * 100):  # noqa: ASYNC110 - until somebody hangs up
                await asyncio.sleep(0.01)

    assert await is_served(bot)


@pytest.mark.parametrize("begun", [b"", HEAD, HEAD + b"Content-Length: 10\r\n\r\n12", ASKED])
async def test_a_crowd_that_waits_keeps_nobody_out(
    begun: bytes, bot: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "MOST_CONNECTIONS", 20)

    async with AsyncExitStack() as stack:
        for _ in range(100):
            await (await stack.enter_async_context(wire(bot.url))).send(begun)

        assert await asyncio.gather(*(is_served(bot) for _ in range(5))) == [True] * 5
        card = await bot.ask()

    assert card.labels


async def test_some_files_are_left_for_our_own_errands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
    assert crowd.most_connections() == 128

    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, 4096))
    assert crowd.most_connections() == crowd.MOST_CONNECTIONS

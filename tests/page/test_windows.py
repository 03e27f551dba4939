"""Windows hold up neither each other nor the end."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn

from bot.playground.page import windows
from bot.playground.page.windows import Window, Windows
from tests.page.means import Setting


async def told_to(window: Window) -> list[str]:
    async with asyncio.timeout(5):
        return [piece async for piece in window]


async def test_what_waits_together_is_told_in_one_piece_and_the_end_comes_after_it():
    window = Window()
    for event in ("a", "b", "b", "c"):
        window.put(event)
    window.end()

    assert await told_to(window) == ["abc"]


async def test_a_window_hears_a_heartbeat_while_nothing_happens(monkeypatch):
    monkeypatch.setattr(windows, "HEARTBEAT_SECONDS", 0.01)
    window = Window()
    asyncio.get_running_loop().call_later(0.1, window.end)

    told = await told_to(window)

    assert len(told) >= 2
    assert set(told) == {": alive\n\n"}


async def test_who_is_too_far_behind_is_let_go_and_told_nothing_out_of_order():
    window = Window()
    for n in range(windows.MOST_WAITING + 5):
        window.put(str(n))

    assert await told_to(window) == []


async def test_windows_that_open_after_the_end_have_ended():
    all_of_them = Windows()
    all_of_them.stop()

    with all_of_them.opened() as window:
        assert await told_to(window) == []


@asynccontextmanager
async def served(setting: Setting) -> AsyncIterator[int]:
    """The page over real HTTP; its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(setting.page.app, log_level="error", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 - uvicorn says it no other way
            await asyncio.sleep(0.01)
        try:
            yield listening.getsockname()[1]
        finally:
            setting.page.stop()
            server.should_exit = True
            async with asyncio.timeout(10):
                await serving


MANY = 400
LONG = "word " * 8_000  # so many of them are 16 MB: more than the sockets of both sides take


@pytest.mark.timeout(60)
async def test_a_window_that_sleeps_holds_up_nobody_and_is_let_go(setting, monkeypatch):
    monkeypatch.setattr(windows, "MOST_WAITING", 50)
    setting.slack.events_url = None
    async with served(setting) as port:
        asleep, its_hand = await opened(port, reads_ahead=1_000)
        awake, other_hand = await opened(port)
        seen = b""
        for n in range(MANY):
            await setting.slack.say("UANA", "C0GENERAL", f"{n} {LONG}")
            if n % 20 == 19:
                seen = await awake.readuntil(f'"text":"{n} '.encode())
        async with asyncio.timeout(20):
            rest = await to_its_end(asleep)
        its_hand.close()
        other_hand.close()

    assert f'"text":"{MANY - 1} '.encode() in seen
    assert rest < MANY * len(LONG)  # what it was told is a part, in order; now it may begin anew


async def opened(
    port: int, *, reads_ahead: int = 10_000_000
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A window that has been told the state."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=reads_ahead)
    writer.write(b"GET /page/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await reader.readuntil(b"event: state")
    return reader, writer


async def to_its_end(reader: asyncio.StreamReader) -> int:
    size = 0
    while piece := await reader.read(1_000_000):
        size += len(piece)
        if piece.endswith(b"0\r\n\r\n"):  # the last chunk of the answer
            break
    return size


@pytest.mark.timeout(60)
async def test_a_window_that_went_away_is_forgotten(setting):
    looking = setting.page._looking.windows
    async with served(setting) as port:
        _, writer = await opened(port)
        assert len(looking._open) == 1

        writer.close()
        async with asyncio.timeout(5):
            while looking._open:  # noqa: ASYNC110 - uvicorn notices it in its own time
                await asyncio.sleep(0.02)


async def test_an_open_window_does_not_hold_up_the_end(setting):
    async with served(setting) as port:
        reader, writer = await opened(port)
    async with asyncio.timeout(5):
        assert (await reader.read()).endswith(b"0\r\n\r\n")
    writer.close()

"""The server as a process: signals, and what becomes of requests that run."""

import asyncio
import contextlib
import signal
import socket
import sys

import httpx
import pytest
from starlette.applications import Starlette

from bot.web import serve_web


@contextlib.asynccontextmanager
async def program(grace=5):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.web.program",
        str(grace),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        port = int(await asyncio.wait_for(process.stdout.readline(), 20))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            yield process, http
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("one", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_code_0(one):
    async with program() as (process, http):
        assert (await http.get("/readyz")).status_code == 200
        assert "server" not in (await http.get("/healthz")).headers

        process.send_signal(one)

        assert await asyncio.wait_for(process.wait(), 5) == 0
        assert await process.stdout.readline() == b"stopping\n"


async def test_where_a_port_is_taken_it_returns_instead_of_leaving_by_a_way_that_may_hang():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert not await serve_web(Starlette(), host="127.0.0.1", port=port)


async def test_a_request_that_runs_is_finished_first():
    async with program() as (process, http):
        running = asyncio.create_task(http.get("/slow"))
        assert await process.stdout.readline() == b"slow\n"

        process.send_signal(signal.SIGTERM)

        assert (await running).text == "done"
        assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_a_second_signal_waits_for_nothing():
    async with program(grace=30) as (process, http):
        running = asyncio.create_task(http.get("/slow"))
        assert await process.stdout.readline() == b"slow\n"

        process.send_signal(signal.SIGTERM)
        assert await process.stdout.readline() == b"stopping\n"
        await asyncio.sleep(0.6)
        process.send_signal(signal.SIGTERM)

        assert await asyncio.wait_for(process.wait(), 5) == 0
        (answer,) = await asyncio.gather(running, return_exceptions=True)
        assert isinstance(answer, httpx.HTTPError) or answer.status_code == 500


async def test_the_same_signal_sent_twice_at_once_is_one():
    async with program(grace=30) as (process, http):
        running = asyncio.create_task(http.get("/slow"))
        assert await process.stdout.readline() == b"slow\n"

        process.send_signal(signal.SIGTERM)
        assert await process.stdout.readline() == b"stopping\n"
        process.send_signal(signal.SIGINT)

        assert (await running).text == "done"
        assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_an_open_stream_does_not_hold_it_up_for_ever():
    async with program(grace=1) as (process, http), http.stream("GET", "/endless") as stream:
        await anext(stream.aiter_lines())

        process.send_signal(signal.SIGTERM)

        assert await asyncio.wait_for(process.wait(), 5) == 0


async def test_a_giant_is_refused_while_it_is_sent():
    async def giant():
        for _ in range(50):
            yield b"x" * 100_000

    async with program() as (_, http):
        assert (await http.post("/slow", content=giant())).status_code == 413
        assert (await http.post("/slow", content=b"x" * 2_000_000)).status_code == 413
        assert (await http.get("/healthz")).status_code == 200


async def test_requests_are_not_logged_with_what_they_carry():
    async with program() as (process, http):
        await http.get("/healthz?state=very-secret")
        process.send_signal(signal.SIGTERM)
        out, err = await process.communicate()

    assert b"very-secret" not in out + err

"""What a call through the layer costs beside the bare HTTP library, on the same connections."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.calcom.access.kinds import ApiKey
from bot.calcom.endpoints.me import read_me
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.connection import open_http
from bot.calcom.transport.line import Line
from bot.calcom.transport.turnstile import BLOCK
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.ports import Budget
from bot.scheduling.rations import Unrationed, a_minute
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import free_port

pytestmark = [pytest.mark.bench, pytest.mark.redis]

ROOT = Path(__file__).parent.parent.parent
ROUNDS, CALLS = 150, BLOCK  # short rounds: what else the machine does falls on all three alike
PLENTY = a_minute(1_000_000)  # the cost is measured, not the waiting
HEADERS = {"Authorization": "Bearer cal_bench", "Accept": "application/json"}


@pytest.fixture
def server() -> Iterator[str]:
    """A server in a process of its own."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.answering", str(port)], cwd=ROOT)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


async def is_up(http: httpx.AsyncClient, url: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            await http.get(f"{url}/v2/me")
            return
        except httpx.TransportError:
            await asyncio.sleep(0.05)
    raise AssertionError("the server did not come up")


@asynccontextmanager
async def three_ways(url: str, redis_url: str) -> AsyncIterator[dict[str, Callable[[], Awaitable[object]]]]:
    """The same request bare, through the layer, and with the budget that all processes share."""
    async with open_http({}) as http, connect(redis_url) as redis:
        await is_up(http, url)

        async def bare() -> object:
            response = await http.get(f"{url}/v2/me", headers=HEADERS)
            return response.raise_for_status().json()

        def through(budget: Budget) -> Callable[[], Awaitable[object]]:
            client = CalcomClient(Line(http, Server(url, "hosted"), budget=budget), ApiKey("cal_bench"))
            return lambda: client.read("/me", read_me)

        yield {
            "bare": bare,
            "layer": through(Unrationed()),
            "budget": through(RedisBudget(redis, Keys("bench"), PLENTY)),
        }


async def seconds_a_call(call: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    for _ in range(CALLS):
        await call()
    return (time.perf_counter() - began) / CALLS


async def test_a_call_costs_little_more_than_the_bare_library(
    server: str, real_redis_url: str, measured: list[str]
) -> None:
    spent: dict[str, list[float]] = {"bare": [], "layer": [], "budget": []}
    async with three_ways(server, real_redis_url) as ways:
        for _ in range(ROUNDS):
            for name, call in ways.items():  # in turn: what slows the machine down slows all of them down
                spent[name].append(await seconds_a_call(call))

    medians = {name: statistics.median(times) for name, times in spent.items()}
    layer, budget = medians["layer"] / medians["bare"], medians["budget"] / medians["bare"]
    measured.append(
        f"a call: bare httpx {medians['bare'] * 1e6:.0f} µs, the layer {layer:.2f} times that, "
        f"with the shared budget {budget:.2f} times"
    )
    assert layer <= 1.25
    assert budget <= 1.4


async def test_a_dead_host_costs_next_to_nothing(measured: list[str]) -> None:
    async with open_http({}) as http:
        dead = Server(f"http://127.0.0.1:{free_port()}", "hosted")
        client = CalcomClient(Line(http, dead), ApiKey("cal_bench"))
        spent = [await seconds_to_refuse(client) for _ in range(200)]

    measured.append(f"a dead host: refused in {statistics.median(spent) * 1e6:.0f} µs")
    assert statistics.median(spent) < 0.001


async def seconds_to_refuse(client: CalcomClient) -> float:
    began = time.perf_counter()
    with pytest.raises(CalendarUnavailable):
        await client.read("/me", read_me)
    return time.perf_counter() - began

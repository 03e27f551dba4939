"""The servers that the suite runs on: the small Cal.com as two kinds of server, or a real one."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

from bot.calcom.transport.client import CalcomClient
from bot.dialling import access_of, open_line
from bot.doctor.check_calcom import check_calcom
from bot.doctor.findings import Finding, render
from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import load_world
from bot.scheduling.ports import BookingLocks
from bot.scheduling.rations import a_minute
from bot.settings import Settings
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.live.receiving import Receiver
from tests.served import bound_socket, served, serving

URL, KEY, LIVE = "CALCOM_TEST_URL", "CALCOM_TEST_KEY", "CALCOM_TEST_LIVE"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday
FAST = 6000  # requests a minute
SMALL = ("self_hosted", "hosted")
REAL = "real"
NO_WAY_BACK = (
    "the server does not reach this machine: say CALCOM_TEST_WEBHOOK_URL and CALCOM_TEST_WEBHOOK_PORT"
)


@dataclass(frozen=True)
class Place:
    """A server, and an account there. `attendee`: the address of whoever books.

    `receiver`: what its webhooks reach; None where they cannot reach this machine.
    """

    client: CalcomClient
    locks: BookingLocks
    attendee: str
    now: Callable[[], datetime]
    receiver: Receiver | None


def kinds() -> tuple[str, ...]:
    """What to run on. A real server only where `make test-live` asks for it."""
    return (REAL,) if os.environ.get(LIVE) else SMALL


@asynccontextmanager
async def opened(kind: str) -> AsyncIterator[Place]:
    """A server of this kind, for as long as the block runs."""
    async with real(os.environ) if kind == REAL else small(hosted=kind == "hosted") as place:
        yield place


@asynccontextmanager
async def small(*, hosted: bool) -> AsyncIterator[Place]:
    """The small Cal.com on a port of its own; the hosted one delivers to addresses with https only."""
    world, receiver = load_world(), Receiver("https://receiver.example/hook")
    calcom = SmallCalcom(world, clock=lambda: NOW, hosted=hosted)
    calcom.rate_limit.limit = FAST
    calcom.deliver_through(httpx.ASGITransport(receiver.app))
    key = world.citizen(world.key_owner).key or ""
    async with served(calcom.app) as url, _dialled(url, key, limit=FAST) as (client, locks):
        yield Place(client, locks, "guest@example.org", lambda: NOW, receiver)


@asynccontextmanager
async def real(env: Mapping[str, str]) -> AsyncIterator[Place]:
    """The server that the environment names."""
    attendee = env.get("CALCOM_TEST_ATTENDEE") or "slotwise-test@example.org"
    async with _reached(env) as receiver, _dialled(env[URL], env[KEY]) as (client, locks):
        yield Place(client, locks, attendee, lambda: datetime.now(UTC), receiver)


async def unusable(env: Mapping[str, str]) -> str | None:
    """Why nothing can be run on the server that the environment names, in words; None: it can."""
    settings, problems = Settings.readable({"CAL_API_URL": env[URL], "CAL_API_KEY": env[KEY]})
    wrong = [Finding("wrong", one.about, one.wrong, one.mend) for one in problems]
    found = wrong or [one for one in await check_calcom(settings) if one.about == "Cal.com"]
    if all(one.verdict == "ok" for one in found):
        return None
    return render(found).replace("CAL_API_URL", URL).replace("CAL_API_KEY", KEY)


@asynccontextmanager
async def _dialled(
    url: str, key: str, limit: int | None = None
) -> AsyncIterator[tuple[CalcomClient, BookingLocks]]:
    """The layer as the bot has it, so that the suite stays within the limit of the key."""
    env = {"CAL_API_URL": url, "CAL_API_KEY": key}
    settings = Settings.from_env(env | ({"CAL_REQUESTS_PER_MINUTE": str(limit)} if limit else {}))
    redis, keys = connect(None), Keys("live")
    budget = RedisBudget(redis, keys, a_minute(settings.cal_requests_per_minute))
    try:
        async with open_line(settings, budget=budget) as line:
            yield CalcomClient(line, access_of(settings)), RedisBookingLocks(redis, keys)
    finally:
        await redis.aclose()


@asynccontextmanager
async def _reached(env: Mapping[str, str]) -> AsyncIterator[Receiver | None]:
    """A receiver that the server reaches: by the address that is given, or because it is on this machine."""
    told = env.get("CALCOM_TEST_WEBHOOK_URL")
    is_near = urlsplit(env[URL]).hostname in ("127.0.0.1", "localhost", "::1")
    if not told and not is_near:
        yield None
        return
    bound, here = bound_socket(int(env.get("CALCOM_TEST_WEBHOOK_PORT") or 0))
    receiver = Receiver(told or f"{here}/hook")
    async with serving(receiver.app, bound):
        yield receiver

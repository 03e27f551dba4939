"""What the tests of this room share: a fixed Tuesday, the small Cal.com, and the real client against it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import uvicorn

from bot.calcom.access.kinds import ApiKey
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import Reads
from bot.playground.small_calcom import SmallCalcom
from bot.playground.world import load_world
from bot.scheduling.carrying import carry_out
from bot.scheduling.commands import Command, CreateBooking
from bot.scheduling.model import Attendee, Booking
from bot.scheduling.outcome import Done, Outcome
from bot.scheduling.ports import Calendar
from bot.scheduling.rations import Unrationed
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.connect import connect
from bot.stores.keys import Keys

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a Tuesday; 9:00 in Berlin
SECRET = "hush"
ANA_KEY = "cal_playground_ana"
BEN = Attendee(email="ben@acme.example", name="Ben Carter", zone="America/New_York")
QUICK_CHAT, MEETING, DESIGN_REVIEW, INTRO_CALL, WORKSHOP = 1, 2, 3, 4, 5


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A time of 2026, in UTC. Berlin is an hour ahead in November."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def small_calcom(**changes) -> SmallCalcom:
    """The playground's small Cal.com, its clock standing still."""
    return SmallCalcom(load_world(), clock=lambda: NOW, webhook_secret=SECRET, **changes)


def booking_of(
    start: datetime, *, request_id: str = "r1", kind: int = DESIGN_REVIEW, **fields
) -> CreateBooking:
    """A create command."""
    return CreateBooking(
        request_id=request_id, event_type_id=kind, start=start, **{"attendee": BEN, **fields}
    )


async def carried_out(command: Command, calendar: Calendar) -> Outcome:
    """Through the one door, with nobody else about."""
    async with connect(None) as redis:
        return await carry_out(command, calendar, RedisBookingLocks(redis, Keys("test")))


async def done(command: Command, calendar: Calendar) -> Booking:
    """Through the one door; it has to succeed."""
    outcome = await carried_out(command, calendar)
    assert isinstance(outcome, Done), outcome
    return outcome.booking


class Naps:
    """Stands in for sleeping, and remembers for how long."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def client_of(
    http: httpx.AsyncClient, *, key: str = ANA_KEY, url: str = "http://cal", **fields
) -> CalcomClient:
    """The real client, which does not really sleep.

    `fields`: of `Pace`, `on_call`, `profile`, `keeps`, `budget`.
    """
    on_call, profile = fields.pop("on_call", None), fields.pop("profile", "self_hosted")
    keeps, budget = fields.pop("keeps", False), fields.pop("budget", None) or Unrationed()
    pace = Pace(**{"sleep": Naps(), "jitter": lambda: 1.0, **fields})
    reads = Reads(pace.seconds) if keeps else None
    line = Line(http, Server(url, profile), pace, on_call, reads=reads, budget=budget)
    return CalcomClient(line, ApiKey(key))


@asynccontextmanager
async def calendar_of(small: SmallCalcom, *, key: str = ANA_KEY, **fields) -> AsyncIterator[CalcomCalendar]:
    """The real calendar on the small Cal.com, in memory."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(small.app)) as http:
        yield CalcomCalendar(client_of(http, key=key, keeps=True, **fields))


@asynccontextmanager
async def calendar_answered_by(
    handler: Callable[[httpx.Request], httpx.Response], **fields
) -> AsyncIterator[CalcomCalendar]:
    """The real calendar on a network that answers so."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
        yield CalcomCalendar(client_of(http, keeps=True, **fields))


@asynccontextmanager
async def on_loopback(small: SmallCalcom) -> AsyncIterator[str]:
    """The small Cal.com on a port of its own; yields its address."""
    server = uvicorn.Server(uvicorn.Config(small.app, port=0, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn has no event for it)
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = server.force_exit = True
    await running

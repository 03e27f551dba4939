"""Two hands at one booking: one change at a time, and the second is told where the booking went."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx
import pytest

from bot.calcom.calendar import CalcomCalendar
from bot.scheduling.carrying import carry_out
from bot.scheduling.commands import CancelBooking, Command, RescheduleBooking
from bot.scheduling.errors import BookingClosed, CalendarUnavailable
from bot.scheduling.outcome import Done, NotDone, Outcome
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.faults.catalogue import FAULTS
from tests.calcom.faults.proxy import Proxy
from tests.calcom.faults.stage import ELEVEN, TEN, Stage, staged
from tests.calcom.means import at, client_of
from tests.processes import patient

TWO = at(25, 13)


class Hand:
    """One process: its own connections to Cal.com and to Redis. `waits`: it has found the booking locked."""

    def __init__(self, calendar: CalcomCalendar, locks: RedisBookingLocks, waits: asyncio.Event) -> None:
        self.calendar = calendar
        self.locks = locks
        self.waits = waits

    async def do(self, command: Command) -> Outcome:
        return await carry_out(command, self.calendar, self.locks)


@asynccontextmanager
async def hand(proxy: Proxy, redis, **patience: float) -> AsyncIterator[Hand]:
    waits = asyncio.Event()

    def noted(least: float, most: float) -> float:
        waits.set()
        return 0.005

    async with httpx.AsyncClient(verify=False) as http:
        locks = RedisBookingLocks(redis, Keys("test"), jitter=noted, **patience)
        yield Hand(CalcomCalendar(client_of(http, url=proxy.url)), locks, waits)


@pytest.fixture
async def connections(redis_url):
    """Two connections to one Redis; the embedded one is its own connection."""
    first = patient(connect(redis_url))
    second = patient(connect(redis_url)) if redis_url else first
    yield first, second
    await first.aclose()
    await second.aclose()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged("reschedule") as stage:
        yield stage


def move(stage: Stage, start: datetime, request_id: str) -> RescheduleBooking:
    return RescheduleBooking(request_id=request_id, uid=stage.command.uid, start=start)


async def at_once(stage: Stage, first: Hand, one: Command, second: Hand, other: Command) -> list[Outcome]:
    """The first is on its way to Cal.com when the second begins, and goes on when that one waits."""
    stage.proxy.gate = asyncio.Event()
    mine = asyncio.create_task(first.do(one))
    await stage.proxy.rest(lambda: stage.proxy.writes == 1)
    theirs = asyncio.create_task(second.do(other))
    await asyncio.wait_for(second.waits.wait(), 30)
    stage.proxy.gate.set()
    return [await mine, await theirs]


def lasting(stage: Stage) -> list[datetime]:
    return [one.start for one in stage.small.bookings() if one.status == "accepted"]


async def test_of_two_moves_at_once_the_second_is_told_where_the_booking_went(stage: Stage, connections):
    async with hand(stage.proxy, connections[0]) as first, hand(stage.proxy, connections[1]) as second:
        mine, theirs = await at_once(
            stage, first, move(stage, ELEVEN, "mine"), second, move(stage, TWO, "theirs")
        )

    assert isinstance(mine, Done)
    assert isinstance(theirs, NotDone)
    assert isinstance(theirs.error, BookingClosed)
    assert theirs.error.moved_to == mine.booking.uid
    assert stage.bookings == [(ELEVEN, "accepted"), (TEN, "cancelled")]
    assert stage.proxy.writes == 1


async def test_two_moves_to_the_same_time_are_both_done_by_one(stage: Stage, connections):
    async with hand(stage.proxy, connections[0]) as first, hand(stage.proxy, connections[1]) as second:
        mine, theirs = await at_once(
            stage, first, move(stage, ELEVEN, "mine"), second, move(stage, ELEVEN, "theirs")
        )

    assert isinstance(mine, Done)
    assert theirs == mine
    assert stage.proxy.writes == 1


async def test_a_cancellation_that_a_move_overtakes_cancels_nothing(stage: Stage, connections):
    cancel = CancelBooking(request_id="theirs", uid=stage.command.uid, reason="Ill")
    async with hand(stage.proxy, connections[0]) as first, hand(stage.proxy, connections[1]) as second:
        mine, theirs = await at_once(stage, first, move(stage, ELEVEN, "mine"), second, cancel)

    assert isinstance(mine, Done)
    assert isinstance(theirs, NotDone)
    assert isinstance(theirs.error, BookingClosed)
    assert theirs.error.moved_to == mine.booking.uid
    assert stage.bookings == [(ELEVEN, "accepted"), (TEN, "cancelled")]


async def test_after_an_unknown_outcome_nobody_else_changes_the_booking(stage: Stage, connections):
    """It may still happen: Cal.com would then have two bookings of one."""
    lost = next(one for one in FAULTS if one.name == "late, after a 504")
    mine, theirs = move(stage, ELEVEN, "mine"), move(stage, TWO, "theirs")
    async with (
        hand(stage.proxy, connections[0]) as first,
        hand(stage.proxy, connections[1], wait_seconds=0.05) as hurried,
        hand(stage.proxy, connections[1]) as second,
    ):
        stage.proxy.fault = lost
        assert (await first.do(mine)).kind == "unknown"

        kept_out = await hurried.do(theirs)
        again = await first.do(mine)
        await stage.proxy.land()
        after = await second.do(theirs)

    assert isinstance(kept_out, NotDone)
    assert isinstance(kept_out.error, CalendarUnavailable)
    assert isinstance(again, Done)
    assert isinstance(after, NotDone)
    assert isinstance(after.error, BookingClosed)
    assert stage.bookings == [(ELEVEN, "accepted"), (TEN, "cancelled")]


async def test_other_bookings_are_changed_meanwhile(stage: Stage, connections):
    other = await stage.small.book_from_outside(
        "UANA", "design-review", at(26, 9), name="Gil", email="gil@partner.example"
    )
    elsewhere = RescheduleBooking(request_id="theirs", uid=other.uid, start=at(26, 10))
    async with hand(stage.proxy, connections[0]) as first, hand(stage.proxy, connections[1]) as second:
        stage.proxy.gate = asyncio.Event()
        mine = asyncio.create_task(first.do(move(stage, ELEVEN, "mine")))
        theirs = asyncio.create_task(second.do(elsewhere))
        await stage.proxy.rest(lambda: stage.proxy.writes == 2)
        stage.proxy.gate.set()

        assert isinstance(await mine, Done)
        assert isinstance(await theirs, Done)
    assert sorted(lasting(stage)) == [ELEVEN, at(26, 10), at(27, 9)]


class Lapsing:
    """Locks that lapse while their holder looks at the booking, and that somebody else has taken then."""

    def __init__(self) -> None:
        self.taken = 0

    async def take(self, uid: str, holder: str) -> bool:
        self.taken += 1
        return self.taken == 1

    async def release(self, uid: str, holder: str) -> None:
        """Nothing that is ours."""


async def test_a_lock_that_lapsed_while_looking_is_not_written_under():
    async with staged("reschedule") as stage:
        outcome = await carry_out(stage.command, stage.calendar, Lapsing())

        assert isinstance(outcome, NotDone)
        assert isinstance(outcome.error, CalendarUnavailable)
        assert stage.bookings == stage.before

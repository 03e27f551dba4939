"""A process that moves a booking: `python -m tests.calcom.faults.mover <cal> <redis> <uid> <start> <id>`."""

import asyncio
import sys
from datetime import datetime

import httpx

from bot.calcom.calendar import CalcomCalendar
from bot.scheduling.carrying import carry_out
from bot.scheduling.commands import RescheduleBooking
from bot.scheduling.errors import BookingClosed
from bot.scheduling.outcome import Done, Outcome
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.calcom.means import client_of
from tests.processes import patient


def say(line: str) -> None:
    """Tell who has started this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def waiting(least: float, most: float) -> float:
    """Say that the booking is locked."""
    say("waits")
    return most


async def move(cal_url: str, redis_url: str, uid: str, start: str, request_id: str) -> Outcome:
    """Through the one door."""
    command = RescheduleBooking(request_id=request_id, uid=uid, start=datetime.fromisoformat(start))
    async with patient(connect(redis_url)) as redis, httpx.AsyncClient() as http:
        calendar = CalcomCalendar(client_of(http, url=cal_url))
        return await carry_out(command, calendar, RedisBookingLocks(redis, Keys("test"), jitter=waiting))


def told(outcome: Outcome) -> str:
    """The outcome, and where the booking is now."""
    if isinstance(outcome, Done):
        return f"done {outcome.booking.uid}"
    where = outcome.error.moved_to if isinstance(outcome.error, BookingClosed) else None
    return f"{outcome.kind} {where}"


if __name__ == "__main__":
    say(told(asyncio.run(move(*sys.argv[1:]))))

"""Two processes on a real Redis move one booking at once."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from datetime import datetime
from pathlib import Path

import pytest

from tests.calcom.faults.stage import ELEVEN, TEN, Stage, staged
from tests.calcom.means import at

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[3]
TWO = at(25, 13)


async def mover(stage: Stage, redis_url: str, start: datetime, request_id: str) -> Process:
    where = (stage.proxy.url, redis_url, stage.command.uid, start.isoformat(), request_id)
    module = "tests.calcom.faults.mover"
    return await asyncio.create_subprocess_exec(sys.executable, "-m", module, *where, cwd=ROOT, stdout=PIPE)


async def said(process: Process) -> str:
    """Its next line."""
    assert process.stdout
    return (await process.stdout.readline()).decode().strip()


async def test_they_leave_one_booking_and_the_second_is_told_where_it_went(real_redis_url: str):
    async with staged("reschedule") as stage:
        stage.proxy.gate = asyncio.Event()
        first = await mover(stage, real_redis_url, ELEVEN, "mine")
        second = await mover(stage, real_redis_url, TWO, "theirs")
        lines = {process: asyncio.create_task(said(process)) for process in (first, second)}
        await asyncio.wait(lines.values(), return_when=asyncio.FIRST_COMPLETED)
        waiting = next(process for process, line in lines.items() if line.done())
        moving = first if waiting is second else second
        assert await lines[waiting] == "waits"

        stage.proxy.gate.set()
        done = await lines[moving]
        rest = [line.decode().strip() async for line in waiting.stdout or ()]
        await asyncio.gather(first.wait(), second.wait())

        moved = next(one for one in stage.small.bookings() if one.status == "accepted" and one.moved_from)
        assert done == f"done {moved.uid}"
        assert rest[-1] == f"not_done {moved.uid}"
        assert stage.proxy.writes == 1
        assert [status for _, status in stage.bookings] == ["accepted", "cancelled"]
        assert (TEN, "cancelled") in stage.bookings

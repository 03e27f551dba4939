"""A worker may die at any line: the next one finishes its work, once."""

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from bot.stores.codec import Codec
from bot.stores.conversations import RedisConversationStore
from tests.jobs.conftest import KEYS, calling_queue
from tests.works import turn

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[2]


class Process:
    """A worker process and what it said."""

    def __init__(self, process):
        self.process = process
        self.said = []

    async def until(self, words, seconds=20):
        """Read until it says this."""
        async with asyncio.timeout(seconds):
            while words not in self.said:
                line = await self.process.stdout.readline()
                assert line, f"it ended, having said {self.said}"
                self.said.append(line.decode().strip())

    async def rest(self):
        """All it said, once it has ended."""
        self.said += (await self.process.stdout.read()).decode().splitlines()
        return self.said


@pytest.fixture
async def run(real_redis_url):
    started = []

    async def run(languish):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.jobs.worker_process",
            real_redis_url,
            languish,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
        )
        started.append(process)
        worker = Process(process)
        await worker.until("up")
        return worker

    yield run
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def queue(real_redis, real_inbox):
    async with calling_queue(real_redis, real_inbox) as queue:
        yield queue


async def kill(worker):
    worker.process.kill()
    await worker.process.wait()


async def end(worker):
    worker.process.terminate()
    said = await worker.rest()
    assert await worker.process.wait() == 0
    return said


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_another_worker_finishes_what_a_killed_one_began(run, queue, real_redis, moment):
    dying = await run(moment)
    await queue.put(turn("a"))
    await dying.until("languishing a")
    heir = await run("never")
    await kill(dying)
    killed = time.monotonic()

    await heir.until("did a" if moment == "before" else "known a")
    took = time.monotonic() - killed
    await queue.put(turn("b"))
    await heir.until("did b", seconds=12)
    said = await end(heir)

    assert took < 20
    assert (dying.said + said).count("did a") == 1
    assert "gave-up a" not in said
    store = RedisConversationStore(real_redis, KEYS, Codec.from_setting(None))
    assert (await store.peek("T1:C1:1.0")).handled == ("a", "b")


async def test_a_worker_alone_goes_on_when_it_is_back(run, queue):
    dying = await run("before")
    await queue.put(turn("a"))
    await dying.until("languishing a")
    await kill(dying)
    await queue.put(turn("b"))

    back = await run("never")

    await back.until("did b")
    assert [line for line in await end(back) if line.startswith("did")] == ["did a", "did b"]


async def test_all_lanes_of_a_killed_worker_go_on(run, queue):
    """Side by side: eight of them do not take eight times as long."""
    dying = await run("before")
    for n in range(8):
        await queue.put(turn(f"a{n}", thread=f"{n}.0"))
        await dying.until(f"languishing a{n}")
    heir = await run("never")
    await kill(dying)

    async with asyncio.timeout(20):
        for n in range(8):
            await heir.until(f"did a{n}")

    said = await end(heir)
    assert sorted(line for line in said if line.startswith("did")) == [f"did a{n}" for n in range(8)]


async def test_sigterm_ends_a_worker_quickly_and_cleanly(run):
    worker = await run("never")
    before = time.monotonic()

    said = await end(worker)

    assert said[-1] == "ended"
    assert time.monotonic() - before < 4.5  # less than the grace of five

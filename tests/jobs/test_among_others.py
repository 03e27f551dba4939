import asyncio
import time

import pytest

from bot.conversation.ports import QueueUnavailable
from bot.jobs.queue import LaneQueue
from bot.jobs.wake_ups import WakeUps
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.inbox import RedisInbox
from tests.jobs.conftest import KEYS, Working, calling_queue
from tests.works import turn

pytestmark = pytest.mark.redis

LANE = "T1:C1:1.0"


@pytest.fixture
async def queue(real_redis, real_inbox):
    async with calling_queue(real_redis, real_inbox) as queue:
        yield queue


@pytest.fixture
async def start(blocking_redis, real_inbox, doer):
    """Starts a worker; all are stopped at the end."""
    workers = []

    async def start(handle=doer.handle, **options):
        worker = Working(blocking_redis, real_inbox, doer, handle, **options)
        workers.append(worker)
        await worker.start()
        return worker

    yield start
    for worker in workers:
        await worker.stop(5)


async def test_a_lanes_work_is_done_in_order_by_whoever_is_free(queue, start, doer):
    await start()
    await start()

    for n in range(30):
        await queue.put(turn(str(n)))
    await doer.until_done(30)

    assert doer.done == [str(n) for n in range(30)]


async def test_work_put_before_a_worker_was_there_is_done(queue, start, doer):
    await queue.put(turn("early"))

    await start()

    await doer.until_done(1)


async def test_lanes_run_side_by_side(queue, start, doer):
    both = asyncio.Barrier(2)

    async def meet(work):
        async with asyncio.timeout(5):
            await both.wait()
        await doer.handle(work)

    await start(meet)
    await queue.put(turn("a", thread="1.0"))
    await queue.put(turn("b", thread="2.0"))

    await doer.until_done(2)
    assert doer.given_up == []


async def test_a_full_lane_does_not_hold_up_the_others(queue, start, doer):
    """Twenty works of a slow lane take one of a worker's two places, not both."""

    async def handle(work):
        await asyncio.sleep(0.2 if work.thread.thread == "1.0" else 0)
        await doer.handle(work)

    await start(handle, places=2)
    for n in range(20):
        await queue.put(turn(f"slow{n}", thread="1.0"))
    await queue.put(turn("quick", thread="2.0"))
    await doer.until_done(21)

    assert doer.done[-1] == "slow19"
    assert doer.done.index("quick") < 15


async def test_poison_is_buried_told_and_the_next_is_done(queue, start, doer, real_redis):
    doer.poison.add("poison")
    await start()
    await queue.put(turn("poison"))
    await queue.put(turn("next"))

    await doer.until_done(1)

    assert [text for text, _ in doer.given_up] == ["poison"]
    assert await real_redis.llen(KEYS.dead(LANE)) == 1


async def test_put_while_a_call_ends_is_not_lost(queue, start, doer):
    """Puts hit every moment of a drain's life; none may have to wait an hour for the next look around."""
    await start(look_seconds=3600)
    await start(look_seconds=3600)

    async def putter(name):
        for n in range(60):
            await queue.put(turn(f"{name}-{n}", thread=name))
            if n % 3 == 0:
                await doer.until(f"{name}-{n}")
            await asyncio.sleep(0.0004 * (n % 7))

    await asyncio.gather(*(putter(name) for name in ("1.0", "2.0", "3.0")))
    await doer.until_done(180)

    assert sorted(doer.done) == sorted(f"{name}-{n}" for name in ("1.0", "2.0", "3.0") for n in range(60))


async def test_a_putter_that_dies_before_it_calls_is_made_good_by_the_sweep(real_inbox, start, doer):
    await start(look_seconds=0.2)
    await asyncio.sleep(0.1)

    await real_inbox.add(LANE, turn("nobody was called"))

    await doer.until_done(1)


async def test_stop_finishes_what_runs_and_leaves_the_rest_to_others(queue, start, doer, real_inbox):
    begun = asyncio.Event()

    async def slowly(work):
        begun.set()
        await asyncio.sleep(0.3)
        await doer.handle(work)

    worker = await start(slowly)
    await queue.put(turn("in hand"))
    await queue.put(turn("waiting"))
    await begun.wait()
    await worker.stop(5)
    done_at_stop = list(doer.done)
    await start()
    await doer.until_done(2)

    assert done_at_stop == ["in hand"]
    assert doer.done == ["in hand", "waiting"]


async def test_what_outlasts_the_grace_is_broken_off_and_done_by_the_next(queue, start, doer):
    begun = asyncio.Event()

    async def hang(work):
        begun.set()
        await asyncio.sleep(60)

    worker = await start(hang)
    await queue.put(turn("a"))
    await begun.wait()
    before = time.monotonic()
    await worker.stop(1)
    stopped_after = time.monotonic() - before
    await start()
    await doer.until_done(1)

    assert stopped_after < 30
    assert doer.done == ["a"]


async def test_long_work_is_not_taken_from_a_living_worker(queue, start, doer):
    """Longer than a lock lasts that nobody renews."""
    begun = []

    async def slowly(work):
        begun.append(work.text)
        await asyncio.sleep(9.5)
        await doer.handle(work)

    await start(slowly)
    await start(slowly)
    await queue.put(turn("a"))

    await doer.until_done(1)
    assert begun == ["a"]


async def test_an_idle_worker_stops_at_once(start):
    worker = await start()
    await asyncio.sleep(0.2)
    before = time.monotonic()

    await worker.stop(10)

    assert time.monotonic() - before < 5


class TestARedisThatFails:
    """Nothing is said to be kept that may not be, and Slack gets its answer in time."""

    @pytest.fixture
    async def putting(self):
        """A queue on this server."""
        clients = []

        def putting(server):
            clients.append(connect(server.url))
            inbox = RedisInbox(clients[-1], KEYS, Codec.from_setting(None))
            return LaneQueue(inbox, WakeUps(clients[-1], "test").call)

        yield putting
        for client in clients:
            await client.aclose()

    async def refused(self, queue, limit):
        before = time.monotonic()
        with pytest.raises(QueueUnavailable):
            await queue.put(turn("a"))
        assert time.monotonic() - before < limit

    async def test_down(self, own_redis_server, putting):
        server = own_redis_server()
        queue = putting(server)
        await queue.put(turn("while it was up"))
        server.stop()

        await self.refused(queue, 2.5)
        server.start()

        await queue.put(turn("up again"))

    async def test_hanging(self, own_redis_server, putting):
        server = own_redis_server()
        queue = putting(server)
        await queue.put(turn("while it answered"))
        server.pause()

        await self.refused(queue, 2.5)
        await self.refused(queue, 2.5)
        server.resume()

        await queue.put(turn("it answers again"))

    async def test_full(self, own_redis_server, putting):
        server = own_redis_server()
        server.command("CONFIG", "SET", "maxmemory", "1")

        await self.refused(putting(server), 1)

    async def test_read_only(self, own_redis_server, putting):
        server = own_redis_server()
        queue = putting(server)
        server.command("REPLICAOF", "127.0.0.1", "1")

        await self.refused(queue, 1)

    async def test_a_worker_waits_for_it_and_goes_on(self, own_redis_server, putting, doer):
        server = own_redis_server(appendonly=True)
        client = connect(server.url)
        inbox = RedisInbox(client, KEYS, Codec.from_setting(None))
        worker = Working(client, inbox, doer)
        await worker.start()
        queue = putting(server)
        await queue.put(turn("before"))
        await doer.until_done(1)
        while await inbox.has_work(LANE):  # noqa: ASYNC110 - it changes on Redis
            await asyncio.sleep(0.01)

        server.stop()
        await asyncio.sleep(1.5)
        server.start()
        await queue.put(turn("after"))
        await doer.until_done(2)
        await worker.stop(5)
        await client.aclose()

        assert doer.done == ["before", "after"]

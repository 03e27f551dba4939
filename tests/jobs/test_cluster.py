"""On Redis Cluster a script or transaction may touch one slot only."""

from datetime import timedelta

import pytest

from bot.conversation.state import ThreadState
from bot.jobs.wake_ups import tag_of
from bot.stores.codec import Codec
from bot.stores.connect import connect, connect_one
from bot.stores.conversations import RedisConversationStore
from bot.stores.inbox import RedisInbox
from bot.stores.later import RedisLater
from bot.stores.ledger import RedisWriteLedger
from bot.stores.overview import Overview
from bot.stores.periods import RedisPeriods
from tests.jobs.conftest import KEYS, Working, calling_queue
from tests.works import NOW, turn

pytestmark = pytest.mark.redis

LANE = "T1:C1:1.0"


@pytest.fixture
async def cluster(cluster_url):
    client = connect(cluster_url)
    yield client
    await client.aclose()


@pytest.fixture
async def calls(cluster_url):
    """To the server of the cluster that has the calls."""
    client = connect_one(cluster_url, tag_of("test"), waits=True)
    yield client
    await client.aclose()


async def test_threads_and_the_ledger_live_on_a_cluster(cluster):
    codec = Codec.from_setting(None)
    store, ledger = RedisConversationStore(cluster, KEYS, codec), RedisWriteLedger(cluster, KEYS, codec)
    await cluster.set(KEYS.state(LANE), b"unreadable")

    async with store.open(LANE) as session:
        await session.save(ThreadState(handled=("w",)))
    await ledger.note("uid", "U1")

    assert (await store.peek(LANE)).handled == ("w",)
    assert await cluster.llen(KEYS.aside(LANE)) == 1
    assert await ledger.author("uid") == "U1"


async def test_queue_and_worker_live_on_a_cluster(cluster, calls, doer):
    inbox = RedisInbox(cluster, KEYS, Codec.from_setting(None))
    doer.poison.add("poison")
    worker = Working(calls, inbox, doer)
    await worker.start()

    async with calling_queue(calls, inbox) as queue:
        await queue.put(turn("poison"))
        await queue.put(turn("next"))
        await queue.put(turn("elsewhere", thread="2.0"))
        await doer.until_done(2)
    await worker.stop(5)

    assert sorted(doer.done) == ["elsewhere", "next"]
    assert await cluster.llen(KEYS.dead(LANE)) == 1
    assert await inbox.lanes_waiting() == ()


async def test_works_for_later_and_works_given_up_live_on_a_cluster(cluster):
    codec = Codec.from_setting(None)
    inbox, later = RedisInbox(cluster, KEYS, codec), RedisLater(cluster, KEYS, codec)
    overview, periods = Overview(cluster, KEYS, codec), RedisPeriods(cluster, KEYS)
    for number in range(5):
        await later.put(turn(str(number), thread=f"{number}.0"), NOW - timedelta(seconds=number))

    async with later.alone() as ours:
        due = await later.due(NOW)
        for item, work in due:
            await inbox.add(work.thread.lane, work)
            await later.strike(item, work)
    for number in range(5):
        async with inbox.hold(f"T1:C1:{number}.0") as hold:
            taken = await hold.next()
            await inbox.bury(f"T1:C1:{number}.0", taken.item, "KeyError")
    buried = await overview.shown(at_most=9)
    retried = [await overview.dead.retry(one) for one in (await overview.dead.all())[:3]]

    assert ours
    assert [work.text for _, work in due] == ["4", "3", "2", "1", "0"]
    assert (len(buried.dead), buried.later, buried.total) == (5, 0, 0)
    assert retried == [True, True, True]
    assert (await overview.shown(at_most=9)).total == 3
    assert [await periods.claim("tidy", 10**9) for _ in range(2)] == [True, False]

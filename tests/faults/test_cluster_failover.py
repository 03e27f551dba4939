"""A cluster of three primaries with a replica each, one primary killed while bots work: what it may cost."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.conversation.ports import StoreUnavailable
from bot.playground.small_slack import Message
from bot.stores.clusters import SlotsOwner
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys
from tests.faults.outside import Outside, outside
from tests.faults.test_processes import CHANNEL, answers, until
from tests.faults.test_redis_away import the_mention
from tests.processes import RedisServer
from tests.redises import HOST, RedisCluster
from tests.works import turn

pytestmark = [
    pytest.mark.redis,
    # redis-py forgets to close its socket to a node that was killed while it was asked
    pytest.mark.filterwarnings("ignore:.*unclosed.*socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _forgotten_sockets() -> Iterator[None]:
    """They are closed by the collector: here, and not in the midst of another test."""
    yield
    gc.collect()


NODE_TIMEOUT = "1000"  # ms; after it a primary that is silent is taken for dead. Redis's own is 15000
PATIENT = 60.0
PAUSE = 0.25  # between two who ask
PREFIX = "slotwise"
PEOPLE = ("UANA", "UCHI", "UDEV")


@dataclass
class Writing:
    """Puts works into lanes as fast as one client can, and notes when each was acknowledged."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def go_on(self, inbox: RedisInbox, name: str) -> None:
        """Until told to end. Told, not cancelled: redis-py may swallow a cancellation."""
        number = 0
        while not self.ended.is_set():
            lane = f"T9:{name}:{number}"
            number += 1
            try:
                await inbox.add(lane, turn("x"))
                self.acknowledged[lane] = time.monotonic()
            except StoreUnavailable:
                await asyncio.sleep(0.05)


async def primary_of(cluster: RedisCluster, key: str) -> RedisServer:
    """The server that has this key."""
    hosts = tuple((HOST, one.port) for one in cluster.primaries)
    _, port = await SlotsOwner(hosts, key, {})()
    return next(one for one in cluster.servers if one.port == port)


async def fails_over(cluster: RedisCluster, key: str) -> tuple[float, float]:
    """Kill the primary of this key; when that was, and when its replica took over."""
    primary = await primary_of(cluster, key)
    heir = cluster.follower(primary)
    primary.stop()
    killed = time.monotonic()
    await until(
        lambda: b"role:master" in heir.command("INFO", "replication"), PATIENT, "a replica takes over"
    )
    return killed, time.monotonic()


async def talk(around: Outside, number: int) -> tuple[Message, float]:
    """Ask, until it is acknowledged; when that was. Slack repeats what was refused."""
    await asyncio.sleep(number * PAUSE)
    said = await around.slack.say(
        PEOPLE[number % 3], CHANNEL, f"<@U0BOT> 30 min with <@UBEN> next week {number}"
    )
    delivery = the_mention(around, said)
    await until(lambda: delivery.answers[-1].ok, PATIENT, "it is taken")
    return said, time.monotonic()


async def test_nothing_that_was_acknowledged_after_a_failover_is_lost(
    own_redis_server, tmp_path: Path, measured: list[str]
) -> None:
    cluster = RedisCluster(own_redis_server, 3, 1, "--cluster-node-timeout", NODE_TIMEOUT)
    async with two_bots(cluster, tmp_path) as around:
        await survives(around, cluster, f"{PREFIX}:v1:lanes", 24, measured)


@pytest.mark.soak
@pytest.mark.parametrize("key", [f"{PREFIX}:v1:lanes", f"{{{PREFIX}}}", f"{PREFIX}:v1:{{later}}"])
async def test_nothing_is_lost_whichever_primary_is_killed(
    key: str, own_redis_server, tmp_path: Path, measured: list[str]
) -> None:
    """That of the waiting lanes, of the calls, of the works for later; each for two minutes."""
    cluster = RedisCluster(own_redis_server, 3, 1, "--cluster-node-timeout", NODE_TIMEOUT)
    async with two_bots(cluster, tmp_path) as around:
        await survives(around, cluster, key, 480, measured)


@asynccontextmanager
async def two_bots(cluster: RedisCluster, directory: Path) -> AsyncIterator[Outside]:
    async with outside(cluster.url, directory) as around:
        around.slack.tune(retry_delays=(0.5,) * 240, ack_seconds=20)
        bots = [around.start("serve"), around.start("worker")]
        await bots[0].ready()
        await bots[1].said("working")
        around.listen_at(*bots)
        yield around
        for bot in bots:
            assert "Traceback" not in bot.text()


async def survives(around: Outside, cluster: RedisCluster, key: str, count: int, measured: list[str]) -> None:
    """Many ask, a primary is killed; whoever was told it is taken is answered, but for its last second."""
    talks = [asyncio.create_task(talk(around, number)) for number in range(count)]
    await until(lambda: len(answers(around.slack)) >= 4, PATIENT, "some are answered")
    killed, over = await fails_over(cluster, key)
    said = await asyncio.gather(*talks)

    def lost() -> list[float]:
        replied = {one.thread_ts for one in answers(around.slack)}
        return [at for one, at in said if one.ts not in replied]

    certain = lambda: [at for at in lost() if not killed - 1 < at < over]  # noqa: E731
    await until(lambda: not certain(), PATIENT, "all that were acknowledged before and after are answered")
    measured.append(
        f"cluster failover in {over - killed:.1f} s (node timeout 1 s): {len(lost())} of {len(said)} lost"
    )


async def test_what_a_failover_loses_was_acknowledged_just_before_it(
    own_redis_server, measured: list[str]
) -> None:
    """Replicas follow without being waited for. Says how far back what was lost goes."""
    cluster = RedisCluster(own_redis_server, 3, 1, "--cluster-node-timeout", NODE_TIMEOUT)
    client = connect(cluster.url)
    keys = Keys(PREFIX)
    inbox = RedisInbox(client, keys, Codec.from_setting(None))
    writing = Writing()
    writers = [asyncio.create_task(writing.go_on(inbox, f"W{number}")) for number in range(16)]
    await until(lambda: len(writing.acknowledged) > 300, PATIENT, "much is written")
    killed, over = await fails_over(cluster, keys.lanes())
    taken = len(writing.acknowledged)
    await until(lambda: len(writing.acknowledged) > taken + 300, PATIENT, "it goes on")
    writing.ended.set()
    await asyncio.gather(*writers)

    kept = set(await inbox.lanes_waiting())
    lost = [at - killed for lane, at in writing.acknowledged.items() if lane not in kept]
    went_on = min(at for at in writing.acknowledged.values() if at > over)
    measured.append(
        f"cluster failover under {len(writing.acknowledged)} writes: {len(lost)} acknowledged ones lost"
        + (f", the earliest {-1000 * min(lost):.0f} ms before the kill" if lost else "")
        + f"; writes go on {went_on - killed:.1f} s after it"
    )
    assert all(-1.0 < at < over - killed for at in lost)
    await client.aclose()

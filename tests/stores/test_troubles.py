"""A connection lost in the middle, a Redis that restarts, loads or turns read-only: nothing is half done."""

import asyncio

import pytest

from bot.conversation.ports import LockLost, StoreUnavailable
from bot.conversation.state import ThreadState
from bot.stores.codec import Codec
from bot.stores.connect import answers, connect
from bot.stores.conversations import RedisConversationStore
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys
from bot.stores.ledger import RedisWriteLedger
from tests.processes import patient
from tests.proxies import Proxy, proxied
from tests.stores.threads import conversation
from tests.works import turn

pytestmark = pytest.mark.redis

CODEC = Codec.from_setting(None)
OLD, NEW = ThreadState(handled=("old",)), ThreadState(handled=("new",), conversations=(conversation("c"),))
# Where the connection is cut, in bytes: all that these stores ask is over by the last, and all they are told.
PLACES = {"asked": range(1, 2500, 61), "answered": range(1, 250, 8)}
ONCE, EACH_TIME = 1, 1000


class Lane:
    """The stores as seen through a proxy and without one. Each lane of a test is its own."""

    def __init__(self, redis, name, *, wait_seconds=0.5):
        keys = Keys("test")
        self.name = name
        self.keys = keys
        self.store = RedisConversationStore(redis, keys, CODEC, wait_seconds=wait_seconds)
        self.inbox = RedisInbox(redis, keys, CODEC)
        self.ledger = RedisWriteLedger(redis, keys, CODEC)


async def use(lane: Lane) -> dict[str, bool]:
    """Use all stores once; what they said was done."""
    done = {"saved": False, "kept": False, "noted": False}
    try:
        await lane.inbox.add(lane.name, turn("a"))
        done["kept"] = True
        async with lane.store.open(lane.name) as session:
            await session.save(NEW)
            done["saved"] = True
        await lane.ledger.note(lane.name, "U1")
        done["noted"] = True
    except (StoreUnavailable, LockLost):
        pass
    return done


@pytest.mark.parametrize("connections", [ONCE, EACH_TIME], ids=["once", "each time"])
@pytest.mark.parametrize("way", PLACES)
async def test_a_connection_cut_anywhere_leaves_nothing_half_done(
    redis_server, real_redis_url, way, connections
):
    """What was said to be done is done; what was not is done wholly or not at all."""
    straight = patient(connect(real_redis_url))
    proxies = [
        Proxy(redis_server.port, way=way, after=after, connections=connections) for after in PLACES[way]
    ]

    async def cut(proxy: Proxy, name: str) -> bool:
        own = Lane(straight, name, wait_seconds=60)
        async with own.store.open(name) as session:
            await session.save(OLD)
        async with proxied(proxy), patient(connect(proxy.url)) as client:
            done = await use(Lane(client, name))
        state = await own.store.peek(name)
        works = await straight.lrange(own.keys.inbox(name), 0, -1)
        assert state == NEW if done["saved"] else state in (OLD, NEW)
        assert len(works) >= done["kept"]
        assert not works or name in await own.inbox.lanes_waiting()
        assert await own.ledger.author(name) == "U1" if done["noted"] else True
        assert connections == EACH_TIME or all(done.values())  # one lost connection is mended unseen
        return all(done.values())

    went_well = await asyncio.gather(*(cut(one, f"lane {number}") for number, one in enumerate(proxies)))

    assert sum(one.cut > 0 for one in proxies) > 10
    assert connections == ONCE or not all(went_well)
    await straight.aclose()


async def test_scripts_are_sent_again_when_redis_has_forgotten_them(redis_server, real_redis_url):
    client = patient(connect(real_redis_url))
    lane = Lane(client, "lane")

    assert all((await use(lane)).values())
    redis_server.command("SCRIPT", "FLUSH")
    assert all((await use(lane)).values())

    await client.aclose()


async def test_a_redis_that_loads_is_away_and_then_serves(redis_server, real_redis_url):
    async with proxied(Proxy(redis_server.port)) as proxy:
        client = patient(connect(proxy.url))
        lane = Lane(client, "lane")
        await lane.store.peek("lane")
        proxy.is_loading = True
        with pytest.raises(StoreUnavailable):
            await lane.inbox.add("lane", turn("a"))
        proxy.is_loading = False

        assert all((await use(lane)).values())
        await client.aclose()


async def test_a_replica_refuses_and_its_connections_are_left(own_redis_server):
    """The name may mean another machine by now: it is looked up anew."""
    server = own_redis_server()
    client = patient(connect(server.url))
    await client.set("k", b"1")
    before = await client.client_id()
    server.command("REPLICAOF", "127.0.0.1", "1")

    with pytest.raises(StoreUnavailable, match="WritesGoElsewhere"):
        async with answers():
            await client.set("k", b"2")
    server.command("REPLICAOF", "NO", "ONE")

    assert await client.set("k", b"3")
    assert await client.client_id() != before
    await client.aclose()

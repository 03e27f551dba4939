import pytest

from bot.conversation.correlation import short_name
from bot.conversation.ports import StoreUnavailable
from bot.stores.backlog import RedisBacklog
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.dead import RedisDead
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys
from bot.stores.overview import Overview
from tests.stores.conftest import FIRST, SECOND
from tests.works import NOW, turn

LANE = "T1:C1:1.0"
WEEK = 7 * 86400


@pytest.fixture
def inbox(redis, keys, codec):
    return RedisInbox(redis, keys, codec)


@pytest.fixture
def dead(redis, keys):
    return RedisDead(redis, keys)


@pytest.fixture
def overview(redis, keys, codec):
    return Overview(redis, keys, codec)


async def item_of(redis, keys, lane):
    """The last that was put there."""
    return (await redis.lrange(keys.inbox(lane), -1, -1))[0]


async def buried(inbox, dead, redis, keys, text="a", lane=LANE, why="KeyError"):
    await inbox.add(lane, turn(text))
    item = await item_of(redis, keys, lane)
    assert await dead.bury(lane, item, why)
    return item


async def test_what_is_buried_says_why_when_and_after_how_many_tries(inbox, dead, redis, keys):
    await inbox.add(LANE, turn("a"))
    item = await item_of(redis, keys, LANE)
    await redis.hset(keys.tries(LANE), item[:16], 5)
    now, *_ = await redis.time()

    assert await dead.bury(LANE, item, "KeyError(bot/staff.py:1) <- ValueError")
    assert not await dead.bury(LANE, item, "again")

    [one] = await dead.all()
    assert (one.lane, one.item, one.tries) == (LANE, item, 5)
    assert one.why == "KeyError(bot/staff.py:1) <- ValueError"
    assert now - 1 <= one.at.timestamp() <= now + 60
    assert not await inbox.has_work(LANE)


async def test_all_lanes_dead_are_found_and_forgotten_after_a_week(inbox, dead, redis, keys):
    for lane in ("one", "two"):
        await buried(inbox, dead, redis, keys, text=lane, lane=lane)
        await buried(inbox, dead, redis, keys, text=f"{lane} more", lane=lane)

    assert [one.lane for one in await dead.all()] == ["one", "one", "two", "two"]
    for key in (keys.dead("one"), keys.why("one")):
        assert WEEK - 60 <= await redis.ttl(key) <= WEEK
    assert WEEK <= await redis.ttl(keys.dead_lanes()) <= WEEK + 60


async def test_a_lane_whose_dead_have_expired_is_forgotten_one_about_to_get_some_is_not(dead, redis, keys):
    now, *_ = await redis.time()
    await redis.zadd(keys.dead_lanes(), {"expired": now - 3600, "just announced": now})

    assert await dead.all() == ()

    assert await redis.zrange(keys.dead_lanes(), 0, -1) == [b"just announced"]


async def test_of_more_than_fifty_the_oldest_go_with_their_notes(inbox, dead, redis, keys):
    for number in range(53):
        last = await buried(inbox, dead, redis, keys, text=str(number))

    assert await redis.llen(keys.dead(LANE)) == 50
    assert await redis.hlen(keys.why(LANE)) == 50
    assert (await dead.all())[-1].item == last


async def test_retried_it_waits_once_more_with_its_tries_anew(inbox, dead, redis, keys):
    item = await buried(inbox, dead, redis, keys)
    await inbox.add(LANE, turn("b"))
    [one] = await dead.all()

    assert await dead.retry(one)
    assert not await dead.retry(one)

    assert (await redis.lrange(keys.inbox(LANE), 0, -1))[1:] == [item]
    assert await redis.hget(keys.tries(LANE), item[:16]) is None
    assert await dead.all() == ()
    assert LANE in await inbox.lanes_waiting()
    assert await redis.exists(keys.why(LANE), keys.dead(LANE)) == 0


async def test_what_is_retried_while_somebody_forgets_the_empty_lane_stays_in_sight(dead, redis, keys, codec):
    """The lane is empty since an earlier retry; that is seen, more is retried, and then it is forgotten."""

    class Slow(RedisInbox):
        async def _of_each(self, lanes, command, key):
            found = await super()._of_each(lanes, command, key)
            if retries:
                assert await dead.retry(retries.pop())
            return found

    inbox, retries = Slow(redis, keys, codec), []
    item = await buried(inbox, dead, redis, keys, "first")
    await buried(inbox, dead, redis, keys, "second")
    first, second = await dead.all()
    await dead.retry(first)
    async with inbox.hold(LANE) as hold:
        await hold.next()
        await hold.leave(item)
    assert await inbox.lanes_left(for_seconds=3) == ()

    retries.append(second)
    await inbox.lanes_left(for_seconds=3)

    assert await inbox.lanes_left(for_seconds=3) == (LANE,)


async def test_what_is_retried_has_not_waited_for_half_a_century(inbox, dead, redis, keys):
    await buried(inbox, dead, redis, keys)
    [one] = await dead.all()

    await dead.retry(one)

    assert (await RedisBacklog(redis, keys)()).oldest_seconds < 600


async def test_dropped_it_is_gone(inbox, dead, redis, keys):
    await buried(inbox, dead, redis, keys)
    [one] = await dead.all()

    assert await dead.drop(one)
    assert not await dead.drop(one)

    assert await dead.all() == ()
    assert not await inbox.has_work(LANE)


async def test_the_overview_names_kinds_and_no_words(inbox, dead, overview, redis, keys):
    await buried(inbox, dead, redis, keys, text="lunch with Ana")
    await inbox.add("other", turn("dinner with Ben"))

    shown = await overview.shown(at_most=10)

    [waiting], [given_up] = shown.waiting, shown.dead
    assert (waiting.lane, waiting.kind, waiting.since, waiting.tries) == ("other", "turn", NOW, 0)
    assert (given_up.lane, given_up.kind, given_up.why) == (LANE, "turn", "KeyError")
    assert given_up.reference == short_name("lunch with Ana")
    assert (shown.total, shown.later) == (1, 0)
    assert "with" not in str(shown)


async def test_the_overview_shows_so_many_and_counts_all(inbox, overview):
    for number in range(7):
        await inbox.add(f"lane {number % 3}", turn(str(number)))

    shown = await overview.shown(at_most=4)

    assert (len(shown.waiting), shown.total) == (4, 7)


async def test_what_is_sealed_with_a_key_we_lack_is_shown_as_such(redis, keys, dead):
    await RedisInbox(redis, keys, Codec.from_setting(SECOND)).add(LANE, turn("a"))

    [one] = (await Overview(redis, keys, Codec.from_setting(FIRST)).shown(at_most=9)).waiting

    assert (one.kind, one.since) == ("sealed", None)


async def test_a_redis_that_is_away_is_told(own_redis_server):
    server = own_redis_server()
    client = connect(server.url)
    overview = Overview(client, Keys("test"), Codec.from_setting(None))
    server.stop()

    with pytest.raises(StoreUnavailable):
        await overview.shown(at_most=1)
    with pytest.raises(StoreUnavailable):
        await overview.dead.bury(LANE, b"x", "KeyError")
    await client.aclose()

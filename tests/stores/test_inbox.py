import asyncio
from contextvars import Context
from copy import copy

import pytest

from bot.conversation.ports import LockLost, StoreUnavailable
from bot.conversation.state import ThreadState
from bot.stores.codec import Codec
from bot.stores.conversations import RedisConversationStore
from bot.stores.inbox import RedisInbox
from tests.stores.conftest import FIRST, SECOND, all_keys, put_elsewhere
from tests.works import turn

LANE = "T1:C1:1.0"


async def begun(inbox, lane=LANE, done=b""):
    """The oldest work of a lane, taken as by somebody who then dies at once; their lock is not waited for."""
    async with inbox.hold(lane) as hold:
        return await hold.next(done)


async def strike(inbox, lane, item):
    async with inbox.hold(lane) as hold:
        await hold.leave(item)


@pytest.fixture
def inbox(redis, keys, codec):
    return RedisInbox(redis, keys, codec)


async def test_the_oldest_is_taken_and_stays_until_it_is_removed(inbox):
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("b"))

    first = await begun(inbox)
    again = await begun(inbox)
    await strike(inbox, LANE, first.item)
    second = await begun(inbox)

    assert (first.work, first.tries) == (turn("a"), 1)
    assert (again.work, again.tries, again.item) == (turn("a"), 2, first.item)
    assert (second.work, second.tries) == (turn("b"), 1)


async def test_nothing_waits_in_an_empty_lane(inbox):
    assert await begun(inbox) is None
    assert not await inbox.has_work(LANE)
    assert await inbox.lanes_waiting() == ()


async def test_lanes_are_apart_and_those_with_work_are_known(inbox):
    await inbox.add("one", turn("a"))
    await inbox.add("two", turn("b"))
    await strike(inbox, "one", (await begun(inbox, "one")).item)

    assert await inbox.lanes_waiting() == ("two",)
    assert await inbox.has_work("two")
    assert not await inbox.has_work("one")


async def test_the_same_delivery_twice_is_two_items(inbox):
    """Slack delivers again; whoever does the work knows it by its id."""
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("a"))
    first = await begun(inbox)

    await strike(inbox, LANE, first.item)
    await strike(inbox, LANE, first.item)

    assert (await begun(inbox)).item != first.item


async def test_what_is_buried_is_kept_apart_for_a_week(inbox, redis, keys):
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("b"))
    item = (await begun(inbox)).item

    assert await inbox.bury(LANE, item, "KeyError")
    assert not await inbox.bury(LANE, item, "KeyError")

    assert (await begun(inbox)).work == turn("b")
    assert await redis.lrange(keys.dead(LANE), 0, -1) == [item]
    assert 7 * 86400 - 5 <= await redis.ttl(keys.dead(LANE)) <= 7 * 86400
    assert item.decode("latin-1").startswith(inbox.reference(item))
    assert len(inbox.reference(item)) == 8


async def test_the_dead_are_at_most_fifty(inbox, redis, keys):
    for n in range(53):
        await inbox.add(LANE, turn(str(n)))
        last = (await begun(inbox)).item
        await inbox.bury(LANE, last, "KeyError")

    dead = await redis.lrange(keys.dead(LANE), 0, -1)
    assert len(dead) == 50
    assert dead[-1] == last


async def test_nothing_is_left_behind_and_everything_expires(inbox, redis, keys):
    for n in range(3):
        await inbox.add(LANE, turn(str(n)))
        taken = await begun(inbox)
        assert 0 < await redis.ttl(keys.inbox(LANE)) <= 7 * 86400
        assert 0 < await redis.ttl(keys.tries(LANE)) <= 7 * 86400
        await strike(inbox, LANE, taken.item)

    assert await all_keys(redis) == [keys.lanes().encode()]


async def test_a_lane_found_empty_twice_is_forgotten_and_one_announced_meanwhile_is_not(inbox, redis, keys):
    """Whoever puts announces first; a look in between must not forget the lane."""
    for lane in ("done", "done and announced again"):
        await inbox.add(lane, turn("a"))
        await strike(inbox, lane, (await begun(inbox, lane)).item)

    assert await inbox.lanes_left(for_seconds=-60) == ()
    await redis.zadd(keys.lanes(), {"done and announced again": 1_000_000})
    assert await inbox.lanes_left(for_seconds=-60) == ()

    assert await redis.zrange(keys.lanes(), 0, -1) == [b"done and announced again"]


async def test_what_nobody_holds_is_left_and_what_somebody_holds_is_not(inbox):
    await inbox.add("held", turn("a"))
    await inbox.add("left", turn("b"))

    async with inbox.hold("held") as hold:
        await hold.next()
        assert await inbox.lanes_left(for_seconds=-60) == ("left",)

    assert await inbox.lanes_left(for_seconds=-60) == ("held", "left")
    assert await inbox.lanes_left(for_seconds=60) == ()


async def test_a_lane_is_held_by_one_at_a_time(inbox):
    await inbox.add(LANE, turn("a"))

    async with inbox.hold(LANE) as hold, inbox.hold(LANE) as other:
        taken = await hold.next()
        assert await other.next() is None
        assert await hold.next(taken.item) is None

    assert not await inbox.has_work(LANE)


async def test_done_and_next_are_one_step(inbox):
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("b"))

    async with inbox.hold(LANE) as hold:
        first = await hold.next()
        second = await hold.next(first.item)

    assert (first.work, second.work, second.tries) == (turn("a"), turn("b"), 1)


async def test_who_lost_the_lane_strikes_what_is_done_and_takes_no_more(inbox, redis, keys):
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("b"))

    async with inbox.hold(LANE) as hold:
        first = await hold.next()
        await redis.set(keys.lock(LANE), "an heir")
        assert await hold.next(first.item) is None

    assert await redis.llen(keys.inbox(LANE)) == 1
    assert await redis.get(keys.lock(LANE)) == b"an heir"


async def test_lanes_that_wait_longest_come_first(inbox, redis, keys):
    await inbox.add("late", turn("a"))
    await inbox.add("early", turn("b"))
    await redis.zadd(keys.lanes(), {"early": 1_000_000})

    assert await inbox.lanes_waiting() == ("early", "late")


async def test_what_was_said_does_not_show_on_redis_when_sealed(redis, keys):
    await RedisInbox(redis, keys, Codec.from_setting(FIRST)).add(LANE, turn("lunch with Ana"))

    [item] = await redis.lrange(keys.inbox(LANE), 0, -1)

    assert b"lunch" not in item


async def test_unreadable_work_is_handed_out_without_it(inbox, redis, keys, caplog):
    await redis.rpush(keys.inbox(LANE), b"0123456789abcdef" + b"\x00{nonsense: lunch with Ana}")

    taken = await begun(inbox)

    assert taken.work is None
    assert taken.item
    assert "lunch" not in caplog.text


async def test_an_item_put_into_another_lane_does_not_open(redis, keys):
    inbox = RedisInbox(redis, keys, Codec.from_setting(FIRST))
    await inbox.add(LANE, turn("a"))
    await put_elsewhere(redis, keys.inbox(LANE), keys.inbox("other"))

    assert (await begun(inbox, "other")).work is None


async def test_work_sealed_with_a_key_we_lack_is_left_to_others(redis, keys):
    theirs = RedisInbox(redis, keys, Codec.from_setting(SECOND))
    await theirs.add(LANE, turn("a"))

    with pytest.raises(StoreUnavailable):
        await begun(RedisInbox(redis, keys, Codec.from_setting(FIRST)))

    taken = await begun(theirs)
    assert (taken.work, taken.tries) == (turn("a"), 1), "who cannot read it has not tried it"


async def test_a_thread_that_is_left_is_stored_with_what_is_done(inbox, redis, keys, codec):
    store = RedisConversationStore(redis, keys, codec)
    await inbox.add(LANE, turn("a"))

    async with inbox.hold(LANE) as hold:
        taken = await hold.next()
        async with store.open(LANE) as session:
            await session.save(ThreadState(handled=("a",)))
            await session.leave(session.state.having_handled("left"))
            assert session.state.handled == ("a", "left")
        assert (await store.peek(LANE)).handled == ("a",)
        await hold.next(taken.item)

    assert (await store.peek(LANE)).handled == ("a", "left")


async def test_within_a_drain_the_thread_opens_without_a_lock_and_as_it_was_left(inbox, redis, keys, codec):
    store = RedisConversationStore(redis, keys, codec, wait_seconds=0.2)
    await inbox.add(LANE, turn("a"))

    async with inbox.hold(LANE) as hold:
        await hold.next()
        async with store.open(LANE) as session:
            await session.leave(ThreadState(handled=("left",)))
        async with store.open(LANE) as session:
            assert session.state.handled == ("left",)

    assert await redis.get(keys.lock(LANE)) is None


async def test_who_lost_the_lane_stores_nothing_over_its_heirs_thread(inbox, redis, keys, codec):
    store = RedisConversationStore(redis, keys, codec)
    await inbox.add(LANE, turn("a"))

    async with inbox.hold(LANE) as hold:
        taken = await hold.next()
        async with store.open(LANE) as session:
            await session.leave(ThreadState(handled=("late",)))
            await redis.set(keys.lock(LANE), "an heir")
            with pytest.raises(LockLost):
                await session.save(ThreadState(handled=("later",)))
        await hold.next(taken.item)

    assert await redis.get(keys.state(LANE)) is None


async def test_a_step_that_is_sent_again_brings_what_an_heir_has_stored_and_stores_nothing_over_it(
    inbox, redis, keys, codec
):
    """The lane lapsed, an heir worked and went; our next step lost its answer, and was sent again."""
    store = RedisConversationStore(redis, keys, codec)
    await inbox.add(LANE, turn("a"))
    await inbox.add(LANE, turn("b"))

    async with inbox.hold(LANE) as hold:
        taken = await hold.next()
        async with store.open(LANE) as session:
            await session.leave(ThreadState(handled=("ours",)))
        await redis.delete(keys.lock(LANE))
        await asyncio.create_task(_saved(store, "an heir's"), context=Context())
        await inbox.step(copy(hold.claim), taken.item, more=True)

        await hold.next(taken.item)

        async with store.open(LANE) as session:
            assert session.state.handled == ("an heir's",)
    assert (await store.peek(LANE)).handled == ("an heir's",)


async def test_a_lane_that_was_lost_and_taken_again_is_renewed(redis, keys, codec):
    inbox = RedisInbox(redis, keys, codec, renew_seconds=0.05)
    await inbox.add(LANE, turn("a"))

    async with inbox.hold(LANE) as hold:
        await hold.next()
        await redis.delete(keys.lock(LANE))
        await asyncio.sleep(0.3)  # it is seen to be lost
        await hold.next()
        await redis.pexpire(keys.lock(LANE), 500)

        await asyncio.sleep(1)

        assert await redis.exists(keys.lock(LANE))


async def _saved(store, handled):
    async with store.open(LANE) as session:
        await session.save(ThreadState(handled=(handled,)))


async def test_outside_of_a_drain_a_thread_that_is_left_is_stored_at_once(redis, keys, codec):
    store = RedisConversationStore(redis, keys, codec)

    async with store.open(LANE) as session:
        await session.leave(ThreadState(handled=("left",)))

    assert (await store.peek(LANE)).handled == ("left",)


@pytest.mark.parametrize("ahead", [3600, -3600])
async def test_a_lane_that_a_wrong_clock_announced_is_found_when_it_was_left(redis, keys, codec, ahead):
    """Clocks of two machines differ, or one is set back."""
    theirs = RedisInbox(redis, keys, codec, clock=lambda: 1_000_000.0 + ahead)
    ours = RedisInbox(redis, keys, codec, clock=lambda: 1_000_000.0)
    await theirs.add(LANE, turn("a"))

    assert await ours.lanes_left(for_seconds=3) == (LANE,)
    assert await ours.lanes_waiting() == (LANE,)
    await strike(ours, LANE, (await begun(ours)).item)
    assert await ours.lanes_left(for_seconds=3) == ()
    assert await ours.lanes_left(for_seconds=3) == ()
    assert await all_keys(redis) == []

import logging
from datetime import timedelta

import pytest

from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.later import RedisLater
from tests.stores.conftest import FIRST, SECOND
from tests.works import NOW, turn

WEEK = 7 * 86400


def after(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def later(redis, keys, codec):
    return RedisLater(redis, keys, codec)


async def due(later, seconds):
    return [work.text for _, work in await later.due(after(seconds))]


async def test_a_work_waits_until_its_time_has_come_and_stays_until_it_is_struck_off(later):
    await later.put(turn("a"), after(10))

    assert await due(later, 9.999) == []
    assert await due(later, 10) == ["a"]
    [(item, work)] = await later.due(after(11))
    assert work == turn("a")

    await later.strike(item, work)

    assert await due(later, 99) == []
    assert await later.count() == 0


async def test_the_first_due_comes_first_whenever_it_was_put(later):
    for text, seconds in (("c", 30), ("a", 10), ("b", 20), ("late", 99)):
        await later.put(turn(text), after(seconds))

    assert await due(later, 30) == ["a", "b", "c"]
    assert await later.count() == 4


async def test_put_again_only_the_last_time_counts(later):
    await later.put(turn("first", id="1"), after(10))
    await later.put(turn("second", id="1"), after(20))

    assert await due(later, 15) == []
    assert await due(later, 20) == ["second"]
    assert await later.count() == 1


async def test_what_was_put_again_while_it_was_moved_is_not_struck_off(later):
    await later.put(turn("first", id="1"), after(10))
    [(item, work)] = await later.due(after(10))
    await later.put(turn("second", id="1"), after(20))

    await later.strike(item, work)

    assert await due(later, 20) == ["second"]


async def test_what_is_cancelled_never_comes(later):
    await later.put(turn("a"), after(10))

    assert await later.cancel("a")
    assert not await later.cancel("a")

    assert await due(later, 10) == []


async def test_one_at_a_time_moves_them_and_nobody_for_longer_than_eight_seconds_unseen(later, redis, keys):
    async with later.alone() as ours, later.alone() as theirs:
        assert (ours, theirs) == (True, False)
        assert 0 < await redis.pttl(keys.later_lock()) <= 8000

    async with later.alone() as ours:
        assert ours


async def test_everything_expires_a_week_after_the_last_is_due(later, redis, keys):
    now, *_ = await redis.time()
    at = NOW + timedelta(seconds=now - NOW.timestamp())
    await later.put(turn("far"), at + timedelta(days=30))
    await later.put(turn("near"), at + timedelta(days=1))

    for key in (keys.later_due(), keys.later_works()):
        assert 37 * 86400 - 60 <= await redis.ttl(key) <= 37 * 86400 + 60


async def test_nothing_is_left_behind(later, redis):
    await later.put(turn("a"), after(-5))
    assert 0 < await redis.ttl((await redis.keys("*"))[0]) <= WEEK
    [(item, work)] = await later.due(after(0))
    await later.strike(item, work)

    assert await redis.keys("*") == []


async def test_what_was_said_does_not_show_on_redis_when_sealed(redis, keys):
    await RedisLater(redis, keys, Codec.from_setting(FIRST)).put(turn("lunch with Ana", id="1"), after(1))

    assert b"lunch" not in b"".join(await redis.hvals(keys.later_works()))


async def test_a_work_sealed_with_a_key_we_lack_is_left_to_others_and_holds_up_nobody(redis, keys):
    ours, theirs = (RedisLater(redis, keys, Codec.from_setting(one)) for one in (FIRST, SECOND))
    await theirs.put(turn("theirs"), after(10))
    await ours.put(turn("ours"), after(20))

    assert await due(ours, 30) == ["ours"]
    assert await due(ours, 7 * 86400) == ["ours"]
    assert await due(theirs, 8 * 86400) == ["theirs"]


async def test_one_of_a_newer_version_is_kept_for_it_for_a_day_and_then_dropped(later, redis, keys, caplog):
    await later.put(turn("a"), after(10))
    item = await redis.hget(keys.later_works(), "a")
    await redis.hset(keys.later_works(), "a", item[:15] + b"\x00{lunch with Ana}")

    assert await due(later, 10) == []
    assert await due(later, 10 + 86000) == []
    assert await later.count() == 1
    with caplog.at_level(logging.DEBUG):
        assert await due(later, 10 + 2 * 86400) == []

    assert await later.count() == 0
    assert "work for later unreadable id=a" in caplog.text
    assert "lunch" not in caplog.text


async def test_a_hundred_at_a_time(later):
    for number in range(103):
        await later.put(turn(f"{number:03}"), after(number))

    found = await due(later, 200)

    assert (len(found), found[0], found[-1]) == (100, "000", "099")


async def test_a_redis_that_is_away_is_told(keys, own_redis_server):
    server = own_redis_server()
    client = connect(server.url)
    later = RedisLater(client, keys, Codec.from_setting(None))
    server.stop()

    for asked in (later.put(turn("a"), NOW), later.due(NOW), later.cancel("a"), later.count()):
        with pytest.raises(StoreUnavailable):
            await asked
    await client.aclose()

import asyncio
from datetime import timedelta

import pytest

from bot.conversation.ports import QueueUnavailable, StoreUnavailable
from bot.jobs.queue import LaneQueue
from bot.jobs.timekeeper import Chore, Timekeeper
from bot.stores.codec import Codec
from bot.stores.dead import RedisDead
from bot.stores.later import RedisLater
from bot.stores.periods import RedisPeriods
from bot.tending import remind
from tests.jobs.conftest import KEYS, hands_on
from tests.works import NOW, turn


class Time:
    """A clock in the test's hands."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def passes(self, seconds):
        self.now += timedelta(seconds=seconds)


class Listed:
    """A queue that writes down what is put into it, and is away or dies when told to."""

    def __init__(self):
        self.works = []
        self.is_away = False
        self.meanwhile = None

    async def put(self, work):
        if self.is_away:
            raise QueueUnavailable
        self.works.append(work.text)
        if self.meanwhile:
            await self.meanwhile()

    async def is_busy(self, lane):
        return bool(self.works)


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def listed():
    return Listed()


@pytest.fixture
def later(redis):
    return RedisLater(redis, KEYS, Codec.from_setting(None))


@pytest.fixture
def open_one(redis, later, listed, time):
    """Timekeepers of several processes."""

    def open_one(queue=listed, **how):
        return Timekeeper(later, queue, RedisPeriods(redis, KEYS), time, **how)

    return open_one


async def test_what_is_due_is_put_into_its_lane_in_order_and_once(later, open_one, listed, time):
    for text, seconds in (("c", 30), ("a", 10), ("b", 20), ("not yet", 99)):
        await later.put(turn(text), NOW + timedelta(seconds=seconds))
    keeper = open_one()
    await keeper.move_due()
    assert listed.works == []

    time.passes(30)
    await keeper.move_due()
    await keeper.move_due()

    assert listed.works == ["a", "b", "c"]
    assert not await keeper.has_due()


async def test_it_is_done_by_whoever_does_work(later, inbox, doer, open_one, time):
    hands = hands_on(inbox, doer)
    await later.put(turn("a"), NOW)

    await open_one(LaneQueue(inbox, hands.wake)).move_due()
    await hands.join()

    assert doer.done == ["a"]


async def test_several_processes_move_each_once_and_in_order(later, open_one, listed, time):
    for number in range(250):
        await later.put(turn(f"{number:03}"), NOW + timedelta(seconds=number))
    time.passes(300)
    keepers = [open_one() for _ in range(4)]

    while await later.count():
        await asyncio.gather(*(one.move_due() for one in keepers))

    assert listed.works == [f"{number:03}" for number in range(250)]


async def test_who_dies_between_the_two_steps_leaves_it_to_be_put_once_more(later, open_one, listed, redis):
    """Never lost; `handled` sees to it that it is done once."""
    await later.put(turn("a"), NOW)

    async def die():
        listed.meanwhile = None
        raise asyncio.CancelledError

    listed.meanwhile = die
    with pytest.raises(asyncio.CancelledError):
        await open_one().move_due()

    await open_one().move_due()

    assert listed.works == ["a", "a"]
    assert await later.count() == 0


async def test_a_queue_that_is_away_keeps_them_all(later, open_one, listed):
    await later.put(turn("a"), NOW)
    listed.is_away = True
    with pytest.raises(QueueUnavailable):
        await open_one().move_due()
    listed.is_away = False

    await open_one().move_due()

    assert listed.works == ["a"]


async def test_what_is_cancelled_is_never_put(later, open_one, listed, time):
    await later.put(turn("a"), NOW + timedelta(seconds=10))
    await later.cancel("a")
    time.passes(20)

    await open_one().move_due()

    assert listed.works == []


async def test_it_looks_by_itself_until_it_is_stopped_whatever_fails_meanwhile(later, open_one, listed):
    listed.is_away = True
    keeper = open_one(look_seconds=0.01)
    keeper.start()
    await later.put(turn("a"), NOW)
    await asyncio.sleep(0.1)
    listed.is_away = False

    async with asyncio.timeout(20):
        while not listed.works:  # noqa: ASYNC110 - it is the loop that is looked at
            await asyncio.sleep(0.01)
    await keeper.stop()

    await later.put(turn("after the end"), NOW)
    await asyncio.sleep(0.05)
    assert listed.works == ["a"]


class TestChores:
    """What is done now and then, by one process of all."""

    YEARS = 10**9

    async def test_one_process_does_it_once_a_period(self, open_one):
        done = []
        chore = Chore("tidy", self.YEARS, lambda: noted(done))
        keepers = [open_one(chores=(chore,)) for _ in range(5)]

        for _ in range(3):
            await asyncio.gather(*(one.do_chores() for one in keepers))

        assert len(done) == 1

    async def test_one_that_fails_is_logged_without_its_words_and_the_next_is_done(self, open_one, caplog):
        done = []

        async def fail():
            raise ValueError("lunch with Ana")

        chores = (Chore("bad", self.YEARS, fail), Chore("good", self.YEARS, lambda: noted(done)))

        await open_one(chores=chores).do_chores()

        assert len(done) == 1
        assert "chore failed name=bad error=ValueError" in caplog.text
        assert "lunch" not in caplog.text

    async def test_it_is_said_that_works_were_given_up_until_somebody_looks_after_them(
        self, redis, inbox, caplog
    ):
        dead = RedisDead(redis, KEYS)
        await remind(dead)
        assert caplog.text == ""
        await inbox.add("lane", turn("lunch with Ana"))
        [item] = await redis.lrange(KEYS.inbox("lane"), 0, -1)
        await inbox.bury("lane", item, "KeyError")

        await remind(dead)

        assert "works given up count=1" in caplog.text
        assert "lunch" not in caplog.text

    async def test_it_goes_on_where_redis_was_away_for_a_while(self, later, listed, time):
        claims = iter([StoreUnavailable("away"), True])
        done = []

        class Periods:
            async def claim(self, name, seconds):
                claim = next(claims, False)
                if isinstance(claim, Exception):
                    raise claim
                return claim

        chore = Chore("tidy", 60, lambda: noted(done))
        keeper = Timekeeper(later, listed, Periods(), time, chores=(chore,), chores_seconds=0.01)
        keeper.start()
        async with asyncio.timeout(20):
            while not done:  # noqa: ASYNC110 - it is the loop that is looked at
                await asyncio.sleep(0.01)
        await keeper.stop()


async def noted(done):
    done.append("done")

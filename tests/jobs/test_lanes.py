import asyncio
import logging
import time
from contextlib import asynccontextmanager

import pytest

from bot.conversation.ports import DeliveryFailed, LockLost, StoreUnavailable
from bot.jobs.lanes import Lanes
from bot.stores.dead import RedisDead
from tests.jobs.conftest import KEYS, PAUSES
from tests.logging_aloud import logged_aloud
from tests.works import turn

LANE = "T1:C1:1.0"


@pytest.fixture
def lanes(inbox, doer):
    return Lanes(inbox, doer.handle, doer.give_up, pauses=PAUSES)


class Failing:
    """Fails so often with this error, then does the work."""

    def __init__(self, error, times):
        self.error = error
        self.times = times
        self.begun = []
        self.began = asyncio.Event()

    async def handle(self, work):
        self.begun.append(time.monotonic())
        self.began.set()
        if len(self.begun) <= self.times:
            raise self.error


async def test_everything_that_waits_is_done_in_order(lanes, inbox, doer):
    for n in range(5):
        await inbox.add(LANE, turn(str(n)))

    await lanes.drain(LANE)

    assert doer.done == ["0", "1", "2", "3", "4"]
    assert not await inbox.has_work(LANE)


@pytest.mark.parametrize(
    "error", [StoreUnavailable(), LockLost(), DeliveryFailed(), KeyError("x"), TimeoutError()]
)
async def test_what_failed_is_done_again(inbox, doer, error):
    failing = Failing(error, times=4)
    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, failing.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    assert len(failing.begun) == 5
    assert doer.given_up == []
    assert not await inbox.has_work(LANE)


async def test_it_is_given_up_after_five_tries_and_the_reference_stands_in_the_log(
    inbox, doer, redis, caplog
):
    failing = Failing(RuntimeError(), times=99)
    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, failing.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    [(text, reference)] = doer.given_up
    assert (text, len(failing.begun)) == ("a", 5)
    [dead] = await RedisDead(redis, KEYS).all()
    assert (dead.lane, dead.tries) == (LANE, 5)
    assert dead.why.startswith("RuntimeError")
    assert f"work given up lane={LANE} kind=turn reference={reference}" in caplog.text


@pytest.mark.parametrize(("error", "tries"), [(DeliveryFailed(), 7), (LockLost(), 7), (KeyError("x"), 5)])
async def test_trouble_of_slack_or_redis_is_waited_out_longer(inbox, doer, error, tries):
    failing = Failing(error, times=99)
    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, failing.handle, doer.give_up, pauses=PAUSES, patience=(0.01, 0.01)).drain(LANE)

    assert len(failing.begun) == tries
    assert len(doer.given_up) == 1


async def test_pauses_grow_and_keep_the_order(inbox, doer):
    failing = Failing(LockLost(), times=2)
    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, failing.handle, doer.give_up, pauses=(0.05, 0.2, 0.2, 0.2)).drain(LANE)

    first, second = (later - sooner for sooner, later in zip(failing.begun, failing.begun[1:], strict=False))
    assert first >= 0.05
    assert second >= 0.2


async def test_who_asks_for_time_gets_it(inbox, doer):
    failing = Failing(DeliveryFailed(retry_after=0.3), times=1)
    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, failing.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    assert failing.begun[1] - failing.begun[0] >= 0.3


async def test_a_failing_apology_is_logged_and_the_next_is_done(inbox, doer, caplog):
    async def give_up(work, reference):
        raise RuntimeError("lunch with Ana")

    doer.poison.add("poison")
    await inbox.add(LANE, turn("poison"))
    await inbox.add(LANE, turn("next"))

    await Lanes(inbox, doer.handle, give_up, pauses=PAUSES).drain(LANE)

    assert doer.done == ["next"]
    assert "giving up failed" in caplog.text
    assert "lunch" not in caplog.text


async def test_logs_say_where_but_never_what(inbox, doer, caplog):
    """Messages of exceptions carry data: a validation error quotes its input."""

    async def handle(work):
        try:
            raise ValueError("lunch with ana@example.com")
        except ValueError as error:
            raise StoreUnavailable("cannot do: lunch with Ana") from error

    await inbox.add(LANE, turn("lunch with Ana, says ana@example.com"))

    with caplog.at_level(logging.DEBUG):
        await Lanes(inbox, handle, doer.give_up, pauses=PAUSES).drain(LANE)

    assert "StoreUnavailable(bot/jobs/lanes.py:" in caplog.text
    assert "<- ValueError" in caplog.text
    assert "unch" not in caplog.text
    assert "ana@" not in caplog.text


async def test_every_line_about_a_work_that_fails_carries_its_name(inbox, doer):
    failing = Failing(RuntimeError(), times=99)
    await inbox.add(LANE, turn("a"))

    with logged_aloud() as logged:
        await Lanes(inbox, failing.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    lines = [line for line in logged.getvalue().splitlines() if "bot.jobs.lanes work" in line]
    [(_, reference)] = doer.given_up
    assert len(lines) == 6  # five tries, and the end
    assert all(f"work={reference} " in line for line in lines)


async def test_work_that_kills_its_worker_is_given_up_in_the_end(inbox, doer, redis):
    """Tries count when work is begun: five workers took it and were never heard of again."""
    await inbox.add(LANE, turn("killer"))
    await inbox.add(LANE, turn("next"))
    for _ in range(5):
        async with inbox.hold(LANE) as hold:
            await hold.next()

    await Lanes(inbox, doer.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    assert doer.done == ["next"]
    assert [text for text, _ in doer.given_up] == ["killer"]
    [dead] = await RedisDead(redis, KEYS).all()
    assert dead.why == "begun again and again, and never finished"


async def test_unreadable_work_is_set_aside_and_the_next_is_done(inbox, doer, redis):
    await redis.rpush(KEYS.inbox(LANE), b"0123456789abcdef" + b'\x00{"kind": "of a newer version"}')
    await inbox.add(LANE, turn("next"))

    await Lanes(inbox, doer.handle, doer.give_up, pauses=PAUSES).drain(LANE)

    assert doer.done == ["next"]
    assert doer.given_up == []
    assert await redis.llen(KEYS.dead(LANE)) == 1


async def test_work_that_never_ends_is_broken_off(inbox, doer):
    async def hang(work):
        await asyncio.sleep(60)

    await inbox.add(LANE, turn("a"))

    await Lanes(inbox, hang, doer.give_up, pauses=(0.01,), longest_work=0.05).drain(LANE)

    assert [text for text, _ in doer.given_up] == ["a"]


async def test_two_drains_of_one_lane_leave_nothing_and_do_nothing_twice(inbox, doer):
    doer.seconds = 0.001
    for n in range(20):
        await inbox.add(LANE, turn(str(n)))
    lanes = Lanes(inbox, doer.handle, doer.give_up, pauses=PAUSES)

    await asyncio.gather(lanes.drain(LANE), lanes.drain(LANE))

    assert doer.done == [str(n) for n in range(20)]
    assert doer.given_up == []
    assert not await inbox.has_work(LANE)


async def test_a_stop_cuts_pauses_short_and_keeps_the_work(inbox, doer):
    failing = Failing(LockLost(), times=99)
    lanes = Lanes(inbox, failing.handle, doer.give_up, pauses=(60,))
    await inbox.add(LANE, turn("a"))
    draining = asyncio.create_task(lanes.drain(LANE))
    await failing.began.wait()

    lanes.stop()

    async with asyncio.timeout(2):
        await draining
    assert await inbox.has_work(LANE)


async def test_an_inbox_that_is_away_is_waited_for_then_told():
    class Away:
        asked = 0

        @asynccontextmanager
        async def hold(self, lane):
            yield self

        async def next(self, done):
            self.asked += 1
            raise StoreUnavailable("ConnectionError")

    away = Away()

    with pytest.raises(StoreUnavailable):
        await Lanes(away, None, None, pauses=PAUSES).drain(LANE)

    assert away.asked == 5

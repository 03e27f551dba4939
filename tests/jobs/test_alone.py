import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.conversation.correlation import short_name
from bot.conversation.ports import QueueUnavailable
from bot.jobs.queue import LaneQueue
from tests.jobs.conftest import KEYS, hands_on
from tests.works import turn


class Alone(LaneQueue):
    """The queue of a process that is alone, with its hands."""

    def __init__(self, inbox, hands):
        super().__init__(inbox, hands.wake)
        self.join = hands.join
        self.hands = hands


@pytest.fixture
async def queue(inbox, doer):
    hands = hands_on(inbox, doer)
    yield Alone(inbox, hands)
    await hands.stop(5)


async def test_a_lanes_work_is_done_in_order_of_arrival(queue, doer):
    for n in range(20):
        await queue.put(turn(str(n)))

    await queue.join()

    assert doer.done == [str(n) for n in range(20)]


async def test_lanes_run_side_by_side(inbox, doer):
    both = asyncio.Barrier(2)

    async def meet(work):
        async with asyncio.timeout(5):
            await both.wait()
        await doer.handle(work)

    queue = Alone(inbox, hands_on(inbox, doer, meet))
    await queue.put(turn("a", thread="1.0"))
    await queue.put(turn("b", thread="2.0"))

    await queue.join()

    assert sorted(doer.done) == ["a", "b"]


async def test_poison_is_buried_told_and_the_next_is_done(queue, doer, redis):
    doer.poison.add("poison")
    await queue.put(turn("poison"))
    await queue.put(turn("next"))

    await queue.join()

    assert doer.done == ["next"]
    [(text, reference)] = doer.given_up
    assert (text, reference) == ("poison", short_name("poison"))
    assert await redis.llen(KEYS.dead("T1:C1:1.0")) == 1


async def test_put_while_a_lane_is_emptied_is_not_lost(queue, doer):
    async def putter(name):
        for n in range(60):
            await queue.put(turn(f"{name}{n}"))
            await asyncio.sleep(0.0005 * (n % 4))

    await asyncio.gather(*(putter(name) for name in "abc"))
    await queue.join()

    assert len(doer.done) == 180
    assert [text for text in doer.done if text[0] == "b"] == [f"b{n}" for n in range(60)]


async def test_put_in_the_moment_a_lane_is_found_empty_is_not_lost(inbox, doer):
    """Redis says that nothing waits, work is put, and only then the answer is heard."""

    class SlowToHear:
        def __init__(self, hold):
            self.hold = hold

        async def next(self, done=b""):
            taken = await self.hold.next(done)
            if taken is None and "late" not in doer.done and doer.done:
                await queue.put(turn("late"))
            return taken

    class Slow:
        def __getattr__(self, name):
            return getattr(inbox, name)

        @asynccontextmanager
        async def hold(self, lane):
            async with inbox.hold(lane) as hold:
                yield SlowToHear(hold)

    queue = Alone(Slow(), hands_on(Slow(), doer))
    await queue.put(turn("early"))

    await queue.join()

    assert doer.done == ["early", "late"]


async def test_stop_finishes_what_runs_and_takes_no_more(inbox, doer):
    begun = asyncio.Event()

    async def slowly(work):
        begun.set()
        await asyncio.sleep(0.1)
        await doer.handle(work)

    queue = Alone(inbox, hands_on(inbox, doer, slowly))
    await queue.put(turn("in hand"))
    await queue.put(turn("waiting"))
    await begun.wait()

    queue.close()
    await queue.hands.stop(5)

    assert doer.done == ["in hand"]
    assert await inbox.has_work("T1:C1:1.0")
    with pytest.raises(QueueUnavailable):
        await queue.put(turn("too late"))

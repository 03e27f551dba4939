"""Whose turn it is, in processes as they are joined up: what is taken in here, and what is heard of."""

import asyncio

import pytest

from bot.conversation.ports import LockLost
from bot.conversation.turns import MessageRef, Press, Recheck, ShowMore, ThreadKey
from bot.jobs.queue import LaneQueue
from tests.jobs.conftest import Working, calling_queue, hands_on
from tests.works import NOW, turn

MANY = 200


class Held:
    """Does nothing before it may; then all that comes, writing down what."""

    def __init__(self):
        self.begun = []
        self.may = asyncio.Event()

    async def handle(self, work):
        self.begun.append(work.id)
        await self.may.wait()
        await asyncio.sleep(0.001)


def said(text, *, by, thread=None):
    return turn(text, thread=thread or text).model_copy(update={"speaker": by})


def pressed(id, *, by):
    return Press(
        id=id,
        thread=ThreadKey(team="T1", channel="C1", thread=id),
        person=by,
        choice=ShowMore(conversation_id="1"),
        card=MessageRef(channel="C1", ts="1"),
        at=NOW,
    )


def looked_again(id, *, lane):
    return Recheck(id=id, lane=lane, proposal_id="1", person="U1", look=0, since=NOW, at=NOW)


async def until(holds, seconds=60):
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - it is another's state
            await asyncio.sleep(0.005)


async def put_many_then_two_others(queue):
    for number in range(MANY):
        await queue.put(said(f"many {number}", by="UMANY"))
    await queue.put(said("one", by="UONE"))
    await queue.put(pressed("press", by="UTWO"))


def answered_among_the_first(begun):
    """What was inside already; then the press; then people in turn."""
    assert len(begun) == MANY + 2
    assert begun[0] == "many 0"
    assert begun[1] == "press"
    assert "one" in begun[2:4]


async def test_two_hundred_threads_of_one_person_keep_nobody_waiting_here(inbox, doer):
    held = Held()
    hands = hands_on(inbox, doer, held.handle, places=1)
    await put_many_then_two_others(LaneQueue(inbox, hands.wake))

    held.may.set()
    await hands.join()

    answered_among_the_first(held.begun)


@pytest.mark.redis
async def test_nor_where_the_calls_of_others_are_heard(real_redis, blocking_redis, real_inbox, doer):
    held = Held()
    worker = Working(blocking_redis, real_inbox, doer, held.handle, places=1, look_seconds=3600)
    await worker.start()
    async with calling_queue(real_redis, real_inbox) as queue:
        await put_many_then_two_others(queue)
        await until(lambda: worker.hands.waiting == MANY + 2 - 1)

        held.may.set()
        await until(lambda: len(held.begun) == MANY + 2)
    await worker.stop()

    answered_among_the_first(held.begun)


@pytest.mark.redis
async def test_who_has_no_place_leaves_calls_to_who_has(real_redis, blocking_redis, real_inbox, doer):
    held = Held()
    hears = {"look_seconds": 20}  # a machine that stands still for a moment must not look like no place
    full = Working(blocking_redis, real_inbox, doer, held.handle, hears=hears, places=1, look_seconds=3600)
    await full.start()
    async with calling_queue(real_redis, real_inbox) as queue:
        await queue.put(said("fills it", by="U1"))
        await until(lambda: held.begun)
        free = Working(blocking_redis, real_inbox, doer, places=1, look_seconds=3600)
        await free.start()

        for number in range(10):
            await queue.put(said(f"quick {number}", by="U1"))
            await doer.until(f"quick {number}")

        held.may.set()
        await full.stop()
        await free.stop()
    assert held.begun == ["fills it"]


async def test_who_waits_for_time_to_pass_keeps_nobody_from_a_place(inbox, doer):
    """Slack wants to be left alone for a minute; others of the one place's work are done meanwhile."""
    tried = asyncio.Event()

    async def handle(work):
        if work.text == "refused":
            tried.set()
            raise LockLost
        await doer.handle(work)

    hands = hands_on(inbox, doer, handle, pauses=(60,), places=1)
    queue = LaneQueue(inbox, hands.wake)
    await queue.put(said("refused", by="U1"))
    await tried.wait()

    await queue.put(said("other", by="U1"))

    await doer.until("other")
    await hands.stop(5)


async def test_a_lane_with_much_work_gives_way_after_each(inbox, doer):
    held = Held()
    hands = hands_on(inbox, doer, held.handle, places=1)
    queue = LaneQueue(inbox, hands.wake)
    for number in range(5):
        await queue.put(said(f"long {number}", by="U1", thread="1.0"))
    await until(lambda: held.begun)
    await queue.put(said("other", by="U2"))

    held.may.set()
    await hands.join()

    assert held.begun == ["long 0", "other", "long 1", "long 2", "long 3", "long 4"]


async def test_what_comes_after_another_look_waits_as_urgently_as_it_is(inbox, doer):
    """A press after a look that nobody asked for, in the lane that this one holds: it waits before words."""
    held = Held()
    hands = hands_on(inbox, doer, held.handle, places=1)
    queue = LaneQueue(inbox, hands.wake)
    after = pressed("press", by="U1")
    await queue.put(looked_again("look", lane=after.thread.lane))
    await until(lambda: held.begun)
    for number in range(3):
        await queue.put(said(f"word {number}", by=f"U{number}"))
    await queue.put(after)

    held.may.set()
    await hands.join()

    assert held.begun[0] == "look"
    assert held.begun.index("press") <= 2, held.begun


async def test_a_lane_that_waits_takes_one_place_however_often_it_was_called(inbox, doer):
    held = Held()
    hands = hands_on(inbox, doer, held.handle, places=1)
    queue = LaneQueue(inbox, hands.wake)
    await queue.put(said("inside", by="U1"))
    await until(lambda: held.begun)

    for number in range(20):
        await queue.put(said(f"more {number}", by="U1", thread="1.0"))

    assert hands.waiting == 1
    held.may.set()
    await hands.join()
    assert len(held.begun) == 21

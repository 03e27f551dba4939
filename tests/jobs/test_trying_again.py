"""How long a work that failed waits, and that there is an end to it."""

import asyncio

import pytest

from bot.conversation.ports import DeliveryFailed, LockLost, QueueUnavailable, StoreUnavailable
from bot.jobs import lanes
from bot.jobs.lanes import LONGEST_PAUSE, PATIENCE, PAUSES, SPREAD, Lanes
from bot.stores.dead import RedisDead
from tests.jobs.conftest import KEYS
from tests.works import turn

LANE = "T1:C1:1.0"


@pytest.fixture
def paused(monkeypatch):
    """The pauses that are made, in seconds; none of them takes any time."""
    made = []

    async def comes(event, *, within):
        made.append(within)
        await asyncio.sleep(0)
        return False

    monkeypatch.setattr(lanes, "comes", comes)
    return made


async def tried(inbox, doer, error, jitter=lambda low, high: low):
    """Try a work that fails like this until it is given up; how often that was."""
    begun = []

    async def fail(work):
        begun.append(work)
        raise error

    await inbox.add(LANE, turn("a"))
    await Lanes(inbox, fail, doer.give_up, patience=PATIENCE, jitter=jitter).drain(LANE)
    assert [text for text, _ in doer.given_up] == ["a"]
    return len(begun)


async def test_pauses_double_and_end_and_what_failed_is_told_and_kept(inbox, doer, redis, paused):
    assert await tried(inbox, doer, KeyError("x")) == 5

    assert paused == list(PAUSES) == [0.5, 1.0, 2.0, 4.0]
    [dead] = await RedisDead(redis, KEYS).all()
    assert (dead.tries, dead.why.split("(")[0]) == (5, "KeyError")


@pytest.mark.parametrize("error", [DeliveryFailed(), StoreUnavailable(), LockLost(), QueueUnavailable()])
async def test_what_slack_or_redis_did_is_waited_out_for_a_minute(inbox, doer, paused, error):
    assert await tried(inbox, doer, error) == 8

    assert paused == [*PAUSES, *PATIENCE]
    assert 60 <= sum(paused) <= 90


async def test_what_failed_together_does_not_come_back_together(inbox, doer, paused):
    await tried(inbox, doer, KeyError("x"), jitter=lambda low, high: high)

    assert paused == [pause * SPREAD for pause in PAUSES]
    assert SPREAD > 1


@pytest.mark.parametrize(("asked", "first"), [(30.0, 30.0), (0.1, PAUSES[0]), (3600.0, LONGEST_PAUSE)])
async def test_a_time_that_slack_asks_for_is_kept_up_to_a_minute(inbox, doer, paused, asked, first):
    """However long it asks for: others of the lane wait, too, and the next try is refused again."""
    await tried(inbox, doer, DeliveryFailed(retry_after=asked))

    assert paused[0] == first


async def test_work_that_takes_its_worker_down_each_time_is_given_up_without_another_try(inbox, doer, paused):
    await inbox.add(LANE, turn("killer"))
    for _ in range(len(PAUSES) + len(PATIENCE) + 1):
        async with inbox.hold(LANE) as hold:
            await hold.next()  # and the process is gone

    await Lanes(inbox, doer.handle, doer.give_up, patience=PATIENCE).drain(LANE)

    assert doer.done == []
    assert [text for text, _ in doer.given_up] == ["killer"]

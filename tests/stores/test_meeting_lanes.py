"""What people are told of a meeting is kept until it is over, a notice for each, however many they are."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.state import CONVERSATIONS_KEPT, Notice, ThreadState
from bot.conversation.turns import meeting_lane, meeting_of
from bot.meetings.naming import key_of
from bot.scheduling.model import SHARED, Booking
from bot.stores.conversations import RedisConversationStore
from bot.stores.keys import STATE_SECONDS
from tests.stores.threads import conversation
from tests.works import NOW

LANE = meeting_lane("T1", key_of("uid"))
BOOKING = Booking(uid="uid", title="Intro", start=NOW, end=NOW + timedelta(hours=1), status="accepted")


@pytest.fixture
def store(redis, keys, codec):
    return RedisConversationStore(redis, keys, codec, clock=lambda: NOW.timestamp())


def notice(person):
    plan = Notice(booking=BOOKING, role="host", calendar=SHARED, news="created")
    return conversation(f"n-{person}").changed(owner=person, plan=plan, proposals=())


def test_a_lane_of_a_meeting_is_known_as_one():
    assert meeting_of(LANE) == key_of("uid")
    assert meeting_of("T1:C1:1.0") is None
    assert meeting_of("booking:abc") is None


async def test_it_is_kept_until_what_it_is_about_is_over(store, redis, keys):
    async with store.open(LANE) as session:
        await session.save(ThreadState(until=NOW + timedelta(days=60)))
    assert await redis.ttl(keys.state(LANE)) == pytest.approx(60 * 24 * 3600, abs=5)


async def test_what_is_over_soon_is_kept_as_long_as_everything(store, redis, keys):
    async with store.open(LANE) as session:
        await session.save(ThreadState(until=datetime(2020, 1, 1, tzinfo=UTC)))
    assert await redis.ttl(keys.state(LANE)) == pytest.approx(STATE_SECONDS, abs=5)


async def test_no_notice_is_dropped_for_another(store):
    people = [f"U{n}" for n in range(CONVERSATIONS_KEPT * 2)]
    state = ThreadState()
    for person in people:
        state = state.having(notice(person))
    for n in range(CONVERSATIONS_KEPT + 1):
        state = state.having(conversation(f"c{n}"))
    async with store.open(LANE) as session:
        await session.save(state)

    kept = await store.peek(LANE)
    assert [one.owner for one in kept.conversations if isinstance(one.plan, Notice)] == people
    assert kept.conversation("c0") is None
    assert kept.conversation("c1") is not None
    assert kept.notice_to("U3") == state.notice_to("U3")

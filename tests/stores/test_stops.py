"""Who said stop: seen by every process, for what was said before it, in that session alone."""

from datetime import UTC, datetime, timedelta

from bot.conversation.sessions import SessionRef
from bot.stores.stops import RedisStops

AT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
HERE = SessionRef(team="T1", channel="D1", root="1784019600.000100")


async def test_a_stop_is_for_what_was_said_before_it_in_that_session(redis, keys):
    await RedisStops(redis, keys).note(HERE, AT)

    others = RedisStops(redis, keys)
    assert await others.is_said(HERE, AT - timedelta(seconds=5))
    assert not await others.is_said(HERE, AT + timedelta(milliseconds=1))
    assert not await others.is_said(HERE.model_copy(update={"root": "1784019601.000100"}), AT)
    assert not await others.is_said(HERE.model_copy(update={"team": "T2"}), AT)


async def test_a_stop_is_forgotten_after_some_minutes(redis, keys):
    await RedisStops(redis, keys).note(HERE, AT)

    assert 0 < await redis.ttl(keys.stop("T1", "D1", HERE.root)) <= 600

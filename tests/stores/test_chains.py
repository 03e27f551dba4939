"""Which meeting a booking is of is remembered by the hash of its uid."""

import pytest

from bot.stores.chains import RedisChains
from tests.stores.conftest import all_keys


@pytest.fixture
def chains(redis, keys):
    return RedisChains(redis, keys)


async def test_all_bookings_of_a_chain_are_of_its_meeting_in_their_workspace(chains):
    await chains.remember("T1", ("uid-1", "uid-2"), "meeting")

    assert await chains.meeting("T1", "uid-1") == await chains.meeting("T1", "uid-2") == "meeting"
    assert await chains.meeting("T1", "uid-3") is None
    assert await chains.meeting("T2", "uid-1") is None


async def test_it_is_forgotten_after_a_season_and_holds_no_uid(chains, redis):
    await chains.remember("T1", ("uid-that-cancels",), "meeting")

    [key] = await all_keys(redis)

    assert b"uid-that-cancels" not in key
    assert 90 * 86400 - 5 <= await redis.ttl(key) <= 90 * 86400

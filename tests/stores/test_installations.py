"""The workspaces that have the bot: each its own, or its organisation's."""

import asyncio

import pytest

from bot.conversation.ports import LockLost, StoreUnavailable
from bot.stores.codec import Codec
from bot.stores.installations import RedisInstallations
from tests.stores.conftest import FIRST, all_keys
from tests.stores.connections import installed


@pytest.fixture
def installations(redis, keys):
    return RedisInstallations(redis, keys, Codec.from_setting(FIRST), wait_seconds=0.05)


async def test_a_workspace_is_found_with_its_token(installations):
    await installations.keep(installed("T1"))

    found = await installations.of("T1")

    assert found == installed("T1")
    assert found.bot_token.get_secret_value() == "xoxb-of-the-bot"
    assert await installations.of("T2") is None
    assert await installations.of(None) is None


async def test_the_organisations_serves_where_a_workspace_has_none_of_its_own(installations):
    await installations.keep(installed(None, "E1", token="xoxb-of-the-org"))
    await installations.keep(installed("T1", "E1"))

    assert (await installations.of("T1", "E1")).bot_token.get_secret_value() == "xoxb-of-the-bot"
    assert (await installations.of("T2", "E1")).bot_token.get_secret_value() == "xoxb-of-the-org"
    assert (await installations.of(None, "E1")).is_org
    assert await installations.of("T2", "E2") is None
    assert {one.team for one in await installations.all()} == {"T1", None}


async def test_uninstalled_from_one_is_not_uninstalled_from_all(installations, redis):
    await installations.keep(installed(None, "E1"))
    await installations.keep(installed("T1", "E1"))

    await installations.forget("T1", "E1")
    assert (await installations.of("T1", "E1")).is_org

    await installations.forget(None, "E1")
    assert await all_keys(redis) == []


async def test_no_token_stands_in_redis_in_clear(installations, redis, keys):
    await installations.keep(installed("T1"))

    [kept] = (await redis.hgetall(keys.installations())).values()

    assert b"xox" not in kept


async def test_a_token_put_in_another_workspaces_place_does_not_open(installations, redis, keys):
    await installations.keep(installed("T1"))
    await redis.hset(keys.installations(), "T2", await redis.hget(keys.installations(), "T1"))

    with pytest.raises(StoreUnavailable):
        await installations.of("T2")


async def test_one_rotates_a_token_at_a_time_and_not_once_it_is_uninstalled(installations):
    await installations.keep(installed("T1"))
    async with installations.alone("T1"):
        with pytest.raises(LockLost):
            async with installations.alone("T1"):
                pass
        await asyncio.create_task(installations.forget("T1"))

        with pytest.raises(LockLost):
            await installations.keep(installed("T1", token="xoxb-rotated"))

    assert await installations.of("T1") is None


async def test_an_organisations_installation_knows_whom_it_has_served(installations, redis):
    await installations.keep(installed(None, "E1"))
    await installations.keep(installed("T1", "E1"))

    for team in ("T1", "T2", "T3", "T2"):
        await installations.of(team, "E1")

    assert await installations.served("E1") == ("T2", "T3")
    await installations.forget("T1")
    await installations.forget(None, "E1")
    assert await installations.served("E1") == ()
    assert await all_keys(redis) == []

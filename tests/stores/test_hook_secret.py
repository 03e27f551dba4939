"""The secret of the bot's own webhooks is made once, and is the same to all processes."""

import asyncio

import pytest

from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec
from bot.stores.hook_secret import RedisHookSecret
from tests.stores.conftest import FIRST, SECOND, all_keys


async def test_processes_that_begin_at_once_have_one_secret(redis, keys, codec):
    found = await asyncio.gather(*(RedisHookSecret(redis, keys, codec)() for _ in range(5)))

    assert len(set(found)) == 1
    assert len(found[0]) == 64
    assert await RedisHookSecret(redis, keys, codec)() == found[0]


async def test_it_lasts_and_is_sealed(redis, keys):
    secret = await RedisHookSecret(redis, keys, Codec.from_setting(FIRST))()

    [key] = await all_keys(redis)
    assert await redis.ttl(key) == -1
    assert secret.encode() not in await redis.get(key)


async def test_what_is_damaged_is_made_anew(redis, keys):
    codec = Codec.from_setting(FIRST)
    await redis.set(keys.hook_secret(), b"\x09what")

    assert await RedisHookSecret(redis, keys, codec)() == await RedisHookSecret(redis, keys, codec)()


async def test_what_another_key_sealed_is_not_thrown_away(redis, keys):
    secret = await RedisHookSecret(redis, keys, Codec.from_setting(FIRST))()
    with pytest.raises(StoreUnavailable):
        await RedisHookSecret(redis, keys, Codec.from_setting(SECOND))()

    assert await RedisHookSecret(redis, keys, Codec.from_setting(FIRST))() == secret

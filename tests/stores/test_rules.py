"""What admins have decided, here at once and elsewhere within seconds."""

import pytest

from bot.accounts.model import Rules
from bot.accounts.ports import SecretsRefused
from bot.accounts.secrets import to_be_sealed
from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec
from bot.stores.rules import REMEMBERED_SECONDS, RedisRules
from tests.stores.conftest import FIRST
from tests.stores.connections import linked


class Watch:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def rules(redis, keys, codec):
    return RedisRules(redis, keys, codec)


async def test_the_usual_ones_until_somebody_decides(rules, redis, keys, codec):
    assert await rules.of("T1") == Rules(team="T1")

    await rules.keep(Rules(team="T1", guests="public", channels=("C1",)))

    assert (await rules.of("T1")).guests == "public"
    assert (await RedisRules(redis, keys, codec).of("T1")).channels == ("C1",)
    assert await rules.of("T2") == Rules(team="T2")
    await rules.forget("T1")
    assert await rules.of("T1") == Rules(team="T1")


async def test_what_another_process_decides_is_known_within_seconds(redis, keys, codec, watch):
    here, there = RedisRules(redis, keys, codec, monotonic=watch), RedisRules(redis, keys, codec)
    await here.of("T1")
    await there.keep(Rules(team="T1", guests="public"))

    assert (await here.of("T1")).guests == "nothing"
    watch.now += REMEMBERED_SECONDS
    assert (await here.of("T1")).guests == "public"


async def test_they_are_not_asked_of_redis_with_every_turn(rules, redis, keys):
    await rules.of("T1")
    await redis.set(keys.rules("T1"), b"\x09not looked at")

    assert await rules.of("T1") == Rules(team="T1")


async def test_a_shared_key_is_kept_only_where_it_is_sealed(redis, keys, codec):
    rules = RedisRules(redis, keys, codec)
    shared = Rules(team="T1", shared=linked(key="cal_live_shared"))
    if not codec.seals:
        with pytest.raises(SecretsRefused, match="unsealed"):
            await rules.keep(shared)
        return

    await rules.keep(shared)

    found = await RedisRules(redis, keys, codec).of("T1")
    assert found.shared.key.get_secret_value() == "cal_live_shared"
    assert b"cal_live" not in await redis.get(keys.rules("T1"))


async def test_rules_that_do_not_open_are_not_taken_for_the_usual_ones(redis, keys):
    """Another workspace's, which somebody put here, may allow more."""
    codec = Codec.from_setting(FIRST)
    await RedisRules(redis, keys, codec).keep(Rules(team="T1", guests="public"))
    await redis.set(keys.rules("T2"), await redis.get(keys.rules("T1")))

    with pytest.raises(StoreUnavailable):
        await RedisRules(redis, keys, codec).of("T2")


async def test_a_shared_account_that_nobody_sealed_is_not_believed(redis, keys):
    made_up = Rules(team="T1", shared=linked(key="cal_live_of_the_thief"))
    await redis.set(keys.rules("T1"), b"\x00" + to_be_sealed(made_up))

    with pytest.raises(StoreUnavailable):
        await RedisRules(redis, keys, Codec.from_setting(FIRST)).of("T1")

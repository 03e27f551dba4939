import pytest

from bot.conversation.ports import StoreUnavailable
from bot.stores.codec import Codec
from bot.stores.ledger import RedisWriteLedger
from tests.stores.conftest import FIRST, SECOND, all_keys, put_elsewhere


@pytest.fixture
def ledger(redis, keys, codec):
    return RedisWriteLedger(redis, keys, codec)


async def test_who_makes_a_write_is_known_by_its_reference(ledger):
    await ledger.note("uid-1", "U1")
    await ledger.note("request-2", "U2")
    await ledger.note("uid-1", "U3")

    assert await ledger.author("uid-1") == "U3"
    assert await ledger.author("request-2") == "U2"
    assert await ledger.author("uid-3") is None


async def test_it_is_forgotten_after_a_day_and_holds_no_uid(ledger, redis):
    await ledger.note("uid-that-cancels", "U1")

    [key] = await all_keys(redis)

    assert b"uid-that-cancels" not in key
    assert b"uid-that-cancels" not in await redis.get(key)
    assert 86400 - 5 <= await redis.ttl(key) <= 86400


async def test_a_note_that_is_damaged_is_no_note(ledger, redis, keys):
    await redis.set(keys.ledger("uid-1"), b"\x09what")

    assert await ledger.author("uid-1") is None


async def test_a_note_for_one_write_does_not_serve_another(redis, keys):
    ledger = RedisWriteLedger(redis, keys, Codec.from_setting(FIRST))
    await ledger.note("uid-1", "U1")
    await put_elsewhere(redis, keys.ledger("uid-1"), keys.ledger("uid-2"))

    assert await ledger.author("uid-2") is None


async def test_a_key_we_lack_is_told(redis, keys):
    await RedisWriteLedger(redis, keys, Codec.from_setting(SECOND)).note("uid-1", "U1")

    with pytest.raises(StoreUnavailable):
        await RedisWriteLedger(redis, keys, Codec.from_setting(FIRST)).author("uid-1")

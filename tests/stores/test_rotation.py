"""After `rotate-keys` the older keys open nothing, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.accounts.model import Rules
from bot.conversation.auditing import deed
from bot.stores.accounts import RedisAccounts
from bot.stores.audit import RedisAuditLog
from bot.stores.codec import Codec
from bot.stores.connections import connections
from bot.stores.conversations import RedisConversationStore
from bot.stores.dead import RedisDead
from bot.stores.inbox import RedisInbox
from bot.stores.later import RedisLater
from bot.stores.ledger import RedisWriteLedger
from bot.stores.rotation import Rotation
from bot.stores.tickets import RedisTickets
from tests.stores.conftest import FIRST, SECOND, all_keys
from tests.stores.connections import NOW, connected, installed, linked
from tests.works import turn

LANE = "T1:C1:1.0"


@pytest.fixture
async def filled(redis, keys):
    """Something of each kind, sealed with the first of the two keys."""
    of = redis, keys, Codec.from_setting(FIRST)
    accounts, rules, installations = connections(*of, forgets=False)
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U2", linked("a2", number=8, email="ben@acme.example")))
    await rules.keep(Rules(team="T1", shared=linked(key="cal_live_shared")))
    await installations.keep(installed("T1"))
    await RedisTickets(*of).put("oauth", "state", b"note", 600)
    await RedisWriteLedger(*of).note("uid-1", "U1")
    await RedisLater(*of).put(turn("later"), NOW)
    for minute in range(3):
        at = NOW + timedelta(minutes=minute)
        await RedisAuditLog(*of, days=400).note(deed("asked", team="T1", person="U1", at=at))
    async with RedisConversationStore(*of).open(LANE) as session:
        await session.save(session.state.model_copy(update={"handled": ("w",)}))
    await _give_up(*of)


async def _give_up(redis, keys, codec):
    await RedisInbox(redis, keys, codec).add(LANE, turn("hopeless"))
    [item] = await redis.lrange(keys.inbox(LANE), 0, -1)
    await RedisDead(redis, keys).bury(LANE, item, "KeyError")


async def _everything(redis, keys, text):
    """All of it, read with these keys alone."""
    of = redis, keys, Codec.from_setting(text)
    accounts, rules, installations = connections(*of, forgets=False)
    assert (await accounts.of("T1", "U1")).default.refresh.get_secret_value() == "refresh"
    assert await accounts.by_email("T1", "ben@acme.example") == "U2"
    assert (await rules.of("T1")).shared.key.get_secret_value() == "cal_live_shared"
    assert (await installations.of("T1")).bot_token.get_secret_value() == "xoxb-of-the-bot"
    assert await RedisWriteLedger(*of).author("uid-1") == "U1"
    assert [work.text for _, work in await RedisLater(*of).due(NOW)] == ["later"]
    entries = [one async for one in RedisAuditLog(*of, days=400).entries("T1")]
    assert [one.at - NOW for one in entries] == [timedelta(minutes=minute) for minute in range(3)]
    assert (await RedisConversationStore(*of).peek(LANE)).handled == ("w",)


async def _ends(redis):
    return {key: await redis.ttl(key) >= 0 for key in await all_keys(redis)}


async def test_the_new_key_alone_opens_everything_and_all_ends_stay(filled, redis, keys):
    ends = await _ends(redis)
    rotation = Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}"))

    done = await rotation.rotate()

    assert (done.renewed, done.unreadable, done.waiting) == (12, 0, 0)
    assert await _ends(redis) == ends
    await _everything(redis, keys, SECOND)
    assert await RedisTickets(redis, keys, Codec.from_setting(SECOND)).take("oauth", "state") == b"note"
    assert (await rotation.rotate()).renewed == 0


async def test_nothing_in_redis_names_the_old_key_any_more(filled, redis, keys):
    await Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}")).rotate()

    dumps = b"".join([await redis.dump(key) or b"" for key in await all_keys(redis)])

    assert b"\x05first" not in dumps
    assert b"\x06second" in dumps


async def test_an_address_that_was_noted_with_the_old_key_is_taken_away(filled, redis, keys):
    await Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}")).rotate()

    assert await redis.hlen(keys.emails("T1")) == 2


async def test_what_waits_is_left_to_whoever_does_it_and_said(filled, redis, keys):
    await RedisInbox(redis, keys, Codec.from_setting(FIRST)).add(LANE, turn("soon"))
    [item] = await redis.lrange(keys.inbox(LANE), 0, -1)

    done = await Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}")).rotate()

    assert done.waiting == 1
    assert await redis.lrange(keys.inbox(LANE), 0, -1) == [item]


async def test_what_no_key_of_ours_opens_stays_as_it_is_and_is_said(filled, redis, keys):
    theirs = await redis.hget(keys.people("T1"), "U1")
    await redis.hset(keys.people("T1"), "U2", theirs)

    done = await Rotation(redis, keys, Codec.from_setting(SECOND)).rotate()
    assert done.renewed == 0
    assert done.unreadable == 12
    done = await Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}")).rotate()

    assert done.unreadable == 1
    assert await redis.hget(keys.people("T1"), "U2") == theirs


async def test_who_is_connecting_meanwhile_loses_nothing(filled, redis, keys):
    """What was read and what stands there differ: what stands there stays."""
    codec = Codec.from_setting(f"{SECOND},{FIRST}")
    accounts = RedisAccounts(redis, keys, codec)
    newer = connected("T1", "U1", linked(access="newer"))
    await accounts.keep(newer)

    await Rotation(redis, keys, codec).rotate()

    assert await accounts.of("T1", "U1") == newer


async def test_who_changes_their_calendars_just_now_is_left_and_said(filled, redis, keys):
    codec = Codec.from_setting(f"{SECOND},{FIRST}")
    rotation = Rotation(redis, keys, codec)
    rotation._accounts = RedisAccounts(redis, keys, codec, wait_seconds=0.05)
    async with RedisAccounts(redis, keys, codec).alone("T1", "U1"):
        done = await rotation.rotate()

    assert (done.renewed, done.waiting) == (11, 1)
    assert (await rotation.rotate()).renewed == 1


async def test_an_entry_added_while_the_audit_log_is_copied_is_there_afterwards(filled, redis, keys):
    codec = Codec.from_setting(f"{SECOND},{FIRST}")
    log, rotation = RedisAuditLog(redis, keys, codec, days=400), Rotation(redis, keys, codec)
    swapped = rotation._is_swapped

    async def interrupted(key, copy, last):
        await log.note(deed("asked", team="T1", person="U9", at=NOW))
        return await swapped(key, copy, last)

    rotation._is_swapped = interrupted
    await rotation.rotate()

    people = [one.person async for one in RedisAuditLog(redis, keys, codec, days=400).entries("T1")]
    assert people == ["U1", "U1", "U1", "U9"]


async def test_without_keys_before_everything_is_sealed_once_there_are_some(redis, keys):
    plain = Codec.from_setting(None)
    await RedisWriteLedger(redis, keys, plain).note("uid-1", "U1")

    done = await Rotation(redis, keys, Codec.from_setting(FIRST)).rotate()

    assert done.renewed == 1
    assert (await redis.get(keys.ledger("uid-1")))[:1] == b"\x01"
    assert await RedisWriteLedger(redis, keys, Codec.from_setting(FIRST)).author("uid-1") == "U1"

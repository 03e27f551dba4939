"""What people have connected: kept, found, forgotten, and nobody else's."""

import asyncio
from contextvars import Context
from secrets import token_urlsafe

import pytest
from pydantic import SecretStr

from bot.accounts.secrets import to_be_sealed
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.stores.accounts import RedisAccounts
from bot.stores.codec import Codec
from bot.stores.connect import connect
from tests.stores.conftest import FIRST, SECOND, all_keys
from tests.stores.connections import connected, linked


@pytest.fixture
def accounts(redis, keys):
    return RedisAccounts(redis, keys, Codec.from_setting(FIRST))


@pytest.fixture
def others(redis, keys):
    """Another process's, which hardly waits."""
    return RedisAccounts(redis, keys, Codec.from_setting(FIRST), wait_seconds=0.05)


async def test_what_was_connected_is_there_secrets_and_all(accounts, others):
    await accounts.keep(connected("T1", "U1", linked("a1"), linked("a2", number=8, key="cal_live_x")))

    found = await others.of("T1", "U1")

    assert found == connected("T1", "U1", linked("a1"), linked("a2", number=8, key="cal_live_x"))
    assert found.accounts[1].key.get_secret_value() == "cal_live_x"
    assert found.default.refresh.get_secret_value() == "refresh"


async def test_who_connected_nothing_has_nothing_here_or_elsewhere(accounts):
    await accounts.keep(connected("T1", "U1"))

    assert not (await accounts.of("T1", "U2")).accounts
    assert not (await accounts.of("T2", "U1")).accounts


async def test_several_are_found_and_who_has_nothing_is_missing(accounts):
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U3", linked("a3", number=9, email="cem@acme.example")))

    found = await accounts.several("T1", ["U1", "U2", "U3"])

    assert {person: one.default.id for person, one in found.items()} == {"U1": "a1", "U3": "a3"}
    assert await accounts.several("T1", []) == {}


async def test_an_address_finds_its_person_whatever_its_case_and_in_their_workspace_only(accounts):
    await accounts.keep(connected("T1", "U1", linked(email="Ana@Acme.example")))

    assert await accounts.by_email("T1", " ANA@acme.EXAMPLE") == "U1"
    assert await accounts.by_email("T1", "ben@acme.example") is None
    assert await accounts.by_email("T2", "ana@acme.example") is None


async def test_an_address_that_was_disconnected_finds_nobody_and_takes_nobody_elses_away(accounts):
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U2"))

    await accounts.keep((await accounts.of("T1", "U1")).without("a1"))

    assert await accounts.by_email("T1", "ana@acme.example") == "U2"


async def test_a_hint_that_is_wrong_is_not_believed(accounts, redis, keys):
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U2", linked("a2", number=8, email="ben@acme.example")))
    [one] = [field for field, who in (await redis.hgetall(keys.emails("T1"))).items() if who == b"U1"]

    await redis.hset(keys.emails("T1"), one, "U2")

    assert await accounts.by_email("T1", "ana@acme.example") is None


async def test_forgotten_is_forgotten_and_leaves_no_trace(accounts, redis):
    await accounts.keep(connected("T1", "U1"))

    await accounts.forget("T1", "U1")

    assert not (await accounts.of("T1", "U1")).accounts
    assert await accounts.by_email("T1", "ana@acme.example") is None
    assert await all_keys(redis) == []


async def test_the_last_account_given_up_leaves_no_trace(accounts, redis):
    await accounts.keep(connected("T1", "U1"))

    await accounts.keep(connected("T1", "U1").without("a1"))

    assert await all_keys(redis) == []


async def test_nothing_of_it_stands_in_redis_in_clear(accounts, redis, keys):
    await accounts.keep(connected("T1", "U1", linked("a1", key="cal_live_secret")))

    kept = b"".join([*await all_keys(redis), *_flat(await redis.hgetall(keys.people("T1")))])
    kept += b"".join(_flat(await redis.hgetall(keys.emails("T1"))))

    assert [one for one in (b"cal_live", b"acme", b"ana", b"Ana") if one in kept] == []


async def test_what_was_moved_to_another_person_does_not_open_and_says_so(accounts, redis, keys):
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U2", linked("a2", number=8, email="ben@acme.example")))
    theirs = await redis.hget(keys.people("T1"), "U1")

    await redis.hset(keys.people("T1"), "U2", theirs)
    await redis.hset(keys.people("T2"), "U1", theirs)

    for team, person in (("T1", "U2"), ("T2", "U1")):
        found = await accounts.of(team, person)
        assert found.is_unreadable
        assert found.accounts == ()
    assert set(await accounts.several("T1", ["U1", "U2"])) == {"U1"}
    assert not (await accounts.of("T1", "U1")).is_unreadable


async def test_an_account_that_nobody_sealed_is_not_believed(accounts, redis, keys):
    """Whoever can write to Redis could else have a person served by a calendar of their own."""
    made_up = connected("T1", "U1", linked(key="cal_live_of_the_thief"))
    await redis.hset(keys.people("T1"), "U1", b"\x00" + to_be_sealed(made_up))

    assert (await accounts.of("T1", "U1")).is_unreadable


async def test_connecting_again_mends_what_does_not_open(accounts, redis, keys):
    await redis.hset(keys.people("T1"), "U1", b"\x01damaged")

    await accounts.keep((await accounts.of("T1", "U1")).having(linked()))

    found = await accounts.of("T1", "U1")
    assert found.default.id == "a1"
    assert not found.is_unreadable


async def test_a_key_we_lack_is_told_and_nothing_is_lost(accounts, redis, keys):
    await RedisAccounts(redis, keys, Codec.from_setting(SECOND)).keep(connected("T1", "U1"))

    with pytest.raises(StoreUnavailable):
        await accounts.of("T1", "U1")


async def test_a_new_first_key_finds_whoever_an_older_one_noted(accounts, redis, keys):
    await accounts.keep(connected("T1", "U1"))

    rotated = RedisAccounts(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}"))

    assert await rotated.by_email("T1", "ana@acme.example") == "U1"
    await rotated.keep(connected("T1", "U1").without("a1"))
    assert await all_keys(redis) == []


async def test_one_changes_a_persons_accounts_at_a_time(accounts, others):
    async with accounts.alone("T1", "U1"):
        async with others.alone("T1", "U2"), others.alone("T2", "U1"):
            pass
        with pytest.raises(LockLost):
            async with others.alone("T1", "U1"):
                pass
    async with others.alone("T1", "U1"):
        pass


async def test_whoever_lost_the_lock_writes_nothing_over_the_heir(accounts, others, redis, keys):
    async with accounts.alone("T1", "U1"):
        await redis.delete(keys.person_lock("T1", "U1"))
        await elsewhere(others.keep(connected("T1", "U1", linked(access="of the heir"))))

        with pytest.raises(LockLost):
            await accounts.keep(connected())

    assert (await accounts.of("T1", "U1")).default.access == SecretStr("of the heir")


async def test_what_is_disconnected_while_its_token_is_refreshed_stays_away(accounts, others):
    await accounts.keep(connected("T1", "U1"))
    async with accounts.alone("T1", "U1"):
        mine = await accounts.of("T1", "U1")
        await elsewhere(others.forget("T1", "U1"))

        with pytest.raises(LockLost):
            await accounts.keep(mine)

    assert not (await accounts.of("T1", "U1")).accounts


@pytest.mark.redis
async def test_without_redis_nobodys_calendar_is_guessed(own_redis_server, keys):
    server = own_redis_server()
    async with connect(server.url) as redis:
        accounts = RedisAccounts(redis, keys, Codec.from_setting(FIRST))
        server.stop()

        with pytest.raises(StoreUnavailable):
            await accounts.of("T1", "U1")


def elsewhere(doing):
    """Another process's doing: it holds no lock of ours."""
    return asyncio.create_task(doing, context=Context())


def _flat(pairs):
    return [one for pair in pairs.items() for one in pair]


@pytest.mark.redis
async def test_a_person_takes_up_a_kibibyte_and_a_half_at_most(real_redis_url, keys):
    """With two tokens of the length that Cal.com's have. `tests/bench/test_vault.py` does it with 100,000."""
    redis = connect(real_redis_url)
    accounts = RedisAccounts(redis, keys, Codec.from_setting(FIRST))
    for number in range(50):
        tokens = {name: token_urlsafe(330) for name in ("access", "refresh")}
        email = f"somebody.{number}@acme.example"
        await accounts.keep(
            connected("T1", f"U{number:010}", linked(f"account-{number}", email=email, **tokens))
        )

    sizes = [await redis.memory_usage(key, samples=0) for key in (keys.people("T1"), keys.emails("T1"))]
    await redis.aclose()

    assert sum(sizes) / 50 <= 1.5 * 1024


async def test_everybody_who_has_connected_something_is_found(accounts):
    await accounts.keep(connected("T1", "U1"))
    await accounts.keep(connected("T1", "U2", linked("a2", number=8), linked("a3", number=9)))
    await accounts.keep(connected("T1", "U3"))
    await accounts.keep(connected("T1", "U3").without("a1"))
    await accounts.keep(connected("T2", "U4"))

    found = [one async for one in accounts.everybody("T1")]

    assert sorted((one.person, len(one.accounts)) for one in found) == [("U1", 1), ("U2", 2)]

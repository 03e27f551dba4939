"""Where people may connect, and why not elsewhere."""

import pytest

from bot.accounts.model import Rules
from bot.accounts.ports import SecretsRefused
from bot.keeping import open_stores
from bot.settings import Settings
from bot.stores.connect import connect
from bot.stores.keys import DAY, Keys
from tests.stores.conftest import FIRST
from tests.stores.connections import connected, installed
from tests.works import turn


def settings(url=None, keys=None):
    given = {"REDIS_URL": url, "ENCRYPTION_KEYS": keys}
    return Settings.from_env({name: value for name, value in given.items() if value})


async def refuses(stores):
    with pytest.raises(SecretsRefused):
        await stores.accounts.keep(connected())
    with pytest.raises(SecretsRefused):
        await stores.installations.keep(installed())
    return stores.accounts.refusal


async def test_nothing_secret_is_kept_where_it_is_forgotten_at_exit():
    async with open_stores(settings(keys=FIRST)) as stores:
        assert await refuses(stores) == "volatile"


@pytest.mark.redis
async def test_nothing_secret_is_kept_in_clear(real_redis_url):
    async with open_stores(settings(real_redis_url)) as stores:
        assert await refuses(stores) == "unsealed"


@pytest.mark.redis
async def test_people_connect_where_it_is_kept_and_sealed(real_redis_url):
    async with open_stores(settings(real_redis_url, FIRST)) as stores:
        await stores.accounts.keep(connected())
        await stores.installations.keep(installed())
        assert stores.accounts.refusal is None
    async with open_stores(settings(real_redis_url, FIRST)) as stores:
        assert (await stores.accounts.of("T1", "U1")).accounts


async def test_an_invented_world_may_keep_what_it_forgets():
    async with open_stores(settings(), embedded_secrets=True) as stores:
        await stores.accounts.keep(connected())
        await stores.tickets.put("oauth", "state", b"note", 60)

        assert (await stores.accounts.of("T1", "U1")).accounts
        assert stores.accounts.refusal is None


@pytest.mark.redis
async def test_a_thread_is_kept_as_long_as_its_workspaces_rules_say(real_redis_url):
    async with open_stores(settings(real_redis_url, FIRST)) as stores, connect(real_redis_url) as redis:
        await stores.rules.keep(Rules(team="T1", retention_days=2))
        for lane in ("T1:C1:1.0", "T2:C1:1.0"):
            async with stores.conversations.open(lane) as session:
                await session.save(session.state.having_handled("w"))

        kept = [await redis.ttl(Keys("slotwise").state(lane)) for lane in ("T1:C1:1.0", "T2:C1:1.0")]
        work = turn("hello", thread="2.0")
        await stores.inbox.add(work.thread.lane, work)
        async with stores.inbox.hold(work.thread.lane) as hold:
            taken = await hold.next()
            async with stores.conversations.open(work.thread.lane) as session:
                await session.leave(session.state.having_handled("left"))
            await hold.next(taken.item)
        left = await redis.ttl(Keys("slotwise").state(work.thread.lane))

    assert [2 * DAY - 60 < kept[0] <= 2 * DAY, 7 * DAY - 60 < kept[1] <= 7 * DAY] == [True, True]
    assert 2 * DAY - 60 < left <= 2 * DAY

"""Where people may connect, and why not elsewhere."""

import pytest

from bot.accounts.ports import SecretsRefused
from bot.keeping import open_stores
from bot.settings import Settings
from tests.stores.conftest import FIRST
from tests.stores.connections import connected, installed


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

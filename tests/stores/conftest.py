"""What tests of the stores share."""

from base64 import b64encode

import pytest

from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import patient

FIRST = "first:" + b64encode(bytes(range(32))).decode()
SECOND = "second:" + b64encode(bytes(range(32, 64))).decode()


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("real", marks=pytest.mark.redis),
        pytest.param("cluster", marks=pytest.mark.redis),
    ]
)
def redis_url(request):
    """What to hand to `connect`: the stores keep their promises on each kind."""
    named = {"real": "real_redis_url", "cluster": "cluster_url"}
    return request.getfixturevalue(named[request.param]) if request.param in named else None


@pytest.fixture
async def redis(redis_url):
    client = patient(connect(redis_url))
    yield client
    await client.aclose()


@pytest.fixture
def keys():
    return Keys("test")


@pytest.fixture(params=[None, FIRST], ids=["plain", "sealed"])
def codec(request):
    return Codec.from_setting(request.param)


async def all_keys(redis):
    """Every key, on each kind: KEYS asks one server only."""
    return [key async for key in redis.scan_iter()]


async def put_elsewhere(redis, key, elsewhere):
    """Give a value another key, which may be on another server."""
    await redis.restore(elsewhere, 0, await redis.dump(key))
    await redis.delete(key)

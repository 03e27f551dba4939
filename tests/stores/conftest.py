"""What tests of the stores share."""

from base64 import b64encode

import pytest

from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import patient

FIRST = "first:" + b64encode(bytes(range(32))).decode()
SECOND = "second:" + b64encode(bytes(range(32, 64))).decode()


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

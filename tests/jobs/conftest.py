"""What tests of the queues share."""

import asyncio

import pytest

from bot.stores.codec import Codec
from bot.stores.connect import connect, connect_blocking
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys

PAUSES = (0.01, 0.01, 0.01, 0.01)
KEYS = Keys("test")


class Doer:
    """Does work, writing down what; fails as told."""

    def __init__(self):
        self.done = []
        self.given_up = []
        self.poison = set()
        self.seconds = 0.0

    async def handle(self, work):
        await asyncio.sleep(self.seconds)
        if work.text in self.poison:
            raise RuntimeError(f"cannot do {work.text}")
        self.done.append(work.text)

    async def give_up(self, work, reference):
        self.given_up.append((work.text, reference))

    async def until_done(self, count):
        """Wait for so many works to be done."""
        await self._until(lambda: len(self.done) >= count)

    async def until(self, text):
        """Wait for this work to be done."""
        await self._until(lambda: text in self.done)

    async def _until(self, holds):
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110 - an event for each would hide the races we look for
                await asyncio.sleep(0.0003)


@pytest.fixture
def doer():
    return Doer()


@pytest.fixture
async def redis(redis_url):
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def inbox(redis):
    return RedisInbox(redis, KEYS, Codec.from_setting(None))


@pytest.fixture
async def real_redis(real_redis_url):
    client = connect(real_redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def blocking_redis(real_redis_url):
    client = connect_blocking(real_redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def real_inbox(real_redis):
    return RedisInbox(real_redis, KEYS, Codec.from_setting(None))

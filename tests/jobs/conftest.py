"""What tests of the queues share."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.jobs.hands import Hands
from bot.jobs.lanes import Lanes
from bot.jobs.queue import LaneQueue
from bot.jobs.wake_ups import Listener, WakeUps
from bot.stores.codec import Codec
from bot.stores.connect import connect, connect_one
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


def hands_on(inbox, doer, handle=None, *, pauses=PAUSES, **options):
    """Hands that do work as told."""
    return Hands(Lanes(inbox, handle or doer.handle, doer.give_up, pauses=pauses), inbox, **options)


class Working:
    """A process that works, as far as its queue sees: hands, and an ear for calls."""

    def __init__(self, redis, inbox, doer, handle=None, *, hears=None, **options):
        self.hands = hands_on(inbox, doer, handle, **options)
        self.listener = Listener(redis, "test", self.hands, **(hears or {}))

    async def start(self):
        self.hands.start()
        await self.listener.open()

    async def stop(self, grace=5):
        await self.listener.close(grace)
        await self.hands.stop(grace)


@asynccontextmanager
async def calling_queue(redis, inbox):
    """The queue of a process that does not work itself."""
    calls = WakeUps(redis, "test")
    yield LaneQueue(inbox, calls.call)
    await calls.close()


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
    client = connect_one(real_redis_url, "", waits=True)
    yield client
    await client.aclose()


@pytest.fixture
def real_inbox(real_redis):
    return RedisInbox(real_redis, KEYS, Codec.from_setting(None))

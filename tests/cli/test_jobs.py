"""`python -m bot jobs` as people run it: a process of its own, on a real Redis."""

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from bot.conversation.correlation import short_name
from bot.settings import NAMES
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.dead import RedisDead
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys
from tests.processes import free_port
from tests.works import turn

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[2]
KEYS = Keys("slotwise")
LANE = "T1:C1:1.0"


async def jobs(directory, url, *words):
    """Its exit code, and what it said on either stream."""
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "jobs",
        *words,
        cwd=directory,
        env={**clean, "PYTHONPATH": str(ROOT), **({"REDIS_URL": url} if url else {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, out.decode(), error.decode()


@pytest.fixture
async def redis(real_redis_url):
    client = connect(real_redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def inbox(redis):
    return RedisInbox(redis, KEYS, Codec.from_setting(None))


async def give_up(redis, inbox, text, lane=LANE):
    """Somebody gave up a work; its reference."""
    await inbox.add(lane, turn(text))
    item = (await redis.lrange(KEYS.inbox(lane), -1, -1))[0]
    await RedisDead(redis, KEYS).bury(lane, item, "KeyError(bot/staff.py:31)")
    return short_name(text)


async def test_it_shows_what_waits_and_what_was_given_up_and_no_word_of_it(
    tmp_path, redis, inbox, real_redis_url
):
    reference = await give_up(redis, inbox, "lunch with Ana")
    await inbox.add("T1:C2:2.0", turn("dinner with Ben"))

    code, said, error = await jobs(tmp_path, real_redis_url)

    assert (code, error) == (0, "")
    assert "Waiting: 1" in said
    assert re.search(rf"{reference} +turn +0 +\d+[smhd] +{LANE} +KeyError", said)
    assert re.search(r"turn +0 +\d+[smhd] +T1:C2:2\.0", said)
    assert "For later: 0" in said
    assert "with" not in said


async def test_one_is_retried_another_dropped(tmp_path, redis, inbox, real_redis_url):
    one, other = await give_up(redis, inbox, "a"), await give_up(redis, inbox, "b")

    retried = await jobs(tmp_path, real_redis_url, "retry", one)
    dropped = await jobs(tmp_path, real_redis_url, "drop", other)

    assert retried[:2] == (0, "1 put back, to be done within seconds.\n")
    assert dropped[:2] == (0, "1 dropped.\n")
    [waiting] = await redis.lrange(KEYS.inbox(LANE), 0, -1)
    assert b'"text":"a"' in waiting
    assert await RedisDead(redis, KEYS).all() == ()


async def test_all_at_once(tmp_path, redis, inbox, real_redis_url):
    for number in range(3):
        await give_up(redis, inbox, str(number), lane=f"T1:C1:{number}")

    code, said, _ = await jobs(tmp_path, real_redis_url, "retry", "--all")
    again = await jobs(tmp_path, real_redis_url, "drop", "--all")

    assert (code, said) == (0, "3 put back, to be done within seconds.\n")
    assert again[:2] == (0, "0 dropped.\n")
    assert len(await inbox.lanes_waiting()) == 3


async def test_what_cannot_be_done_is_said_with_a_code(tmp_path, real_redis_url):
    calls = (
        jobs(tmp_path, real_redis_url, "retry", "12345678"),
        jobs(tmp_path, f"redis://127.0.0.1:{free_port()}/0"),
        jobs(tmp_path, None),
        jobs(tmp_path, real_redis_url, "retry"),
        jobs(tmp_path, real_redis_url, "drop", "12345678", "--all"),
    )

    unknown, away, unset, nothing, both = await asyncio.gather(*calls)

    assert (unknown[0], unknown[2]) == (1, "Nothing of the reference 12345678 was given up.\n")
    assert away[0] == 1
    assert "Redis does not answer" in away[2]
    assert "Traceback" not in away[2]
    assert unset[0] == 2
    assert "REDIS_URL is not set" in unset[2]
    assert (nothing[0], both[0]) == (2, 2)


async def test_help_says_what_it_does(tmp_path):
    code, said, _ = await jobs(tmp_path, None, "--help")

    assert code == 0
    assert "retry" in said
    assert "drop" in said

"""`python -m bot rotate-keys` and `data` as operators run them: processes of their own, on a real Redis."""

import asyncio
import json
import os
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from bot.settings import NAMES
from bot.stores.accounts import RedisAccounts
from bot.stores.audit import RedisAuditLog
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import free_port
from tests.stores.connections import connected

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[2]
OLD, NEW = f"old:{b64encode(bytes(32)).decode()}", f"new:{b64encode(bytes(range(32))).decode()}"


async def command(directory, url, *words, keys=OLD):
    """Its exit code, what it printed, and its errors."""
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    given = {"ENCRYPTION_KEYS": keys, **({"REDIS_URL": url} if url else {})}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=directory,
        env={**clean, "PYTHONPATH": str(ROOT), **given},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, error = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, said.decode(), error.decode()


@pytest.fixture
async def stores(real_redis_url):
    """Makes the accounts and the audit log for these keys; Ana has connected her calendar."""
    redis, keys = connect(real_redis_url), Keys("slotwise")

    def of(text):
        codec = Codec.from_setting(text)
        return RedisAccounts(redis, keys, codec), RedisAuditLog(redis, keys, codec, days=400)

    await of(OLD)[0].keep(connected("T1", "U1"))
    yield of
    await redis.aclose()


async def test_after_rotating_the_old_key_can_go(stores, real_redis_url, tmp_path):
    code, said, _ = await command(tmp_path, real_redis_url, "rotate-keys", keys=f"{NEW},{OLD}")

    assert (code, said) == (0, "1 sealed anew with the first key.\n")
    accounts, _ = stores(NEW)
    assert (await accounts.of("T1", "U1")).accounts
    assert await accounts.by_email("T1", "ana@acme.example") == "U1"


async def test_what_does_not_open_is_said(stores, real_redis_url, tmp_path):
    code, _, error = await command(tmp_path, real_redis_url, "rotate-keys", keys=NEW)

    assert code == 1
    assert "1 do not open" in error


async def test_without_keys_there_is_nothing_to_rotate(real_redis_url, tmp_path):
    code, _, error = await command(tmp_path, real_redis_url, "rotate-keys", keys="")

    assert code == 2
    assert "ENCRYPTION_KEYS" in error


async def test_data_are_handed_out_without_secrets_and_that_is_noted(stores, real_redis_url, tmp_path):
    code, said, _ = await command(
        tmp_path, real_redis_url, *["data", "export", "--team", "T1", "--person", "U1"]
    )

    [line] = [json.loads(one) for one in said.splitlines()]
    assert code == 0
    assert line["accounts"][0]["account"]["email"] == "ana@acme.example"
    assert set(line["accounts"][0]["refresh"]) == {"*"}
    _, log = stores(OLD)
    assert [(one.step, one.person) async for one in log.entries("T1")] == [("exported", "")]


async def test_data_are_deleted_only_when_it_is_meant(stores, real_redis_url, tmp_path):
    words = ["data", "delete", "--team", "T1", "--person", "U1"]

    code, _, error = await command(tmp_path, real_redis_url, *words)
    accounts, _ = stores(OLD)
    assert code == 2
    assert "--yes" in error
    assert (await accounts.of("T1", "U1")).accounts

    code, said, _ = await command(tmp_path, real_redis_url, *words, "--yes")
    assert (code, said) == (0, "1 deleted.\n")
    assert not (await accounts.of("T1", "U1")).accounts


@pytest.mark.parametrize("words", [["rotate-keys"], ["data", "export", "--team", "T1"]])
async def test_without_redis_it_is_said_in_words(tmp_path, words):
    code, _, error = await command(tmp_path, None, *words)
    assert (code, "REDIS_URL" in error) == (2, True)

    code, _, error = await command(tmp_path, f"redis://127.0.0.1:{free_port()}/0", *words)
    assert (code, "does not answer" in error) == (1, True)

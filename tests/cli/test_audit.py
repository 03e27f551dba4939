"""`python -m bot audit` as operators run it: a process of its own, on a real Redis."""

import asyncio
import json
import os
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation.auditing import AuditEntry, hidden
from bot.settings import NAMES
from bot.stores.audit import RedisAuditLog
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import free_port

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[2]
KEY = f"cli:{b64encode(bytes(32)).decode()}"
NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


async def audit(directory, url, *words, keys=KEY):
    """Its exit code, what it printed, and its errors."""
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "audit", *words),
        cwd=directory,
        env={
            **clean,
            "PYTHONPATH": str(ROOT),
            "ENCRYPTION_KEYS": keys,
            **({"REDIS_URL": url} if url else {}),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, error = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, said.decode(), error.decode()


def entry(step, uid, team="T1", **more):
    return AuditEntry(
        step=step,
        at=NOW,
        team=team,
        person="UANA",
        write="cancel",
        proposal=f"of {uid}",
        approved_by="1a2b3c4d",
        approved_at=NOW,
        reference=hidden(uid),
        work="1a2b3c4d",
        **more,
    )


async def fill(url):
    redis = connect(url)
    log = RedisAuditLog(redis, Keys("slotwise"), Codec.from_setting(KEY), days=400)
    await log.note(entry("begun", "one"))
    await log.note(entry("not_done", "one", why="SlotTaken\x1b[2J\nforged"))
    await log.note(entry("begun", "other", team="T2"))
    await redis.aclose()


async def test_the_audit_log_is_shown_whole_and_in_parts(real_redis_url, tmp_path):
    await fill(real_redis_url)

    shown = await asyncio.gather(
        audit(tmp_path, real_redis_url),
        audit(tmp_path, real_redis_url, "--team", "T2"),
        audit(tmp_path, real_redis_url, "--booking", "one", "--json"),
        audit(tmp_path, real_redis_url, "--since", "1h"),
        audit(tmp_path, real_redis_url, "--since", "2099-01-01"),
    )

    assert [code for code, _, _ in shown] == [0] * 5
    assert [error for _, _, error in shown] == [*[""] * 4, "Nothing of that is in the audit log.\n"]
    everything, of_one_team, of_one_booking, lately, never = [said.splitlines() for _, said, _ in shown]
    assert len(everything) == len(lately) == 3
    assert everything[0].startswith('2026-07-14T09:00:00Z begun cancel team=T1 person=UANA proposal="of one"')
    assert all(line.isprintable() for line in everything)
    assert of_one_team == everything[2:]
    assert [json.loads(line)["step"] for line in of_one_booking] == ["begun", "not_done"]
    assert never == []


async def test_what_it_cannot_show_is_said(real_redis_url, tmp_path):
    await fill(real_redis_url)
    other = f"other:{b64encode(bytes(range(32))).decode()}"

    sealed, gone, unset, wrong, when = await asyncio.gather(
        audit(tmp_path, real_redis_url, "--team", "T2", keys=other),
        audit(tmp_path, f"redis://127.0.0.1:{free_port()}/0"),
        audit(tmp_path, None),
        audit(tmp_path, real_redis_url, "--team", "t 1"),
        audit(tmp_path, real_redis_url, "--since", "yesterday"),
    )

    assert sealed == (0, "unreadable team=T2\n", "")
    assert gone[0] == 1
    assert "Redis does not answer" in gone[2]
    assert unset[0] == 2
    assert "REDIS_URL is not set" in unset[2]
    assert wrong[0] == when[0] == 2
    assert "such as T0SLOT" in wrong[2]
    assert "2026-10-24, 30d, 12h" in when[2]

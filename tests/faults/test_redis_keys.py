"""Every key that a working bot has in Redis stands in docs/operations.md, with its type and its end."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from redis.asyncio import Redis

from bot.accounts.model import Rules
from bot.conversation.preferences import Preferences
from bot.conversation.sessions import SessionRef
from bot.conversation.visits import Snapshot
from bot.jobs.gate import Call
from bot.jobs.wake_ups import WakeUps
from bot.scheduling.model import SHARED, Person
from bot.stores.accounts import RedisAccounts
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.conversations import RedisConversationStore
from bot.stores.dead import RedisDead
from bot.stores.hook_secret import RedisHookSecret
from bot.stores.installations import RedisInstallations
from bot.stores.keys import Keys
from bot.stores.later import RedisLater
from bot.stores.marks import RedisMarks
from bot.stores.periods import RedisPeriods
from bot.stores.preferences import RedisPreferences
from bot.stores.rules import RedisRules
from bot.stores.snapshots import RedisSnapshots
from bot.stores.stops import RedisStops
from bot.stores.tickets import RedisTickets
from tests.faults.outside import Outside, outside
from tests.faults.talking import a_card, presses
from tests.processes import patient
from tests.stores.connections import connected, installed
from tests.works import turn

pytestmark = pytest.mark.redis

OPERATIONS = Path(__file__).parents[2] / "docs/operations.md"
PREFIX = "slotwise"
TAG = r"\{[^{}]+\}"
SEEN_SECONDS = 1.0  # in which somebody who looks all the time has looked at everything
LASTING = "no expiry"  # how the table's column begins for a key that has no end, before its reason


class Row(NamedTuple):
    """A row of the table."""

    pattern: str
    type: str
    lasts: bool

    def fits(self, key: str) -> bool:
        parts = re.split(r"(…|<\w+>|\{lane\}|\{team\}|\{prefix\}|prefix)", self.pattern)
        return re.fullmatch("".join(_expression(one) for one in parts), key) is not None


def _expression(part: str) -> str:
    known = {
        "…": f"{PREFIX}:v1",
        "{lane}": TAG,
        "{team}": TAG,
        "{prefix}": rf"\{{{PREFIX}\}}",
        "prefix": PREFIX,
    }
    if re.fullmatch(r"<\w+>", part):
        return "[^{}:]+"
    return known.get(part, re.escape(part))


def table() -> Iterator[Row]:
    """The table of keys in docs/operations.md."""
    section = OPERATIONS.read_text("utf-8").split("## What is in Redis")[1].split("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("| `"):
            pattern, kind, _, kept, *_ = [one.strip() for one in line.strip("|").split("|")]
            yield Row(pattern.strip("`"), "zset" if kind == "sorted set" else kind, kept.startswith(LASTING))


class Looking:
    """Looks at all keys again and again. A key may stand a moment before its end is set."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.types: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        self.endless: set[str] = set()
        self.ended = asyncio.Event()

    async def go_on(self) -> None:
        while not self.ended.is_set():
            await self.look()
            await asyncio.sleep(0.01)

    async def look(self) -> None:
        suspects = []
        async for raw in self._redis.scan_iter(count=500):
            key = raw.decode()
            if (kind := (await self._redis.type(raw)).decode()) != "none":
                self.types[key] = kind
                size = await self._redis.memory_usage(raw, samples=0)
                self.sizes[key] = max(self.sizes.get(key, 0), size or 0)
            if key not in self.endless and await self._redis.ttl(raw) == -1:
                suspects.append(key)
        await asyncio.sleep(0.05)
        self.endless |= {key for key in suspects if await self._redis.ttl(key) == -1}


async def everything_happens(around: Outside, redis: Redis) -> None:
    """Somebody books, hears of it by a webhook, and cancels."""
    around.calcom.trouble.delay = 0.2
    await presses(around, await a_card(around), "Booked")
    await presses(around, await a_card(around, "<@U0BOT> cancel my meeting with <@UBEN>"), "ancelled")
    await rare_things_happen(redis)


async def rare_things_happen(redis: Redis) -> None:
    """What a talk does not bring about, brought about through the stores."""
    keys, codec, lane = Keys(PREFIX), Codec.from_setting(None), "T0SLOT:C0GENERAL:1.0"
    await redis.rpush(keys.inbox(lane), b"0123456789abcdef\x00{}")
    await RedisDead(redis, keys).bury(lane, b"0123456789abcdef\x00{}", "KeyError")
    await redis.set(keys.state(lane), b"\x00unreadable", ex=60)
    async with RedisConversationStore(redis, keys, codec).open(lane):
        pass
    await somebody_connects(redis, keys, Codec({"test": bytes(32)}))
    later = RedisLater(redis, keys, codec)
    await later.put(turn("later"), datetime.now(UTC) + timedelta(minutes=1))
    await redis.xadd(f"{keys.audit('T1')}:copy", {"of": b"an entry that is sealed anew"})
    await redis.expire(f"{keys.audit('T1')}:copy", 60)
    await RedisPeriods(redis, keys).claim("tidying", 60)
    booking_locks = RedisBookingLocks(redis, keys)
    await booking_locks.take("uid", "holder")
    async with later.alone():
        await asyncio.sleep(SEEN_SECONDS)
    await booking_locks.release("uid", "holder")


async def somebody_connects(redis: Redis, keys: Keys, codec: Codec) -> None:
    """In a workspace that installed the bot and has rules of its own."""
    accounts, installations = RedisAccounts(redis, keys, codec), RedisInstallations(redis, keys, codec)
    async with accounts.alone("T1", "U1"), installations.alone("T1"):
        await accounts.keep(connected())
        await installations.keep(installed())
        await installations.keep(installed(None, "E1"))
        await installations.of("T2", "E1")
        await asyncio.sleep(SEEN_SECONDS)
    await RedisRules(redis, keys, codec).keep(Rules(team="T1"))
    await RedisPreferences(redis, keys, codec).keep(Preferences(team="T1", person="U1", minutes=25))
    shown = Snapshot(team="T1", who=Person(id="U1", name="Ana"), at=datetime.now(UTC))
    await RedisSnapshots(redis, keys, codec).keep(shown, 7)
    session = SessionRef(team="T1", channel="D1", root="1.0")
    await RedisStops(redis, keys).note(session, datetime.now(UTC))
    await RedisHookSecret(redis, keys, codec)()
    await RedisMarks(redis, keys).reach("T1", SHARED, datetime.now(UTC))
    await RedisTickets(redis, keys, codec).put("oauth", "state", b"note", 600)


async def a_call_is_never_answered(redis: Redis) -> None:
    """It waits, is heard by somebody who does nothing, and is swept away."""
    calls = WakeUps(redis, PREFIX)
    await calls.call(Call("T0SLOT:C0GENERAL:0.5"))
    await asyncio.sleep(0.3)
    await calls.dequeue(1.0)
    await asyncio.sleep(0.3)
    await calls.sweep(lock=1, abort=0.1)
    await calls.close()


async def test_every_key_stands_in_the_table_and_has_an_end_or_a_reason(
    real_redis_url: str, tmp_path: Path, measured: list[str]
) -> None:
    redis = patient(connect(real_redis_url))
    looking = Looking(redis)
    task = asyncio.create_task(looking.go_on())
    async with outside(real_redis_url, tmp_path) as around:
        await a_call_is_never_answered(redis)
        bots = [around.start("serve", "--web-only"), around.start("worker")]
        await bots[0].ready()
        await bots[1].said("working")
        around.listen_at(*bots)
        await everything_happens(around, redis)
    looking.ended.set()
    await task
    await looking.look()
    await redis.aclose()

    rows = list(table())
    found = {key: [row for row in rows if row.fits(key)] for key in looking.types}
    assert [key for key, fitting in found.items() if len(fitting) != 1] == []
    assert [key for key, [row] in found.items() if row.type != looking.types[key]] == []
    assert [key for key in looking.endless if not found[key][0].lasts] == []
    assert [row.pattern for row in rows if [row] not in found.values()] == []
    for row in rows:
        sizes = [looking.sizes[key] for key, [one] in found.items() if one == row]
        measured.append(f"{row.pattern}: {len(sizes)} keys, at most {max(sizes, default=0)} bytes each")

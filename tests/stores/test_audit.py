"""The audit log keeps its promises on an embedded Redis, a real one and a cluster."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.auditing import AuditEntry, deed, hidden
from bot.conversation.correlation import short_name, working_on
from bot.conversation.ports import StoreUnavailable
from bot.stores.audit import RedisAuditLog
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import AUDIT_SEEN_SECONDS, DAY
from tests.processes import free_port
from tests.stores.conftest import FIRST, SECOND, all_keys

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
TEAM, UID = "T1", "a-secret-uid"


def entry(proposal="p1", step="begun", team=TEAM):
    return AuditEntry(
        step=step,
        at=NOW,
        team=team,
        person="UANA",
        write="cancel",
        proposal=proposal,
        approved_by="1a2b3c4d",
        approved_at=NOW,
        reference=hidden(UID),
        work="1a2b3c4d",
    )


@pytest.fixture
def log(redis, keys, codec):
    return RedisAuditLog(redis, keys, codec, days=400)


async def read(log, team=TEAM, since=None):
    return [one async for one in log.entries(team, since)]


async def test_what_was_noted_is_read_in_order(log):
    noted = [entry("p1"), entry("p1", "done"), entry("p2"), entry("p2", "unknown")]
    for one in noted:
        await log.note(one)

    assert await read(log) == noted
    assert await log.teams() == (TEAM,)


async def test_a_step_of_a_proposal_stands_there_once_however_often_it_is_said(log, redis, keys, codec):
    other = RedisAuditLog(redis, keys, codec, days=400)

    await asyncio.gather(*(one.note(entry()) for one in (log, other, log, other)))

    assert await read(log) == [entry()]


def refused(person="UEVE", at=NOW):
    return deed("refused", team=TEAM, person=person, at=at, why="guest")


async def test_deeds_stand_among_writes_and_are_read_as_what_they_are(log):
    asked = deed("asked", team=TEAM, person="UANA", at=NOW, what="meet", proposals=("p1", "p2"))
    for one in (asked, entry(), refused()):
        await log.note(one)

    assert await read(log) == [asked, entry(), refused()]


async def test_a_deed_of_one_work_stands_there_once_and_that_of_another_beside_it(log):
    for work in ("first", "second", "first"):
        with working_on(work):
            await log.note(refused())

    assert [one.work for one in await read(log)] == [short_name("first"), short_name("second")]


async def test_deeds_that_are_no_work_are_told_apart_by_when_they_were_done(log):
    later = NOW + timedelta(seconds=1)
    for one in (refused(), refused(at=later), refused()):
        await log.note(one)

    assert await read(log) == [refused(), refused(at=later)]


async def test_a_person_reads_their_own_the_newest_first(log):
    for number in range(4):
        await log.note(entry(f"p{number}"))
        await log.note(refused())

    found = await log.latest_of(TEAM, "UANA", 3)

    assert [one.proposal for one in found] == ["p3", "p2", "p1"]
    assert await log.latest_of("T2", "UANA", 3) == ()


async def test_workspaces_have_logs_of_their_own(log):
    await log.note(entry())
    await log.note(entry(team="T2"))

    assert await read(log) == [entry()]
    assert await read(log, "T2") == [entry(team="T2")]
    assert await read(log, "T3") == []
    assert await log.teams() == ("T1", "T2")


async def test_more_than_is_read_in_one_go_comes_whole(log, monkeypatch):
    monkeypatch.setattr("bot.stores.audit.AT_A_TIME", 3)
    noted = [entry(f"p{number}") for number in range(7)]
    for one in noted:
        await log.note(one)

    assert await read(log) == noted


async def test_it_is_read_from_an_instant_on(log):
    await log.note(entry())

    assert await read(log, since=timedelta(hours=1)) == [entry()]
    assert await read(log, since=datetime.now(UTC) - timedelta(hours=1)) == [entry()]
    assert await read(log, since=datetime.now(UTC) + timedelta(hours=1)) == []


async def test_what_is_older_than_it_is_kept_makes_room(redis, keys, codec):
    log, stream = RedisAuditLog(redis, keys, codec, days=2), keys.audit(TEAM)
    old = int((datetime.now(UTC) - timedelta(days=3)).timestamp() * 1000)
    for number in range(300):  # trimming is by blocks of a hundred
        await redis.xadd(stream, {"of": "x", "entry": b"old"}, id=f"{old}-{number + 1}")

    await log.note(entry())

    assert (await read(log))[-1] == entry()
    assert await redis.xlen(stream) <= 101
    assert 2 * DAY - 60 < await redis.ttl(stream) <= 2 * DAY
    seen = [key for key in await all_keys(redis) if b":seen:" in key]
    assert AUDIT_SEEN_SECONDS - 60 < await redis.ttl(seen[0]) <= AUDIT_SEEN_SECONDS


async def test_an_entry_that_was_tampered_with_or_moved_is_none(redis, keys):
    log = RedisAuditLog(redis, keys, Codec.from_setting(FIRST), days=400)
    await log.note(entry())
    await log.note(entry(team="T2"))
    ((_, fields),) = await redis.xrange(keys.audit("T2"))
    await redis.xadd(keys.audit(TEAM), fields)
    await redis.xadd(keys.audit(TEAM), {"of": fields[b"of"], "entry": b"\x01nonsense"})
    await redis.xadd(keys.audit(TEAM), {"other": b"fields"})

    assert await read(log) == [entry(), None, None, None]


async def test_it_is_sealed_and_an_old_key_opens_what_it_sealed(redis, keys):
    await RedisAuditLog(redis, keys, Codec.from_setting(FIRST), days=400).note(entry())
    ((_, fields),) = await redis.xrange(keys.audit(TEAM))

    assert b"UANA" not in fields[b"entry"]
    for ring, seen in ((f"{SECOND},{FIRST}", [entry()]), (SECOND, [None])):
        log = RedisAuditLog(redis, keys, Codec.from_setting(ring), days=400)
        assert await read(log) == seen


async def test_no_uid_stands_anywhere(log, redis, keys):
    await log.note(entry())

    kept = [str(await redis.xrange(keys.audit(TEAM))), *map(str, await all_keys(redis))]
    assert UID not in "".join(kept)
    assert hidden(UID) != hidden("another")


async def test_without_redis_it_says_so(keys, codec):
    redis = connect(f"redis://127.0.0.1:{free_port()}/0")
    log = RedisAuditLog(redis, keys, codec, days=400)

    with pytest.raises(StoreUnavailable):
        await log.note(entry())
    with pytest.raises(StoreUnavailable):
        await read(log, since=timedelta(hours=1))
    await redis.aclose()

import asyncio
import json
import logging
import time

import pytest

from bot.conversation.ports import LockLost, StoreUnavailable
from bot.conversation.state import ThreadState
from bot.stores.codec import SEALED, Codec
from bot.stores.conversations import RedisConversationStore
from bot.stores.packing import unpacked
from tests.stores.conftest import FIRST, SECOND
from tests.stores.threads import conversation, outgoing

LANE = "T1:C1:1.0"


@pytest.fixture
def store(redis, keys, codec):
    return RedisConversationStore(redis, keys, codec)


def hasty(redis, keys, codec, **seconds):
    """A store whose times are short."""
    times = {"lock_seconds": 0.4, "renew_seconds": 0.1, "wait_seconds": 2.0, **seconds}
    return RedisConversationStore(redis, keys, codec, **times)


async def test_an_unknown_lane_starts_empty(store):
    async with store.open(LANE) as session:
        assert session.state == ThreadState()

    assert await store.peek(LANE) == ThreadState()


async def test_what_was_saved_is_there_for_the_next(store):
    state = ThreadState(conversations=(conversation("c1"),), outbox=(outgoing("o1"),)).having_handled("w1")

    async with store.open(LANE) as session:
        await session.save(state)
        assert session.state == state

    async with store.open(LANE) as session:
        assert session.state == state
    assert await store.peek(LANE) == state
    assert await store.peek("T1:C1:2.0") == ThreadState()


async def test_what_was_saved_before_a_failure_is_there(store):
    async def fail_half_way():
        async with store.open(LANE) as session:
            await session.save(ThreadState(handled=("w1",)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()

    assert (await store.peek(LANE)).handled == ("w1",)


async def test_a_thread_is_forgotten_seven_days_after_its_last_word(store, redis, keys):
    async with store.open(LANE) as session:
        await session.save(ThreadState())

    assert 7 * 86400 - 5 <= await redis.ttl(keys.state(LANE)) <= 7 * 86400


async def test_one_at_a_time_and_nobody_reads_before(store):
    async def add(word):
        async with store.open(LANE) as session:
            await asyncio.sleep(0.005)
            await session.save(session.state.having_handled(word))

    await asyncio.gather(*(add(str(n)) for n in range(12)))

    assert sorted((await store.peek(LANE)).handled, key=int) == [str(n) for n in range(12)]


async def test_lanes_do_not_wait_for_each_other(store):
    async with store.open(LANE), asyncio.timeout(7), store.open("T1:C1:2.0") as other:
        await other.save(ThreadState(handled=("w",)))


async def test_the_lock_is_let_go_after_success_failure_and_cancellation(store, redis, keys):
    async def hang():
        async with store.open(LANE):
            entered.set()
            await asyncio.sleep(30)

    async with store.open(LANE):
        assert await redis.exists(keys.lock(LANE))
    assert not await redis.exists(keys.lock(LANE))

    with pytest.raises(ZeroDivisionError):
        async with store.open(LANE):
            raise ZeroDivisionError
    assert not await redis.exists(keys.lock(LANE))

    entered = asyncio.Event()
    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not await redis.exists(keys.lock(LANE))


async def test_the_lock_is_renewed_while_it_is_held(redis, keys, codec):
    """Its life is cut short again and again, never so short that a machine's hiccup could end it."""
    store = hasty(redis, keys, codec, lock_seconds=60)

    async with store.open(LANE) as session:
        for _ in range(3):
            await redis.expire(keys.lock(LANE), 30)
            await renewed(redis, keys.lock(LANE))
        await session.save(ThreadState(handled=("w",)))

    assert (await store.peek(LANE)).handled == ("w",)


async def renewed(redis, lock):
    async with asyncio.timeout(20):
        while await redis.ttl(lock) <= 30:  # noqa: ASYNC110 - only the store can tell
            await asyncio.sleep(0.01)


async def test_the_next_goes_on_when_the_holder_died(redis, keys, codec):
    await redis.set(keys.lock(LANE), "a dead holder's token", px=400)
    store = hasty(redis, keys, codec)
    before = time.monotonic()

    async with store.open(LANE) as session:
        await session.save(ThreadState(handled=("w",)))

    assert 0.3 < time.monotonic() - before < 30


async def test_whoever_waits_too_long_is_told(redis, keys, codec):
    await redis.set(keys.lock(LANE), "somebody's token")
    store = hasty(redis, keys, codec, wait_seconds=0.3)

    with pytest.raises(LockLost):
        async with store.open(LANE):
            pytest.fail("the lock was not ours")

    assert await redis.get(keys.lock(LANE)) == b"somebody's token"


async def test_whoever_lost_the_lock_saves_nothing_and_leaves_the_heirs_lock(redis, keys, codec, store):
    async with store.open(LANE) as session:
        await redis.set(keys.lock(LANE), "the heir's token")

        with pytest.raises(LockLost):
            await session.save(ThreadState(handled=("late",)))
        assert session.state == ThreadState()

    assert await redis.get(keys.lock(LANE)) == b"the heir's token"
    assert await redis.get(keys.state(LANE)) is None


async def test_a_lock_that_expired_unseen_saves_nothing(redis, keys, codec):
    store = hasty(redis, keys, codec, lock_seconds=0.1, renew_seconds=30)

    async with store.open(LANE) as session:
        await asyncio.sleep(0.2)

        with pytest.raises(LockLost):
            await session.save(ThreadState(handled=("late",)))


async def test_the_answer_to_taking_the_lock_may_be_lost(redis, keys, codec):
    """The client sends it again with the same token, and has the lock at once."""
    store = hasty(redis, keys, codec, new_token=lambda: "ours", wait_seconds=0.2)
    await redis.set(keys.lock(LANE), "ours", px=5000)

    async with store.open(LANE) as session:
        await session.save(ThreadState(handled=("w",)))


@pytest.mark.parametrize("raw", [b"", b"\x00", b"\x00{", b"\x00[]", b'\x00{"conversations": 7}', b"\x07what"])
async def test_an_unreadable_thread_is_kept_aside_and_starts_empty(store, redis, keys, raw, caplog):
    await redis.set(keys.state(LANE), raw)

    assert await store.peek(LANE) == ThreadState()
    async with store.open(LANE) as session:
        assert session.state == ThreadState()
        await session.save(ThreadState(handled=("w",)))

    assert await redis.lrange(keys.aside(LANE), 0, -1) == [raw]
    assert 0 < await redis.ttl(keys.aside(LANE)) <= 7 * 86400
    assert (await store.peek(LANE)).handled == ("w",)
    assert any(LANE in record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR)


async def test_a_thread_sealed_with_a_key_we_lack_is_left_alone(redis, keys):
    theirs = RedisConversationStore(redis, keys, Codec.from_setting(SECOND))
    ours = RedisConversationStore(redis, keys, Codec.from_setting(FIRST))
    async with theirs.open(LANE) as session:
        await session.save(ThreadState(handled=("w",)))

    with pytest.raises(StoreUnavailable, match="ENCRYPTION_KEYS"):
        async with ours.open(LANE):
            pytest.fail("it cannot be read")
    with pytest.raises(StoreUnavailable):
        await ours.peek(LANE)

    assert (await theirs.peek(LANE)).handled == ("w",)


async def test_keys_can_be_set_while_threads_are_plain(redis, keys):
    plain = RedisConversationStore(redis, keys, Codec.from_setting(None))
    sealing = RedisConversationStore(redis, keys, Codec.from_setting(FIRST))
    async with plain.open(LANE) as session:
        await session.save(ThreadState(handled=("written by the old one",)))

    async with sealing.open(LANE) as session:
        await session.save(session.state.having_handled("and by the new one"))

    assert (await redis.get(keys.state(LANE))).startswith(SEALED)
    assert (await sealing.peek(LANE)).handled == ("written by the old one", "and by the new one")


class TestTwoVersionsShareAThread:
    """What another version wrote is there for it again after we saved."""

    @pytest.fixture
    def codec(self):
        return Codec.from_setting(None)

    async def write(self, redis, keys, fields):
        await redis.set(keys.state(LANE), b"\x00" + json.dumps(fields).encode())

    async def fields(self, redis, keys):
        return json.loads(unpacked((await redis.get(keys.state(LANE)))[1:]))

    async def touch(self, store):
        """Load, change a little, save: what every turn does."""
        async with store.open(LANE) as session:
            await session.save(session.state.having_handled("touched"))
            return session.state

    async def test_unknown_fields_are_kept_at_every_depth(self, store, redis, keys):
        newer = ThreadState(conversations=(conversation("c1"),), outbox=(outgoing("o1"),)).model_dump(
            mode="json"
        )
        newer |= {"version": 2, "mood": {"is": "new"}}
        newer["conversations"][0]["pinned"] = True
        newer["conversations"][0]["plan"]["wish"]["colour"] = "blue"
        newer["conversations"][0]["proposals"][0]["command"]["attendee"]["pronouns"] = "they"
        newer["outbox"][0]["delivery"]["card"]["buttons"][0]["icon"] = "tada"
        await self.write(redis, keys, newer)

        await self.touch(store)

        assert await self.fields(redis, keys) == newer | {"handled": ["touched"]}

    async def test_an_older_ones_missing_fields_have_defaults(self, store, redis, keys):
        older = ThreadState(conversations=(conversation("c1"),)).model_dump(mode="json")
        for late in ("version", "handled", "outbox"):
            del older[late]
        for late in ("question", "zone", "language"):
            del older["conversations"][0][late]
        await self.write(redis, keys, older)

        state = await self.touch(store)

        assert state.conversations == (conversation("c1"),)

    async def test_an_unknown_kind_of_plan_does_not_lose_the_thread(self, store, redis, keys):
        mine = [conversation(one).model_dump(mode="json") for one in ("c1", "c3")]
        theirs = mine[0] | {"id": "c2", "plan": {"kind": "poll", "options": [1, 2]}}
        await self.write(redis, keys, {"conversations": [mine[0], theirs, mine[1]]})

        state = await self.touch(store)

        assert [one.id for one in state.conversations] == ["c1", "c3"]
        assert (await self.fields(redis, keys))["conversations"] == [mine[0], theirs, mine[1]]

    async def test_an_unknown_kind_of_delivery_waits_for_who_knows_it(self, store, redis, keys):
        theirs = {"id": "o0", "delivery": {"kind": "canvas", "body": "…"}}
        mine = outgoing("o1").model_dump(mode="json")
        await self.write(redis, keys, {"outbox": [theirs, mine]})

        async with store.open(LANE) as session:
            assert [one.id for one in session.state.outbox] == ["o1"]
            await session.save(session.state.model_copy(update={"outbox": ()}))

        assert (await self.fields(redis, keys))["outbox"] == [theirs]

    async def test_what_we_cannot_read_does_not_grow_for_ever(self, store, redis, keys):
        theirs = [{"id": f"c{n}", "plan": {"kind": "poll"}} for n in range(30)]
        await self.write(redis, keys, {"conversations": theirs})

        await self.touch(store)

        assert (await self.fields(redis, keys))["conversations"] == theirs[-8:]

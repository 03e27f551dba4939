"""What people prefer: theirs alone, sealed, and not lost when two things of it change at once."""

import asyncio
from datetime import time

import pytest

from bot.conversation.ports import StoreUnavailable
from bot.conversation.preferences import Preferences, Quiet
from bot.stores.codec import Codec
from bot.stores.preferences import RedisPreferences
from bot.stores.rotation import Rotation
from intents.frames import Habit, Hours
from tests.stores.conftest import FIRST, SECOND

NIGHT = Quiet(start=time(20), end=time(7, 30))
LATE_RISER = Habit(what="never", hours=(Hours(start=0, end=600),))
ANA = Preferences(team="T1", person="U1", quiet=NIGHT, silent=("moved",), rules=(LATE_RISER,), agenda=None)


@pytest.fixture
def book(redis, keys, codec):
    return RedisPreferences(redis, keys, codec)


async def test_the_usual_ones_until_somebody_prefers_others(book, redis, keys, codec):
    assert await book.of("T1", "U1") == Preferences(team="T1", person="U1")

    await book.keep(ANA)

    assert await RedisPreferences(redis, keys, codec).of("T1", "U1") == ANA
    assert await book.of("T1", "U2") == Preferences(team="T1", person="U2")
    assert await book.of("T2", "U1") == Preferences(team="T2", person="U1")
    await book.forget("T1", "U1")
    assert await book.of("T1", "U1") == Preferences(team="T1", person="U1")


async def test_of_several_at_once(book):
    await book.keep(ANA)

    found = await book.several("T1", ["U1", "U2"])

    assert found == {"U1": ANA, "U2": Preferences(team="T1", person="U2")}
    assert await book.several("T1", []) == {}


async def test_changes_at_the_same_time_are_all_kept(book):
    def having(**more):
        return lambda before: before.model_copy(update=more)

    await asyncio.gather(
        book.change("T1", "U1", having(minutes=25)),
        book.change("T1", "U1", having(reminder=None)),
        book.change("T1", "U1", having(is_met=True)),
    )

    found = await book.of("T1", "U1")
    assert (found.minutes, found.reminder, found.is_met) == (25, None, True)


async def test_those_who_have_used_the_bot_are_met_and_no_others(book):
    await book.keep(ANA)
    await book.keep(Preferences(team="T1", person="U2", is_met=True))
    await book.keep(Preferences(team="T2", person="U3", is_met=True))

    assert [one.person async for one in book.met("T1")] == ["U2"]


async def test_anothers_put_in_their_place_are_not_theirs(redis, keys, caplog):
    codec = Codec.from_setting(FIRST)
    book = RedisPreferences(redis, keys, codec)
    await book.keep(ANA)
    await redis.hset(keys.preferences("T1"), "U2", await redis.hget(keys.preferences("T1"), "U1"))

    assert await book.of("T1", "U2") == Preferences(team="T1", person="U2")
    assert "preferences unreadable" in caplog.text


async def test_what_another_process_could_read_is_not_taken_for_nothing(redis, keys):
    await RedisPreferences(redis, keys, Codec.from_setting(SECOND)).keep(ANA)

    with pytest.raises(StoreUnavailable):
        await RedisPreferences(redis, keys, Codec.from_setting(FIRST)).of("T1", "U1")


async def test_they_are_sealed_anew_when_the_keys_change(redis, keys):
    await RedisPreferences(redis, keys, Codec.from_setting(FIRST)).keep(ANA)

    await Rotation(redis, keys, Codec.from_setting(f"{SECOND},{FIRST}")).rotate()

    assert await RedisPreferences(redis, keys, Codec.from_setting(SECOND)).of("T1", "U1") == ANA

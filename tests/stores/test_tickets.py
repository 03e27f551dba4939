"""Notes that are had once."""

import asyncio

import pytest

from bot.stores.codec import Codec
from bot.stores.tickets import RedisTickets
from tests.stores.conftest import FIRST, all_keys


@pytest.fixture
def tickets(redis, keys, codec):
    return RedisTickets(redis, keys, codec)


async def test_a_note_is_had_once(tickets):
    await tickets.put("connect", "ticket", b"for U1", 600)

    assert await tickets.take("connect", "ticket") == b"for U1"
    assert await tickets.take("connect", "ticket") is None


async def test_of_many_who_come_at_once_one_has_it(tickets):
    await tickets.put("oauth", "state", b"note", 600)

    found = await asyncio.gather(*(tickets.take("oauth", "state") for _ in range(20)))

    assert sorted(found, key=str).count(b"note") == 1


async def test_a_ticket_is_good_for_what_it_was_given_for(tickets):
    await tickets.put("connect", "ticket", b"note", 600)

    assert await tickets.take("oauth", "ticket") is None
    assert await tickets.take("connect", "other") is None
    assert await tickets.take("connect", "ticket") == b"note"


async def test_it_lapses_and_its_key_does_not_tell_it(tickets, redis):
    await tickets.put("install", "a-ticket-nobody-guesses", b"note", 600)

    [key] = await all_keys(redis)

    assert b"nobody-guesses" not in key
    assert 590 < await redis.ttl(key) <= 600


async def test_a_note_under_another_ticket_is_none(redis, keys):
    tickets = RedisTickets(redis, keys, Codec.from_setting(FIRST))
    await tickets.put("oauth", "mine", b"for U1", 600)
    await redis.set(keys.ticket("oauth", "theirs"), await redis.get(keys.ticket("oauth", "mine")))

    assert await tickets.take("oauth", "theirs") is None
    assert await tickets.take("oauth", "mine") == b"for U1"

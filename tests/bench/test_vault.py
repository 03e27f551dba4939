"""A hundred connected people in each of a thousand workspaces: what they take up, what a look-up costs."""

import random
import statistics
import string
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from bot.accounts.model import LinkedAccount, PersonAccounts
from bot.accounts.secrets import to_be_sealed
from bot.scheduling.model import Account
from bot.stores.accounts import EMAIL, RedisAccounts
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from bot.stores.packing import packed
from tests.processes import RedisServer, patient
from tests.stores.connections import NOW

pytestmark = [pytest.mark.bench, pytest.mark.redis]

WORKSPACES, PEOPLE = 1000, 100
TOKEN = 420  # characters of a token of Cal.com's, beside its header
LOOKS = 500
KEYS, CODEC = Keys("slotwise"), Codec({"2026a": bytes(range(32))})
LETTERS = string.ascii_letters + string.digits

Look = Callable[[], Awaitable[Any]]


class Many:
    """Fills a Redis as the stores would, many people at a time."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._chance = random.Random(7)

    async def workspace(self, team: str, count: int) -> None:
        """A workspace of so many connected people."""
        people = [self._person(team, f"U{number:08}") for number in range(count)]
        values = {one.person: _sealed(one) for one in people}
        hashes = {_hash(one): one.person for one in people}
        pipe = self._redis.pipeline(transaction=False)
        pipe.hset(KEYS.people(team), mapping=values)
        pipe.hset(KEYS.emails(team), mapping=hashes)
        await pipe.execute()

    def _person(self, team: str, person: str) -> PersonAccounts:
        name = f"{self._letters(6)} {self._letters(9)}".title()
        account = Account(
            id=self._chance.randrange(10**7),
            username=name.lower().replace(" ", "-"),
            email=f"{person}@{team}.example",
            name=name,
            zone="America/Argentina/Buenos_Aires",
        )
        linked = LinkedAccount(
            id=self._letters(16),
            server="https://api.cal.com/v2",
            account=account,
            access=self._token(),
            refresh=self._token(),
            expires_at=NOW,
            connected_at=NOW,
        )
        return PersonAccounts(team=team, person=person, accounts=(linked,), hosts="me")

    def _token(self) -> SecretStr:
        return SecretStr(f"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{self._letters(TOKEN)}")

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choices(LETTERS, k=count))


def _sealed(one: PersonAccounts) -> bytes:
    return CODEC.enclose(packed(to_be_sealed(one)), f"{KEYS.people(one.team)}:{one.person}")


def _hash(one: PersonAccounts) -> str:
    return CODEC.hashes(f"{one.team}:{one.accounts[0].account.email.casefold()}", EMAIL)[0]


@pytest.fixture
async def redis(own_redis_server: Callable[..., RedisServer]) -> AsyncIterator[Redis]:
    client = patient(connect(own_redis_server().url))
    yield client
    await client.aclose()


async def _commands(redis: Redis) -> int:
    return int((await redis.info("stats"))["total_commands_processed"])


async def _cost(redis: Redis, look: Look) -> tuple[float, float]:
    """Commands a look-up, and its median in milliseconds."""
    await look()  # the connection is there
    before, took = await _commands(redis), []
    for _ in range(LOOKS):
        began = time.perf_counter()
        await look()
        took.append(time.perf_counter() - began)
    return (await _commands(redis) - before - 1) / LOOKS, statistics.median(took) * 1000


def _looks(accounts: RedisAccounts) -> dict[str, Look]:
    ten = [f"U{number:08}" for number in range(10)]
    return {
        "one person": lambda: accounts.of("T0", "U00000003"),
        "ten people": lambda: accounts.several("T0", ten),
        "an e-mail": lambda: accounts.by_email("T0", "U00000003@t0.example"),
    }


async def test_a_look_up_costs_the_same_for_a_hundred_thousand_as_for_ten(
    redis: Redis, measured: list[str]
) -> None:
    accounts, many = RedisAccounts(redis, KEYS, CODEC), Many(redis)
    await many.workspace("T0", 10)
    assert len(await accounts.several("T0", [f"U{number:08}" for number in range(10)])) == 10
    assert await accounts.by_email("T0", "U00000003@t0.example") == "U00000003"
    few = {name: await _cost(redis, look) for name, look in _looks(accounts).items()}

    empty = int((await redis.info("memory"))["used_memory"])
    for number in range(1, WORKSPACES):
        await many.workspace(f"T{number}", PEOPLE)
    await many.workspace("T0", PEOPLE)
    kept = (WORKSPACES * PEOPLE) - 10
    size = (int((await redis.info("memory"))["used_memory"]) - empty) / kept
    full = {name: await _cost(redis, look) for name, look in _looks(accounts).items()}

    measured.append(f"a connected person in Redis, of {kept}: {size:.0f} bytes")
    for name, (commands, took) in full.items():
        before = few[name][1]
        measured.append(
            f"looking up {name}: {commands:g} commands, {took:.2f} ms ({before:.2f} with ten people)"
        )
    assert size <= 1.5 * 1024
    assert {name: cost[0] for name, cost in full.items()} == {name: cost[0] for name, cost in few.items()}

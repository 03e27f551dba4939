"""Somebody has Redis: what they read there is of no use to them, and what they move there serves nobody."""

from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from pydantic import SecretStr
from redis.asyncio import Redis

from bot.accounts.model import Installation, LinkedAccount, PersonAccounts, Rules
from bot.accounts.secrets import to_be_sealed
from bot.conversation.turns import ThreadKey, Turn
from bot.scheduling.model import Account
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys
from bot.stores.packing import packed
from tests.attacks.scene import TUESDAY, Scene, scene
from tests.logging_aloud import private
from tests.processes import RedisServer

pytestmark = [pytest.mark.redis, pytest.mark.asyncio(loop_scope="module")]

KEY = f"attacks:{b64encode(bytes(range(32))).decode()}"
KEYS = Keys("slotwise")
TEAM, ANA, BEN = "T0SLOT", "UANA", "UBEN"
ASKS = "<@U0BOT> 30 min with <@UCHI> tomorrow afternoon"
TOKENS = ("eyJ-an-access-token", "eyJ-a-refresh-token", "xoxb-a-bots-token", "xoxe-a-refresh-token")
ENDED = "My access to your calendar has ended"


@pytest_asyncio.fixture(loop_scope="module")
async def bot(redis_server: RedisServer) -> AsyncIterator[Scene]:
    """A bot whose Redis keeps and seals; Ana and Ben have connected their calendars."""
    redis_server.command("FLUSHALL")
    async with scene(redis_server.url, keys=KEY) as opened:
        await opened.begin()
        await opened.house.stores.rules.keep(Rules(team=TEAM, calendars="personal"))
        for person in (ANA, BEN):
            await opened.house.stores.accounts.keep(_connected(opened, person))
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def redis(redis_server: RedisServer, bot: Scene) -> AsyncIterator[Redis]:
    """The thief's own way to what the bot keeps."""
    thief = connect(redis_server.url)
    yield thief
    await thief.aclose()


def _connected(bot: Scene, person: str, *, by_oauth: bool = False) -> PersonAccounts:
    one = bot.slack.world.citizen(person)
    number, username = bot.calcom.who_is(person)
    secrets = {"access": TOKENS[0], "refresh": TOKENS[1]} if by_oauth else {"key": one.key}
    account = LinkedAccount(
        id=f"account-{person}",
        server=bot.slack.public_url.removesuffix("/slack") + "/calcom/v2",
        account=Account(id=number, username=username, email=one.email or "", name=one.name, zone=one.zone),
        connected_at=TUESDAY,
        **{name: SecretStr(value or "") for name, value in secrets.items()},
    )
    return PersonAccounts(team=TEAM, person=person, accounts=(account,))


async def _audited(bot: Scene) -> list[tuple[str, str, str | None]]:
    entries = [one async for one in bot.house.stores.audit.entries(TEAM)]
    return [(one.step, one.person, one.why) for one in entries if one]


async def _is_refused(bot: Scene) -> None:
    """Ben is told privately, and the audit log has it; nothing was asked or written anywhere with a key."""
    before = len(bot.calcom.requests)
    await bot.slack.say(BEN, "C0GENERAL", ASKS)
    await bot.rest()

    assert [words for words in bot.whispers(BEN) if ENDED in words]
    assert not bot.cards()
    assert ("refused", BEN, "unreadable") in await _audited(bot)
    assert len(bot.calcom.requests) == before
    assert bot.bookings() == 0


async def test_ben_is_served_by_his_own_calendar(bot: Scene) -> None:
    """So that the attacks below are on something that works."""
    card = await bot.ask(ASKS, by=BEN)

    assert any(label.startswith("Book") for label in card.labels)


async def test_anas_calendar_put_in_bens_place_serves_nobody(bot: Scene, redis: Redis) -> None:
    anas = await redis.hget(KEYS.people(TEAM), ANA)
    await redis.hset(KEYS.people(TEAM), BEN, anas or b"")

    await _is_refused(bot)


async def test_bens_calendar_of_another_workspace_serves_nobody(bot: Scene, redis: Redis) -> None:
    elsewhere = _connected(bot, BEN).model_copy(update={"team": "T0OTHER"})
    await bot.house.stores.accounts.keep(elsewhere)
    await redis.hset(KEYS.people(TEAM), BEN, await redis.hget(KEYS.people("T0OTHER"), BEN) or b"")

    await _is_refused(bot)


async def test_a_calendar_that_nobody_sealed_serves_nobody(bot: Scene, redis: Redis) -> None:
    await redis.hset(KEYS.people(TEAM), BEN, b"\x00" + packed(to_be_sealed(_connected(bot, ANA))))

    await _is_refused(bot)


async def test_a_calendar_sealed_with_another_key_of_the_same_name_serves_nobody(
    bot: Scene, redis: Redis
) -> None:
    theirs = Codec.from_setting(f"attacks:{b64encode(bytes(32)).decode()}")
    value = packed(to_be_sealed(_connected(bot, ANA)))
    await redis.hset(KEYS.people(TEAM), BEN, theirs.enclose(value, f"{KEYS.people(TEAM)}:{BEN}"))

    await _is_refused(bot)


async def test_connecting_again_mends_it(bot: Scene, redis: Redis) -> None:
    await redis.hset(KEYS.people(TEAM), BEN, b"\x02damaged")
    await bot.house.stores.accounts.keep(_connected(bot, BEN))

    card = await bot.ask(ASKS, by=BEN)

    assert any(label.startswith("Book") for label in card.labels)


# What stands in a stolen dump


async def _fill(bot: Scene) -> None:
    """Something of everything that is kept."""
    stores = bot.house.stores
    await stores.accounts.keep(_connected(bot, "UDEV", by_oauth=True))
    await stores.rules.keep(Rules(team="T0OTHER", shared=_connected(bot, ANA).default))
    await stores.installations.keep(
        Installation(
            team="T0OTHER",
            bot_user="U0BOT",
            bot_token=SecretStr(TOKENS[2]),
            refresh=SecretStr(TOKENS[3]),
            installed_at=TUESDAY,
        )
    )
    await stores.tickets.put("pending", "a-ticket-that-opens", b"what was said, and eyJ-an-access-token", 600)
    await bot.ask("<@U0BOT> intro call with <@UCHI> and ben@acme.example tomorrow about the merger", by=BEN)
    await stores.later.put(_waiting(), TUESDAY + timedelta(days=1))
    await stores.inbox.add("T0SLOT:C9:1.0", _waiting())


def _waiting() -> Turn:
    thread = ThreadKey(team=TEAM, channel="C9", thread="1.0")
    said = "call ana@acme.example about the merger"
    return Turn(id="waits", thread=thread, reply_to="1.0", speaker=BEN, text=said, at=TUESDAY)


async def test_a_stolen_dump_tells_nothing(bot: Scene, redis: Redis, redis_server: RedisServer) -> None:
    await _fill(bot)
    redis_server.command("CONFIG", "SET", "rdbcompression", "no")
    redis_server.command("SAVE")

    dump = (redis_server.directory / "dump.rdb").read_bytes()

    hidden = {*TOKENS, *private(bot.slack, bot.calcom), "the merger", "acme.example", "a-ticket-that-opens"}
    assert [one for one in hidden if one.encode() in dump] == []
    assert [
        one for one in ("people", "emails", "rules", "ticket:pending", ":state") if one.encode() not in dump
    ] == []
    assert len(hidden) > 40

"""Many small worlds behind one socket: each with a Slack, a Cal.com and keys in Redis of its own."""

import asyncio
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks import words
from bot.playground.world import load_world
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.inbox import RedisInbox
from bot.stores.keys import Keys
from tests.faults.nursery import Child, Nursery
from tests.processes import patient
from tests.served import bound_socket, serving

SIGNING_SECRET, BOT_TOKEN, WEBHOOK_SECRET = "signing-secret", "xoxb-faults", "webhook-secret"
ENCRYPTION = f"faults:{b64encode(bytes(32)).decode()}"
CHANNEL = "C0GENERAL"
START_SECONDS = 60.0
A_LOT = 100_000  # requests a minute: here nobody counts


def settings_of(base_url: str, redis_url: str, *, port: int = 0, prefix: str = "slotwise") -> dict[str, str]:
    """The environment of a bot in front of a small Slack and a small Cal.com."""
    world = load_world()
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"{base_url}/slack/api",
        "CAL_API_URL": f"{base_url}/calcom/v2",
        "CAL_API_KEY": world.citizen(world.key_owner).key or "",
        "CAL_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "REDIS_URL": redis_url,
        "REDIS_PREFIX": prefix,
        "ENCRYPTION_KEYS": ENCRYPTION,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


async def until(is_so: Callable[[], bool], seconds: float, what: Callable[[], str]) -> float:
    """Wait until something is so; how long it took."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, f"not within {seconds} s: {what()}"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


@dataclass
class Place:
    """One world. Bots are started in front of it; `around_calcom` may stand between them and Cal.com."""

    name: str
    url: str
    redis_url: str
    directory: Path
    nursery: Nursery
    slack: SmallSlack
    calcom: SmallCalcom
    redis: Redis
    bots: list[Child] = field(default_factory=list)
    started: int = 0

    async def start(self, *command: str, doom: str = "", **settings: str) -> Child:
        """Start a bot, and wait until it says that it is up."""
        self.started += 1
        self.directory.mkdir(exist_ok=True)
        log = self.directory / f"{self.name}-{self.started}.log"
        environment = settings_of(self.url, self.redis_url, prefix=self.name)
        environment |= {"CAL_REQUESTS_PER_MINUTE": str(A_LOT)} | settings
        bot = await self.nursery.bear(environment, log, *command, doom=doom)
        self.bots.append(bot)
        await until(lambda: is_up(bot), START_SECONDS, bot.text)
        return bot

    def listen_at(self, bot: Child) -> None:
        """Slack and Cal.com deliver to this one from now on."""
        self.slack.events_url = f"{url_of(bot)}/slack/events"
        self.calcom.webhook_url = f"{url_of(bot)}/webhooks/calcom"

    def cards(self, channel: str = CHANNEL) -> list[Message]:
        return [one for one in self.slack.messages(channel) if one.by_bot]

    def texts(self) -> list[str]:
        return [words(one) for one in self.cards()]

    async def end(self) -> None:
        """Kill all its bots."""
        await asyncio.gather(*(bot.kill() for bot in self.bots))

    async def waiting(self) -> tuple[str, ...]:
        """The lanes in which work waits."""
        return await RedisInbox(self.redis, Keys(self.name), Codec.from_setting(ENCRYPTION)).lanes_waiting()


def is_up(bot: Child) -> bool:
    """Whether it serves or works; it must not have ended."""
    assert bot.code is None, bot.text()
    return "serving on" in bot.text() or "working" in bot.text()


def url_of(bot: Child) -> str:
    """Where a bot that serves can be reached."""
    found = re.search(r"serving on (\S+) port (\d+)", bot.text())
    assert found, bot.text()
    return f"http://{found[1]}:{found[2]}"


Wrap = Callable[[str, ASGIApp], ASGIApp]


def _as_it_is(name: str, calcom: ASGIApp) -> ASGIApp:
    return calcom


@asynccontextmanager
async def places(
    names: Iterable[str],
    redis_url: str,
    directory: Path,
    nursery: Nursery,
    around_calcom: Wrap = _as_it_is,
) -> AsyncIterator[dict[str, Place]]:
    """A place of each of these names."""
    bound, url = bound_socket()
    redis = patient(connect(redis_url))
    found = {one: _place(one, f"{url}/{one}", redis_url, directory, nursery, redis) for one in names}
    routes = [
        mount
        for name, one in found.items()
        for mount in (
            Mount(f"/{name}/slack", one.slack.app),
            Mount(f"/{name}/calcom", around_calcom(name, one.calcom.app)),
        )
    ]
    async with serving(Starlette(routes=routes), bound, patience=15, log_level="critical"):
        try:
            yield found
        finally:
            for one in found.values():
                await one.end()
                await one.slack.close()
            await redis.aclose()


def _place(name: str, url: str, redis_url: str, directory: Path, nursery: Nursery, redis: Redis) -> Place:
    world, now = load_world(), lambda: datetime.now(UTC)
    slack = SmallSlack(world, signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, clock=now)
    slack.public_url = f"{url}/slack"
    slack.tune(retry_delays=(0.1, 0.5, 1.0), ack_seconds=10.0)
    calcom = SmallCalcom(world, clock=now, webhook_secret=WEBHOOK_SECRET)
    calcom.rate_limit.limit = A_LOT
    return Place(name, url, redis_url, directory, nursery, slack, calcom, redis)

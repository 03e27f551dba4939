"""The playground joined up: the real bot, with a small Slack and a small Cal.com on loopback around it."""

import asyncio
import random
import secrets
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import SecretStr
from starlette.routing import Mount

from bot.manifest import manifest
from bot.means import Sleep
from bot.playground.clock import WorldClock
from bot.playground.controls import Controls
from bot.playground.features import features_of
from bot.playground.page import Guard, Page, build_page
from bot.playground.seeding import seeded
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.why import Why
from bot.playground.world import World, load_world
from bot.settings import Settings
from bot.wiring import House, fresh_id, open_house

A_TUESDAY = datetime(2026, 7, 14, 7, tzinfo=UTC)  # 09:00 in Berlin, 03:00 in New York
LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Beginning:
    """How a playground begins. `at`: its first instant, aware; else a Tuesday with a seed, now without."""

    seed: int | None = None
    at: datetime | None = None

    def clock(self) -> WorldClock:
        """The world's time, which runs on from there."""
        return WorldClock(self.at or (None if self.seed is None else A_TUESDAY))


@dataclass(frozen=True)
class Playground:
    """A bot and its small world. `page` ends its open streams when it is told to stop."""

    house: House
    slack: SmallSlack
    calcom: SmallCalcom
    page: Page
    world: World
    controls: Controls
    why: Why


@dataclass(frozen=True)
class Keys:
    """What opens the small world's doors: new each time, and never leaving it.

    The small servers stand under a path that nobody can guess: their people's keys stand in the repository.
    """

    base_url: str
    owners_key: str
    signing: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex(16)}", repr=False)
    webhooks: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    nook: str = field(default_factory=lambda: f"/_{secrets.token_urlsafe(24)}", repr=False)

    def settings(self, settings: Settings) -> Settings:
        """The settings of a bot that lives in there, and knows no other Slack and Cal.com."""
        return settings.model_copy(
            update={
                "slack_bot_token": SecretStr(self.token),
                "slack_signing_secret": SecretStr(self.signing),
                "slack_api_url": f"{self.base_url}{self.nook}/slack/api",
                "cal_api_url": f"{self.base_url}{self.nook}/calcom/v2",
                "cal_api_key": SecretStr(self.owners_key),
                "cal_webhook_secret": SecretStr(self.webhooks),
                "cal_extra_headers": {},
            }
        )


@asynccontextmanager
async def open_playground(
    settings: Settings,
    base_url: str,
    *,
    clock: WorldClock | None = None,
    sleep: Sleep = asyncio.sleep,
    seed: int | None = None,
    guard: Guard | None = None,
) -> AsyncIterator[Playground]:
    """Open a world that will be served at `base_url`, to those whom the guard lets in.

    With a seed its calendars are filled by chance, the same each time, and so are the bot's ids.
    """
    world, clock = load_world() if seed is None else seeded(load_world(), seed), clock or WorldClock()
    keys = Keys(base_url, world.citizen(world.key_owner).key or "")
    slack, calcom = _small_servers(world, keys, clock)
    why = Why(clock)

    async def forget() -> None:
        await house.forget()
        why.forget()

    async def rest() -> None:
        await house.rest()

    controls = Controls(slack, calcom, clock, world, forget, rest=rest)
    features = features_of(manifest(url=None, command=world.command, socket=True))
    page = build_page(slack, calcom, world, features=features, controls=controls, why=why, guard=guard)
    opening = open_house(
        keys.settings(settings),
        extra=[
            Mount(f"{keys.nook}/slack", slack.app),
            Mount(f"{keys.nook}/calcom", calcom.app),
            *page.routes,
        ],
        clock=clock,
        sleep=sleep,
        new_id=fresh_id if seed is None else _numbered(seed),
        watcher=why,
        on_call=why.called,
    )
    async with opening as house:
        try:
            yield Playground(house, slack, calcom, page, world, controls, why)
        finally:
            await slack.close()


def _small_servers(world: World, keys: Keys, clock: WorldClock) -> tuple[SmallSlack, SmallCalcom]:
    slack = SmallSlack(world, signing_secret=keys.signing, bot_token=keys.token, clock=clock)
    slack.events_url = f"{keys.base_url}/slack/events"
    slack.public_url = f"{keys.base_url}{keys.nook}/slack"
    calcom = SmallCalcom(world, clock=clock, webhook_secret=keys.webhooks)
    calcom.webhook_url = f"{keys.base_url}/webhooks/calcom"
    return slack, calcom


def _numbered(seed: int) -> Callable[[], str]:
    """Ids that come in the same order every time."""
    lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return lambda: "".join(lot.choices(LETTERS, k=16))

"""The playground joined up: the real bot, with a small Slack and a small Cal.com on loopback around it."""

import asyncio
import random
import secrets
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from pydantic import SecretStr
from starlette.routing import BaseRoute, Mount

from bot.calcom.transport.breaker import Breaker
from bot.manifest import manifest
from bot.means import Sleep
from bot.peopling import Peopling
from bot.playground.clock import WorldClock
from bot.playground.controls import Controls
from bot.playground.features import features_of
from bot.playground.page import Guard, Page, build_page
from bot.playground.seeding import seeded
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.talks import (
    TUESDAY,
    BadTalk,
    Connected,
    Player,
    Recorder,
    Stage,
    Talk,
    read_talk,
    write_talk,
)
from bot.playground.why import Why
from bot.playground.world import World, load_world
from bot.scheduling.rations import Unrationed
from bot.settings import Settings
from bot.wiring import House, fresh_id, open_house, utc_now

LETTERS = string.ascii_letters + string.digits


class BadBeginning(Exception):
    """A playground that cannot begin so; its words say why."""


@dataclass(frozen=True)
class Beginning:
    """How a playground begins. `at`: its first instant, aware; else a Tuesday with a seed, now without.

    `record`: where what is done is written down; `talk`: what is played.
    """

    seed: int | None = None
    at: datetime | None = None
    record: Path | None = None
    talk: Talk | None = None

    def clock(self) -> WorldClock:
        """The world's time. It runs on from there; in a talk it stands, so that the talk repeats."""
        start = self.at or (None if self.seed is None else TUESDAY)
        if self.record is None and self.talk is None:
            return WorldClock(start)
        return WorldClock(start or utc_now().replace(second=0, microsecond=0), is_standing=True)


def beginning(
    seed: int | None = None, at: datetime | None = None, record: Path | None = None, play: Path | None = None
) -> Beginning:
    """Read the talk to be played, which has its own seed and time; begin the file of the one to be recorded.

    Raises BadBeginning.
    """
    try:
        if play is not None:
            talk = read_talk(play)
            return Beginning(talk.seed, talk.now, talk=talk)
        if record is not None:
            _begin_file(record)
        return Beginning(seed, at, record)
    except BadTalk as bad:
        raise BadBeginning(str(bad)) from bad


def _begin_file(record: Path) -> None:
    """Nothing is written over, and what cannot be written is said before anybody has done anything."""
    if record.exists():
        raise BadBeginning(f"{record} is there already: name another file, or take that one away.")
    write_talk(Talk(title=record.stem, step=()), record)


@dataclass(frozen=True)
class Playground:
    """A bot and its small world. `page` ends its open streams when it is told to stop.

    `player` plays the talk that the world was opened for.
    """

    house: House
    slack: SmallSlack
    calcom: SmallCalcom
    page: Page
    world: World
    controls: Controls
    why: Why
    player: Player | None = None


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
                "cal_server": "self-hosted",
                "cal_api_url": f"{self.base_url}{self.nook}/calcom/v2",
                "cal_api_key": SecretStr(self.owners_key),
                "cal_webhook_secret": SecretStr(self.webhooks),
                "maton_api_key": None,
                "cal_client_id": None,
                "cal_secret_key": None,
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
    talk: Talk | None = None,
    record: Path | None = None,
    connected: Connected | None = None,
) -> AsyncIterator[Playground]:
    """Open a world that will be served at `base_url`, to those whom the guard lets in.

    With a seed its calendars are filled by chance, the same each time, and so are the bot's ids. `talk`: to
    be played. `record`: the file for what is done on the page. `connected`: who is from the beginning; else
    those of the talk. Raises BadTalk, when it cannot be written.
    """
    world, clock = load_world() if seed is None else seeded(load_world(), seed), clock or WorldClock()
    keys = Keys(base_url, world.citizen(world.key_owner).key or "")
    slack, calcom = _small_servers(world, keys, clock)
    why = Why(clock)

    settings = keys.settings(settings)
    begins = connected or (talk.connected if talk else Connected())
    peopling = Peopling(begins, world, calcom, settings.calcom_url, clock)

    async def forget() -> None:
        await house.forget()
        await peopling.settle(house.stores)
        why.forget()

    async def rest() -> None:
        await house.rest()

    controls = Controls(slack, calcom, clock, world, forget, rest=rest)
    features = features_of(manifest(url=None, command=world.command, socket=True))
    stage = partial(Stage, slack=slack, calcom=calcom, controls=controls, settle=rest)
    player = Player(stage(talk)) if talk else None
    recorder = Recorder(record, stage(_blank(clock, seed))) if record else None
    page = build_page(
        slack,
        calcom,
        features=features,
        controls=controls,
        why=why,
        guard=guard,
        deeds=recorder,
        plays=player,
    )
    opening = open_house(
        settings,
        extra=_routes(keys, slack, calcom, page),
        clock=clock,
        sleep=sleep,
        new_id=fresh_id if seed is None else _numbered(seed),
        watcher=why,
        breaker=Breaker(pause=0.0),  # when the trouble of its Cal.com is switched off, that shows at once
        budget=Unrationed(),
        embedded_secrets=True,
    )
    async with opening as house:
        await peopling.settle(house.stores)
        try:
            yield Playground(house, slack, calcom, page, world, controls, why, player)
        finally:
            await slack.close()
            if player:
                await player.close()


def _small_servers(world: World, keys: Keys, clock: WorldClock) -> tuple[SmallSlack, SmallCalcom]:
    slack = SmallSlack(world, signing_secret=keys.signing, bot_token=keys.token, clock=clock)
    slack.events_url = f"{keys.base_url}/slack/events"
    slack.public_url = f"{keys.base_url}{keys.nook}/slack"
    calcom = SmallCalcom(world, clock=clock, webhook_secret=keys.webhooks)
    calcom.webhook_url = f"{keys.base_url}/webhooks/calcom"
    return slack, calcom


def _routes(keys: Keys, slack: SmallSlack, calcom: SmallCalcom, page: Page) -> list[BaseRoute]:
    servers = [Mount(f"{keys.nook}/slack", slack.app), Mount(f"{keys.nook}/calcom", calcom.app)]
    return [*servers, *page.routes]


def _blank(clock: WorldClock, seed: int | None) -> Talk:
    """What a recorded talk begins with."""
    return Talk(
        title="Recorded in the playground", now=clock.start.replace(microsecond=0), seed=seed, step=()
    )


def _numbered(seed: int) -> Callable[[], str]:
    """Ids that come in the same order every time."""
    lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return lambda: "".join(lot.choices(LETTERS, k=16))

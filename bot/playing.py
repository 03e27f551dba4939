"""The playground joined up: the real bot, with a small Slack and a small Cal.com on loopback around it."""

import asyncio
import random
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.calcom.transport.breaker import Breaker
from bot.grounds import NEIGHBOURS, Grounds, Keys
from bot.manifest import manifest
from bot.means import Sleep
from bot.peopling import Peopling
from bot.playground.clock import WorldClock
from bot.playground.controls import Controls
from bot.playground.features import features_of
from bot.playground.page import Behind, Guard, Page, build_page
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
from bot.playground.world import World, load_neighbours, load_world
from bot.scheduling.rations import Unrationed
from bot.settings import Settings
from bot.wiring import House, fresh_id, open_house, utc_now

OWN_PAGES = ("/slack/install", "/slack/oauth_redirect", "/connect")  # the bot's, which show the nook
SITES = ("cal.example", "cal.com")  # booking pages of the invented Cal.com, and of the real one
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
    """A bot and its small world.

    `player` plays the talk that the world was opened for.
    """

    house: House
    grounds: Grounds
    pages: tuple[Page, ...]
    world: World
    controls: Controls
    why: Why
    player: Player | None = None

    @property
    def slack(self) -> SmallSlack:
        """The first workspace."""
        return self.grounds.slack

    @property
    def calcom(self) -> SmallCalcom:
        """Everybody's Cal.com."""
        return self.grounds.calcom

    @property
    def page(self) -> Page:
        """That of the first workspace."""
        return self.pages[0]

    def stop(self) -> None:
        """End the pages' open streams."""
        for page in self.pages:
            page.stop()


class Life:
    """What the page's controls do to the bot, which is there only when all else is."""

    def __init__(self, peopling: Peopling, why: Why) -> None:
        self._peopling = peopling
        self._why = why

    def controls(self, grounds: Grounds, clock: WorldClock) -> Controls:
        """The controls of such a world."""
        return Controls(
            grounds.slack,
            grounds.calcom,
            clock,
            grounds.slack.world,
            self.forget,
            rest=self.rest,
            neighbours=(grounds.neighbour,) if grounds.neighbour else (),
            connect=self.connect,
            relearn=self.relearn,
            hourly=self.hourly,
        )

    async def begin(self, house: House) -> None:
        """The bot is there."""
        self._house = house
        await self._peopling.settle(house.stores)

    async def forget(self) -> None:
        """It remembers nothing but how the world begins."""
        await self._house.forget()
        await self._peopling.settle(self._house.stores)
        self._why.forget()

    async def rest(self) -> None:
        """Wait until it has nothing left to do."""
        await self._house.rest()

    async def hourly(self) -> None:
        """Do what is done every hour, and wait for it."""
        await self._house.timekeeper.do_all_chores()
        await self._house.rest()

    def relearn(self) -> None:
        """Ask anew who people are."""
        self._house.offices.forget()

    async def connect(self) -> None:
        """Everybody connects their own calendar."""
        await self._peopling.connect_all(self._house.stores)


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
    neighbours: bool = False,
) -> AsyncIterator[Playground]:
    """Open a world that will be served at `base_url`, to those whom the guard lets in.

    With a seed its calendars are filled by chance, the same each time, and so are the bot's ids. `talk`: to
    be played. `record`: the file for what is done on the page. `connected`: who is from the beginning; else
    those of the talk. `neighbours`: with a second workspace, which may add the bot.
    Raises BadTalk, when the file cannot be written.
    """
    world, clock = load_world() if seed is None else seeded(load_world(), seed), clock or WorldClock()
    keys = Keys(base_url, world.citizen(world.key_owner).key or "", neighbours)
    grounds = Grounds(keys, world, load_neighbours() if neighbours else None, clock)
    settings, why = keys.settings(settings), Why(clock)
    begins = connected or (talk.connected if talk else Connected())
    peopling = Peopling(grounds, begins, settings.calcom_url, clock)

    life = Life(peopling, why)
    controls = life.controls(grounds, clock)
    stage = partial(Stage, slack=grounds.slack, calcom=grounds.calcom, controls=controls, settle=life.rest)
    player = Player(stage(talk)) if talk else None
    recorder = Recorder(record, stage(_blank(clock, seed))) if record else None
    pages = _pages(grounds, controls, why, guard, recorder, player)
    opening = open_house(
        settings,
        extra=[*grounds.routes(), *(route for page in reversed(pages) for route in page.routes)],
        clock=clock,
        sleep=sleep,
        new_id=fresh_id if seed is None else _numbered(seed),
        watcher=why,
        breaker=Breaker(pause=0.0),  # when the trouble of its Cal.com is switched off, that shows at once
        budget=Unrationed(),
        embedded_secrets=True,
        subscribes=False,  # its Cal.com knows from the beginning where the bot is
    )
    async with opening as house:
        house.web.add_middleware(Behind, guard=guard or Guard(), paths=OWN_PAGES)
        await life.begin(house)
        try:
            yield Playground(house, grounds, pages, world, controls, why, player)
        finally:
            await grounds.close()
            if player:
                await player.close()


def _pages(
    grounds: Grounds,
    controls: Controls,
    why: Why,
    guard: Guard | None,
    recorder: Recorder | None,
    player: Player | None,
) -> tuple[Page, ...]:
    """One for each workspace. Only what is done in the first is recorded and played."""
    features = features_of(manifest(url=None, command=controls.world.command, socket=True, sites=SITES))
    grounds.slack.unfurls = features.unfurl_domains
    build = partial(
        build_page, calcom=grounds.calcom, features=features, controls=controls, why=why, guard=guard
    )
    first = build(grounds.slack, doors=grounds.doors, deeds=recorder, plays=player)
    if grounds.neighbour is None:
        return (first,)
    return first, build(grounds.neighbour, doors=grounds.doors, at=NEIGHBOURS)


def _blank(clock: WorldClock, seed: int | None) -> Talk:
    """What a recorded talk begins with."""
    return Talk(
        title="Recorded in the playground", now=clock.start.replace(microsecond=0), seed=seed, step=()
    )


def _numbered(seed: int) -> Callable[[], str]:
    """Ids that come in the same order every time."""
    lot = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return lambda: "".join(lot.choices(LETTERS, k=16))

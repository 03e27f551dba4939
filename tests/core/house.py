"""The bot's heart between the real edges, with the queue in the test's hands.

Signed deliveries go through the real Bolt app, answers through the real clients to the small Slack and the
small Cal.com, and everything is kept on the embedded Redis. Only the worker is ours: it does one piece of
work after the other, and begins again with a fresh staff where one has died.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.accounts.model import Rules
from bot.calcom.access.kinds import ApiKey
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.server import Server
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.line import Line as CalcomLine
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import Reads
from bot.conversation.ports import Clock
from bot.conversation.turns import MeetingNews, Work
from bot.jobs.timekeeper import Timekeeper
from bot.means import Means
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks import words
from bot.playground.world import load_world
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.model import BookingEvent
from bot.slack.app import build_app
from bot.slack.client import open_session, web_client
from bot.slack.directory import SlackDirectory
from bot.slack.door import SlackDoor
from bot.slack.messenger import SlackMessenger
from bot.slack.workspaces import OneWorkspace
from bot.staff import Staff
from bot.stores.audit import RedisAuditLog
from bot.stores.booking_locks import RedisBookingLocks
from bot.stores.chains import RedisChains
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.conversations import RedisConversationStore
from bot.stores.keys import Keys
from bot.stores.later import RedisLater
from bot.stores.ledger import RedisWriteLedger
from bot.stores.marks import RedisMarks
from bot.stores.periods import RedisPeriods
from bot.stores.preferences import RedisPreferences
from bot.stores.rules import RedisRules
from bot.web import build_web
from tests.calendars import Each, only
from tests.core.crashing import CrashNow, Fuse, through
from tests.served import bound_socket, serving

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)  # 09:00 in Berlin, 03:00 in New York
CHANNEL = "C0GENERAL"
SIGNING, TOKEN, WEBHOOK = "signing-secret", "xoxb-core", "webhook-secret"
MOST_CRASHES = 5


class Line:
    """A queue whose work waits until the test says so."""

    def __init__(self) -> None:
        self.works: list[Work] = []
        self.done: list[Work] = []

    async def put(self, work: Work) -> None:
        self.works.append(work)

    async def is_busy(self, lane: str) -> bool:
        return bool(self.works)


@dataclass
class House:
    """The bot, its world, and what waits to be done. `fuse` is the next process's."""

    slack: SmallSlack
    calcom: SmallCalcom
    line: Line
    redis: Redis
    audit: RedisAuditLog
    open_means: Callable[[], Means]
    timekeeper: Timekeeper
    now: datetime = TUESDAY
    fuse: Fuse = field(default_factory=Fuse)
    staff: Staff | None = None
    said: Message | None = None
    heirs: list[Fuse] = field(default_factory=list)
    put_off: list[Work] = field(default_factory=list)
    connected: tuple[str, ...] = ()  # whose own calendars are; nobody's: one serves everybody

    async def begin(self, fuse: Fuse | None = None, *heirs: Fuse) -> None:
        """Everything as on the first day, and a process with this fuse; the next one has the next."""
        self.now = TUESDAY
        self.slack.reset()
        self.calcom.reset()
        await self.redis.flushall()
        self.line.works.clear()
        self.line.done.clear()
        self.said, self.heirs, self.put_off = None, list(heirs), []
        self.start(fuse or Fuse())

    def start(self, fuse: Fuse) -> Staff:
        """A fresh process."""
        self.fuse = fuse
        self.staff = Staff(through(self.open_means(), fuse))
        return self.staff

    async def work(self) -> None:
        """Do all that waits; where the process dies, a fresh one takes up the same work again.

        News of which the calendar says nothing just now are tried again with the next work, as they would be.
        """
        crashes = 0
        self.line.works += self.put_off
        self.put_off = []
        while self.line.works:
            work = self.line.works[0]
            try:
                await self.do(work)
            except CrashNow:
                crashes += 1
                assert crashes < MOST_CRASHES
                self.start(self.heirs.pop(0) if self.heirs else Fuse())
                continue
            except CalendarUnavailable:
                assert isinstance(work, BookingEvent | MeetingNews)
                self.line.works.remove(work)
                self.put_off.append(work)
                continue
            self.line.works.remove(work)
            self.line.done.append(work)

    async def do(self, work: Work) -> None:
        assert self.staff
        await self.staff.handle(work)

    async def rule(self, **rules: Any) -> None:
        """An admin has decided this; the process begins anew, for rules are remembered for some seconds."""
        await self.open_means().rules.keep(Rules(team="T0SLOT", **rules))
        self.start(Fuse())

    # What people do

    async def say(self, text: str, *, by: str = "UANA", where: str = CHANNEL, top: bool = False) -> Message:
        """Say something, in the thread that was begun unless at the `top`; the work then waits."""
        place = self.slack.dm_channel(by) if where == "dm" else where
        thread = None if top or where == "dm" or self.said is None else self.said.ts
        message = await self.slack.say(by, place, text, thread_ts=thread)
        self.said = self.said or message
        return message

    async def press(self, label: str, *, by: str = "UANA", on: Message | None = None) -> None:
        """Press the first button whose label begins so."""
        card = on or self.cards()[-1]
        full = next(one for one in card.labels if one.startswith(label))
        await self.slack.press(by, card, label=full)

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)

    async def wait(self, seconds: float) -> int:
        """Let time pass; how much work has become due, and was done."""
        self.now += timedelta(seconds=seconds)
        self.slack.time_passed()
        await self.timekeeper.move_due()
        count = len(self.line.works)
        await self.work()
        return count

    # What can be seen

    async def refusals(self) -> list[tuple[str, str | None]]:
        """Who was refused, and why, as the audit log has it."""
        entries = [one async for one in self.audit.entries("T0SLOT")]
        return [(one.person, one.why) for one in entries if one and one.step == "refused"]

    def cards(self, where: str = CHANNEL) -> list[Message]:
        return [one for one in self.slack.messages(where) if one.by_bot]

    def texts(self, where: str = CHANNEL) -> list[str]:
        return [words(one) for one in self.cards(where)]

    def whispers(self, person: str = "UANA") -> list[str]:
        return [words(one) for one in self.slack.whispers(person)]

    def dms(self, person: str) -> list[str]:
        return [words(one) for one in self.slack.dms(person)]

    def bookings(self, status: str = "accepted") -> list[datetime]:
        return [one.start for one in self.calcom.bookings() if one.status == status]

    def writes(self) -> list[str]:
        asked = [f"{one.method} {one.path}" for one in self.calcom.requests]
        return [one for one in asked if one.startswith(("POST", "PATCH")) and "/bookings" in one]


@asynccontextmanager
async def housed() -> AsyncIterator[House]:
    """Open it all; `begin` before use."""
    world = load_world()
    bound, base_url = bound_socket()
    redis = connect(None)
    line = Line()
    houses: list[House] = []

    def clock() -> datetime:
        return houses[0].now

    slack = SmallSlack(world, signing_secret=SIGNING, bot_token=TOKEN, clock=clock)
    slack.public_url, slack.events_url = f"{base_url}/slack", "http://bot/slack/events"
    calcom = SmallCalcom(world, clock=clock, webhook_secret=WEBHOOK, webhook_url="http://bot/webhooks/calcom")
    app = Starlette(routes=[Mount("/slack", slack.app)])
    async with open_session() as session, httpx.AsyncClient(transport=Cutting(calcom.app)) as http:
        client = web_client(TOKEN, f"{base_url}/slack/api/", session)
        keys, codec = Keys("core"), Codec.from_setting(None)
        store = RedisConversationStore(redis, keys, codec)
        later = RedisLater(redis, keys, codec)
        audit = RedisAuditLog(redis, keys, codec, days=1)

        def calendar_of(person: str) -> CalcomCalendar:
            return CalcomCalendar(_client(http, world.citizen(person).key or ""))

        def open_means() -> Means:
            own = Each({one: calendar_of(one) for one in houses[0].connected})
            return Means(
                store=store,
                queue=line,
                later=later,
                messenger=SlackMessenger(client),
                directory=SlackDirectory(client, clock=clock),
                calendars=own if own.readers else only(calendar_of(world.key_owner)),
                locks=RedisBookingLocks(redis, keys),
                team=world.team,
                chains=RedisChains(redis, keys),
                marks=RedisMarks(redis, keys),
                ledger=RedisWriteLedger(redis, keys, codec),
                audit=audit,
                clock=clock,
                new_id=_numbers(),
                sleep=_at_once,
                rules=RedisRules(redis, keys, codec),
                preferences=RedisPreferences(redis, keys, codec),
            )

        web = _front(client, line, store, clock)
        slack.tune(transport=httpx.ASGITransport(web), retry_delays=())
        calcom.deliver_through(httpx.ASGITransport(web))
        timekeeper = Timekeeper(later, line, RedisPeriods(redis, keys), clock)
        house = House(slack, calcom, line, redis, audit, open_means, timekeeper)
        houses.append(house)
        async with serving(app, bound):
            try:
                yield house
            finally:
                await slack.close()
                await redis.aclose()


def _front(client: AsyncWebClient, line: Line, store: RedisConversationStore, clock: Clock) -> Starlette:
    bolt = build_app(
        client=client,
        signing_secret=SIGNING,
        workspaces=OneWorkspace(client, TOKEN),
        queue=line,
        store=store,
        clock=clock,
    )
    return build_web(
        slack=SlackDoor(bolt, SIGNING),
        hook_secret=_webhook_secret,
        queue=line,
        is_ready=_ready,
        now=clock,
    )


class Cutting(httpx.ASGITransport):
    """In memory nobody hangs up: an app that answers nothing is a line that was cut."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except AssertionError as error:
            raise httpx.ReadError("cut") from error


def _client(http: httpx.AsyncClient, key: str) -> CalcomClient:
    pace = Pace(sleep=_at_once)
    server = Server("http://cal", "self_hosted")
    never = Breaker(pause=0.0)  # its pauses are of real time, which stands still here
    return CalcomClient(CalcomLine(http, server, pace, breaker=never, reads=Reads(pace.seconds)), ApiKey(key))


_ids = itertools.count(1)


def _numbers() -> Callable[[], str]:
    return lambda: f"id-{next(_ids)}"


async def _at_once(seconds: float) -> None:
    return None


async def _ready() -> bool:
    return True


async def _webhook_secret() -> str:
    return WEBHOOK


Act = Callable[[House], Awaitable[object]]

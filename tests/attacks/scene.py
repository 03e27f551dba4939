"""The whole bot behind its real server, in a small world, and what an attacker may do and see."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.calcom.transport.breaker import Breaker
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks import words
from bot.playground.world import World, load_world
from bot.scheduling.rations import Unrationed
from bot.settings import Settings
from bot.web.server import Server, _config
from bot.wiring import House, open_house
from tests.served import bound_socket, serving

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
CHANNEL, OTHER_CHANNEL = "C0GENERAL", "C0SALES"
SIGNING, TOKEN, WEBHOOK = "signing-secret-of-attacks", "xoxb-token-of-attacks", "webhook-secret-of-attacks"
SECRETS = (SIGNING, TOKEN, WEBHOOK)
ASKS = "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WRITES = ("POST", "PATCH", "PUT", "DELETE")


@dataclass(frozen=True)
class Heard:
    """One delivery as it went over the wire."""

    path: str
    body: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> dict[str, Any]:
        """What it says, if it is JSON or a form that holds some."""
        if self.headers["content-type"].startswith(JSON):
            return dict(json.loads(self.body))
        form = {name: values[0] for name, values in parse_qs(self.body.decode()).items()}
        return dict(json.loads(form["payload"])) if "payload" in form else form


class Tap(httpx.AsyncBaseTransport):
    """On the line to the bot: keeps what goes by, and lets it pass or not."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.is_open = True
        self._line = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(Heard(request.url.path, request.content, dict(request.headers)))
        return await self._line.handle_async_request(request) if self.is_open else httpx.Response(200)

    async def aclose(self) -> None:
        """Whoever sends closes it when they are done, while others still send."""

    async def shut(self) -> None:
        """Nobody sends any more."""
        await self._line.aclose()


@dataclass
class Scene:
    """The bot, its world, and the line between them."""

    slack: SmallSlack
    calcom: SmallCalcom
    house: House
    url: str
    tap: Tap
    http: httpx.AsyncClient
    now: list[datetime]

    async def begin(self) -> None:
        """Everything as on the first day."""
        await self.rest()
        self.now[0] = TUESDAY
        self.slack.reset()
        self.calcom.reset()
        self.tap.heard.clear()
        self.tap.is_open = True
        await self.house.forget()

    async def rest(self) -> None:
        """Until nothing is on its way, and nothing waits to be done."""
        await self.slack.settled()
        await self.house.rest()

    def later(self, **span: float) -> None:
        self.now[0] += timedelta(**span)

    # What an attacker does

    async def post(
        self, body: bytes, kind: str = JSON, path: str = "/slack/events", **headers: str
    ) -> httpx.Response:
        """To Slack's door, signed as Slack does unless the headers given say otherwise."""
        return await self.send(body, {"content-type": kind, **signed(body), **headers}, path)

    async def send(
        self, body: bytes, headers: Any = None, path: str = "/slack/events", method: str = "POST"
    ) -> httpx.Response:
        answer = await self.http.request(method, path, content=body, headers=headers)
        await self.rest()
        return answer

    async def replay(self, heard: Heard, **headers: str) -> httpx.Response:
        """The very same bytes once more."""
        return await self.send(heard.body, heard.headers | headers, heard.path)

    async def interact(self, payload: dict[str, Any]) -> httpx.Response:
        return await self.post(urlencode({"payload": json.dumps(payload)}).encode(), FORM)

    async def event(self, event: dict[str, Any], **envelope: Any) -> httpx.Response:
        whole = {"type": "event_callback", "team_id": "T0SLOT", "event_id": "Ev1", "event": event}
        return await self.post(json.dumps(whole | envelope).encode())

    async def command(self, **form: str) -> httpx.Response:
        fields = {"command": "/meet", "team_id": "T0SLOT", "channel_id": CHANNEL, "user_id": "UANA"}
        return await self.post(urlencode(fields | {"trigger_id": "1.2.x"} | form).encode(), FORM)

    async def news(self, body: bytes, **headers: str) -> httpx.Response:
        """A webhook, signed unless the headers given say otherwise."""
        return await self.send(body, {"x-cal-signature-256": hooked(body), **headers}, "/webhooks/calcom")

    # What people do

    async def ask(self, text: str = ASKS, *, by: str = "UANA", where: str = CHANNEL) -> Message:
        """The card that answers it."""
        await self.slack.say(by, where, text)
        await self.rest()
        return self.cards(where)[-1]

    async def pressed(self, card: Message, label: str = "Book", *, by: str = "UANA") -> Heard:
        """What a press looks like on the line. The bot does not get it."""
        self.tap.is_open = False
        full = next(one for one in card.labels if one.startswith(label))
        await self.slack.press(by, card, label=full)
        self.tap.is_open = True
        return self.tap.heard[-1]

    async def said(self, text: str = ASKS, *, by: str = "UANA", where: str = CHANNEL) -> Heard:
        """What something said looks like on the line. The bot does not get it."""
        self.tap.is_open = False
        await self.slack.say(by, where, text)
        await self.slack.settled()
        self.tap.is_open = True
        return next(one for one in self.tap.heard if b'"app_mention"' in one.body or where[0] == "D")

    async def booked_from_outside(self, **booking: str) -> Heard:
        """What the news of a booking looks like on the line. The bot does not get it."""
        self.tap.is_open = False
        start = TUESDAY.replace(hour=13)
        guest = {"name": "Ben Carter", "email": "ben@acme.example"} | booking
        await self.calcom.book_from_outside("UANA", "meeting", start, **guest)
        self.tap.is_open = True
        return self.tap.heard[-1]

    # What came of it

    def cards(self, where: str = CHANNEL) -> list[Message]:
        return [one for one in self.slack.messages(where) if one.by_bot]

    def whispers(self, person: str) -> list[str]:
        return [words(one) for one in self.slack.whispers(person)]

    def dms(self, person: str) -> list[str]:
        return [words(one) for one in self.slack.dms(person)]

    def deeds(self) -> tuple[list[str], list[str]]:
        """All that was written at Cal.com and said in Slack so far."""
        written = [f"{one.method} {one.path}" for one in self.calcom.requests if one.method in WRITES]
        said = [f"{one.method} {one.payload}" for one in self.slack.calls if is_speech(one.method)]
        return written, said

    def bookings(self) -> int:
        return len([one for one in self.calcom.bookings() if one.status == "accepted"])


def is_speech(method: str) -> bool:
    return method.startswith(("chat.", "respond", "views.", "conversations.open"))


def signed(
    body: bytes, secret: str = SIGNING, at: float | None = None, version: str = "v0"
) -> dict[str, str]:
    """Slack's headers for this body."""
    stamp = str(int(time.time() if at is None else at))
    base = version.encode() + b":" + stamp.encode() + b":" + body
    mark = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"{version}={mark}"}


def hooked(body: bytes, secret: str = WEBHOOK) -> str:
    """Cal.com's signature of this body."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def settings(base_url: str, owners_key: str, redis_url: str | None, keys: str = "") -> Settings:
    return Settings.from_env(
        {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING,
            "SLACK_API_URL": f"{base_url}/slack/api",
            "CAL_API_URL": f"{base_url}/calcom/v2",
            "CAL_API_KEY": owners_key,
            "CAL_WEBHOOK_SECRET": WEBHOOK,
            "REDIS_URL": redis_url or "",
            "ENCRYPTION_KEYS": keys,
        }
    )


@asynccontextmanager
async def scene(
    redis_url: str | None = None, world: World | None = None, keys: str = "", *, with_rules: bool = False
) -> AsyncIterator[Scene]:
    """Open it all; `begin` before use. `world`: another one than the usual; `keys`: what seals;
    `with_rules`: those are kept, and what people connect, also without a Redis."""
    world, now = world or load_world(), [TUESDAY]
    world_place, world_url = bound_socket()
    slack = SmallSlack(world, signing_secret=SIGNING, bot_token=TOKEN, clock=lambda: now[0])
    calcom = SmallCalcom(world, clock=lambda: now[0], webhook_secret=WEBHOOK)
    slack.public_url = f"{world_url}/slack"
    outside = Starlette(routes=[Mount("/slack", slack.app), Mount("/calcom", calcom.app)])
    tap = Tap()
    opening = open_house(
        settings(world_url, world.citizen(world.key_owner).key or "", redis_url, keys),
        clock=lambda: now[0],
        sleep=_at_once,
        breaker=Breaker(pause=0.0),
        budget=Unrationed(),
        embedded_secrets=with_rules,
    )
    async with serving(outside, world_place, log_level="critical"), opening as house, _bot(house) as url:
        slack.events_url, calcom.webhook_url = f"{url}/slack/events", f"{url}/webhooks/calcom"
        slack.tune(transport=tap, retry_delays=())
        calcom.deliver_through(tap)
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as http:
            try:
                yield Scene(slack, calcom, house, url, tap, http, now)
            finally:
                await slack.close()
                await tap.shut()


@asynccontextmanager
async def _bot(house: House) -> AsyncIterator[str]:
    """Its front door on the server that the program has, without its signals; the address."""
    place, url = bound_socket()
    server = Server(_config(house.web, "127.0.0.1", 0, 2), None)
    running = asyncio.create_task(server._serve([place]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.002)
    try:
        yield url
    finally:
        server.should_exit = True
        await running
        place.close()


async def _at_once(seconds: float) -> None:
    await asyncio.sleep(0)

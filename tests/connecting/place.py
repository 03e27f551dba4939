"""The whole bot in a small world where people connect their own Cal.com, and a browser for each of them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.calcom.transport.breaker import Breaker
from bot.conversation.auditing import Deed
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_calcom.oauth import CalcomClient
from bot.playground.small_calcom.records import Account
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks import words
from bot.playground.world import load_world
from bot.scheduling.rations import Unrationed
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.served import bound_socket, serving

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
TEAM, CHANNEL = "T0SLOT", "C0GENERAL"
SIGNING, TOKEN = "signing-secret-of-connecting", "xoxb-connecting"
KEYS = {one: f"cal_playground_{one[1:].lower()}" for one in ("UANA", "UBEN", "UCHI", "UDEV")}
ASKS = "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@dataclass
class Browser:
    """Somebody's browser, with its cookies. It follows what leads back to the bot, and shows the page."""

    http: httpx.AsyncClient
    trail: list[str] = field(default_factory=list)

    async def open(self, url: str) -> httpx.Response:
        """A page, and wherever it sends the browser."""
        answer = await self.http.get(url)
        while answer.is_redirect:
            self.trail.append(answer.headers["location"])
            answer = await self.http.get(str(answer.url.join(answer.headers["location"])))
        return answer

    async def allow(self, page: httpx.Response, person: str, decision: str = "allow") -> str:
        """Say yes on Cal.com's page, signed in as this person; where the browser is sent then."""
        asked = dict(HIDDEN.findall(page.text.replace("&amp;", "&")))
        at = f"{page.url.scheme}://{page.url.netloc.decode()}{page.url.path}"
        answer = await self.http.post(at, data={**asked, "account": person, "decision": decision})
        return str(answer.headers["location"])


@dataclass
class Place:
    """The bot, its world, and what people do in it."""

    slack: SmallSlack
    calcom: SmallCalcom
    other: SmallCalcom  # a server of a company's own
    house: House
    url: str
    now: list[datetime]
    settings: Settings
    browsers: list[httpx.AsyncClient] = field(default_factory=list)

    async def begin(self) -> None:
        """Everything as on the first day."""
        await self.rest()
        self.now[0] = TUESDAY
        self.slack.reset()
        self.calcom.reset()
        self.other.reset()
        await self.house.forget()

    async def rest(self) -> None:
        """Until nothing is on its way, and nothing waits to be done."""
        await self.slack.settled()
        await self.house.rest()

    def later(self, **span: float) -> None:
        self.now[0] += timedelta(**span)

    def browser(self) -> Browser:
        """A fresh one, without cookies."""
        http = httpx.AsyncClient(trust_env=False, timeout=30)
        self.browsers.append(http)
        return Browser(http)

    async def say(self, text: str = ASKS, *, by: str = "UANA", where: str = CHANNEL) -> None:
        place = self.slack.dm_channel(by) if where == "dm" else where
        await self.slack.say(by, place, text)
        await self.rest()

    async def press(self, label: str, message: Message, *, by: str = "UANA") -> None:
        full = next(one for one in message.labels if one.startswith(label))
        await self.slack.press(by, message, label=full)
        await self.rest()

    async def submit(self, text: str, *, by: str = "UANA", name: str = "key") -> Any:
        """Fill in the window in front, and hand it in."""
        view = self.slack.stack(by)[-1]
        done = await self.slack.submit(by, view.id, {name: {"value": {"value": text}}} if text else {})
        await self.rest()
        return done

    async def connect_by_key(self, person: str = "UANA", key: str | None = None) -> None:
        """By a key, from a direct message, without anything that waits."""
        await self.say("connect", by=person, where="dm")
        await self.press("Paste", self.slack.dms(person)[-1], by=person)
        await self.submit(key or KEYS[person], by=person)

    def account(self, person: str) -> Account:
        """Their account at Cal.com, to be changed in place."""
        return self.calcom._store.account_of(person)

    @property
    def other_server(self) -> str:
        """The address of the other server's API."""
        return self.settings.calcom_url.replace("/calcom/", "/other/")

    def link(self, person: str = "UANA") -> str:
        """The address behind the newest button that leads to Cal.com's consent."""
        seen = sorted((*self.slack.whispers(person), *self.slack.dms(person)), key=lambda one: one.ts)
        return [url for one in seen for url in urls_in(one.blocks)][-1]

    # What came of it

    def window(self, person: str = "UANA") -> str:
        """What the window in front of a person says."""
        view = self.slack.stack(person)[-1].view
        return "\n".join(one["text"]["text"] for one in view["blocks"] if one["type"] == "section")

    def cards(self) -> list[Message]:
        return [one for one in self.slack.messages(CHANNEL) if one.by_bot]

    def dms(self, person: str = "UANA") -> list[str]:
        return [words(one) for one in self.slack.dms(person)]

    def whispers(self, person: str = "UANA") -> list[str]:
        return [words(one) for one in self.slack.whispers(person)]

    async def linked(self, person: str = "UANA") -> list[str]:
        """The addresses of what this person has connected."""
        found = await self.house.stores.accounts.of(TEAM, person)
        return [one.account.email for one in found.accounts]

    async def deeds(self) -> list[tuple[str, str, str | None]]:
        """What the audit log has beside writes: the step, who, and why."""
        entries = [one async for one in self.house.stores.audit.entries(TEAM)]
        return [(one.step, one.person, one.why) for one in entries if isinstance(one, Deed)]


def urls_in(part: Any) -> list[str]:
    """Every address of a button."""
    if isinstance(part, list | tuple):
        return [url for one in part for url in urls_in(one)]
    if not isinstance(part, dict):
        return []
    own = [part["url"]] if part.get("type") == "button" and "url" in part else []
    return own + [url for one in part.values() for url in urls_in(one)]


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def settings(world_url: str, bot_url: str, redis_url: str | None, **more: str) -> Settings:
    given = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING,
        "SLACK_API_URL": f"{world_url}/slack/api",
        "CAL_API_URL": f"{world_url}/calcom/v2",
        "CAL_APP_URL": f"{world_url}/calcom",
        "CAL_OAUTH_CLIENT_ID": "clslotwiseplayground",
        "PUBLIC_URL": bot_url,
        "REDIS_URL": redis_url or "",
        **more,
    }
    return Settings.readable(given)[0]  # nobody has given the workspace a key


@asynccontextmanager
async def place(redis_url: str | None = None, *, forgets: bool = False, **more: str) -> AsyncIterator[Place]:
    """Open it all; `begin` before use. `forgets`: the bot keeps no secrets; `more`: settings."""
    world, now = load_world(), [TUESDAY]
    world_place, world_url = bound_socket()
    bot_place, bot_url = bound_socket()
    slack = SmallSlack(world, signing_secret=SIGNING, bot_token=TOKEN, clock=lambda: now[0])
    calcom = SmallCalcom(world, clock=lambda: now[0], webhook_secret="unused")
    calcom.oauth.clients.append(CalcomClient(redirect_urls=(f"{bot_url}/connect/callback",)))
    slack.public_url, slack.events_url = f"{world_url}/slack", f"{bot_url}/slack/events"
    slack.tune(retry_delays=())
    other = SmallCalcom(world, clock=lambda: now[0], webhook_secret="unused")
    routes = [Mount("/slack", slack.app), Mount("/calcom", calcom.app), Mount("/other", other.app)]
    outside = Starlette(routes=routes)
    given = settings(world_url, bot_url, redis_url, **more)
    opening = open_house(
        given,
        clock=lambda: now[0],
        breaker=Breaker(pause=0.0),
        budget=Unrationed(),
        embedded_secrets=redis_url is None and not forgets,
    )
    async with serving(outside, world_place), opening as house, serving(house.web, bot_place):
        made = Place(slack, calcom, other, house, bot_url, now, given)
        try:
            yield made
        finally:
            for one in made.browsers:
                await one.aclose()
            await slack.close()

"""The bot that workspaces install by link, between a small Slack of two workspaces and people's browsers."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SlackClient, SlackSite, SmallSlack
from bot.playground.talks import words
from bot.playground.world import load_neighbours, load_world
from bot.settings import Settings
from bot.slack.oauth import REDIRECT_PATH
from bot.wiring import House, open_house
from tests.served import bound_socket, serving
from tests.slack.doors import signed

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
HOME, NEIGHBOURS, COMPANY = "T0SLOT", "T0NORD", "E0ALL"
ANA, FAY = f"{HOME}/UANA", f"{NEIGHBOURS}/UFAY"
SIGNING, HUSH = "the-signing-secret", "the-client-secret"
SEALING = "k1:" + "A" * 43 + "="


class Scene:
    """`house`: the bot; `site`: Slack. Time stands until it is moved."""

    def __init__(self, site_url: str, bot_url: str, *, rotates: bool, enterprise: str | None) -> None:
        self.now = TUESDAY
        self.bot_url = bot_url
        back = (f"{bot_url}{REDIRECT_PATH}",)
        client = SlackClient(secret=HUSH, redirect_urls=back, rotates=rotates)
        self.site = SlackSite(client, url=site_url, clock=lambda: self.now, signing_secret=SIGNING)
        for world in (load_world(), load_neighbours()):
            slack = self.site.add(world.model_copy(update={"enterprise": enterprise}))
            slack.events_url = f"{bot_url}/slack/events"
            slack.tune(retry_delays=())
        self.calcom = SmallCalcom(load_world(), clock=lambda: self.now)
        self.house: House

    @property
    def home(self) -> SmallSlack:
        return self.site.slack(HOME)

    @property
    def there(self) -> SmallSlack:
        return self.site.slack(NEIGHBOURS)

    def settings(self, **more: Any) -> Settings:
        """Of a bot that is installed by link."""
        given = {
            "slack_client_id": self.site.oauth.client.id,
            "slack_client_secret": HUSH,
            "slack_signing_secret": SIGNING,
            "slack_api_url": f"{self.site.url}/api",
            "public_url": self.bot_url,
            "encryption_keys": SEALING,
        }
        return Settings.model_validate(given | more)

    def shared(self) -> dict[str, str]:
        """Settings by which both workspaces book in one calendar, that of the front desk."""
        owner = load_world().citizen(load_world().key_owner)
        return {
            "cal_api_url": f"{self.site.url}/calcom/v2",
            "cal_api_key": owner.key or "",
            "slack_teams": f"{HOME},{NEIGHBOURS}",
        }

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    # What people do

    def browser(self) -> httpx.AsyncClient:
        """One with cookies of its own, which follows nobody by itself."""
        return httpx.AsyncClient(base_url=self.bot_url)

    async def allowed(self, browser: httpx.AsyncClient, who: str, decision: str = "allow") -> str:
        """Press "Add to Slack", decide at Slack; where Slack then sends the browser."""
        asked = (await browser.get("/slack/install/begin")).headers["location"]
        form = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        back = await browser.post(asked.partition("?")[0], data=form | {"decision": decision, "as": who})
        return str(back.headers["location"])

    async def install(self, who: str = ANA, decision: str = "allow") -> httpx.Response:
        """All of it; the last page."""
        async with self.browser() as browser:
            return await browser.get(await self.allowed(browser, who, decision))

    async def greet(self, slack: SmallSlack, by: str, where: str) -> list[str]:
        """Say hello in a channel; what the bot has said there until now."""
        await slack.say(by, where, f"<@{slack.world.bot.user}> hello")
        await self.house.rest()
        return [words(one) for one in slack.messages(where) if one.by_bot]

    async def interact(self, payload: Mapping[str, Any]) -> httpx.Response:
        """A signed press, sent by hand."""
        body = urlencode({"payload": json.dumps(payload)}).encode()
        async with httpx.AsyncClient() as http:
            headers = {"content-type": "application/x-www-form-urlencoded", **signed(body, SIGNING)}
            return await http.post(f"{self.bot_url}/slack/events", content=body, headers=headers)

    async def deliver(self, body: bytes) -> httpx.Response:
        """A signed event, sent by hand."""
        async with httpx.AsyncClient() as http:
            headers = {"content-type": "application/json", **signed(body, SIGNING)}
            return await http.post(f"{self.bot_url}/slack/events", content=body, headers=headers)

    def asked(self, method: str) -> int:
        """How often the bot called this method, in all workspaces."""
        own = sum(one.method == method for one in self.site.calls)
        return own + sum(one.method == method for slack in self.site.slacks for one in slack.calls)


@asynccontextmanager
async def staged(
    *,
    rotates: bool = False,
    enterprise: str | None = None,
    settings: Mapping[str, Any] | None = None,
    shares: bool = False,
) -> AsyncIterator[Scene]:
    """Open it all, on the embedded store. `shares`: with a calendar for everybody."""
    (slack_place, slack_url), (bot_place, bot_url) = bound_socket(), bound_socket()
    scene = Scene(slack_url, bot_url, rotates=rotates, enterprise=enterprise)
    opening = open_house(
        scene.settings(**(scene.shared() if shares else {}), **(settings or {})),
        clock=lambda: scene.now,
        embedded_secrets=True,
    )
    async with (
        serving(
            Starlette(routes=[Mount("/calcom", scene.calcom.app), Mount("/", scene.site.app)]), slack_place
        ),
        opening as house,
        serving(house.web, bot_place),
    ):
        scene.house = house
        try:
            yield scene
        finally:
            await scene.site.close()

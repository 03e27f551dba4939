"""The playground joined up: the real bot, with a small Slack and a small Cal.com on loopback around it."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from pydantic import SecretStr
from starlette.routing import Mount

from bot.conversation.ports import Clock
from bot.means import Sleep
from bot.playground.page import Page, build_page
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.why import Why
from bot.playground.world import World, load_world
from bot.settings import Settings
from bot.wiring import House, open_house, utc_now


@dataclass(frozen=True)
class Playground:
    """A bot and its small world. `page` ends its open streams when it is told to stop."""

    house: House
    slack: SmallSlack
    calcom: SmallCalcom
    page: Page
    world: World
    why: Why


@asynccontextmanager
async def open_playground(
    settings: Settings, base_url: str, *, clock: Clock = utc_now, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[Playground]:
    """Open a world that will be served at `base_url`. Its secrets are new each time and never leave it."""
    world = load_world()
    signing_secret, bot_token, webhook_secret, nook = (secrets.token_hex(16) for _ in range(4))
    small_slack, small_calcom = f"/_{nook}/slack", f"/_{nook}/calcom"  # its keys stand in the repository
    slack = SmallSlack(world, signing_secret=signing_secret, bot_token=f"xoxb-{bot_token}", clock=clock)
    slack.events_url = f"{base_url}/slack/events"
    slack.public_url = f"{base_url}{small_slack}"
    calcom = SmallCalcom(world, clock=clock, webhook_secret=webhook_secret)
    calcom.webhook_url = f"{base_url}/webhooks/calcom"
    page, why = build_page(slack, calcom, world), Why(clock)
    inside = settings.model_copy(
        update={
            "slack_bot_token": SecretStr(f"xoxb-{bot_token}"),
            "slack_signing_secret": SecretStr(signing_secret),
            "slack_api_url": f"{base_url}{small_slack}/api",
            "cal_api_url": f"{base_url}{small_calcom}/v2",
            "cal_api_key": SecretStr(world.citizen(world.key_owner).key or ""),
            "cal_webhook_secret": SecretStr(webhook_secret),
        }
    )
    routes = [Mount(small_slack, slack.app), Mount(small_calcom, calcom.app), *page.routes]
    watched = open_house(inside, extra=routes, clock=clock, sleep=sleep, watcher=why, on_call=why.called)
    async with watched as house:
        try:
            yield Playground(house, slack, calcom, page, world, why)
        finally:
            await slack.close()

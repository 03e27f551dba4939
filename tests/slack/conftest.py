"""A small Slack behind a real socket, one for each module's tests, and the bot's front door."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world
from bot.slack.client import open_session, web_client
from tests.served import served
from tests.slack.doors import NOW, SECRET, TOKEN, Front, opened


class Way:
    """The way from the small Slack to the front door of the test that runs."""

    def __init__(self) -> None:
        self.ends_at: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.ends_at(scope, receive, send)


@pytest.fixture(scope="module")
def way() -> Way:
    """One for the module."""
    return Way()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_slack(way: Way) -> AsyncIterator[SmallSlack]:
    """One for the module; `slack` is it, swept clean."""
    slack = SmallSlack(load_world(), signing_secret=SECRET, bot_token=TOKEN, clock=lambda: NOW)
    slack.tune(transport=httpx.ASGITransport(app=way), retry_delays=())
    async with served(slack.app) as url:
        slack.public_url = url
        yield slack
        await slack.close()


@pytest_asyncio.fixture(loop_scope="module")
async def slack(running_slack: SmallSlack) -> SmallSlack:
    """An empty workspace."""
    running_slack.reset()
    return running_slack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The bot's shared HTTP session."""
    async with open_session() as opened_session:
        yield opened_session


@pytest_asyncio.fixture(loop_scope="module")
async def client(slack: SmallSlack, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The bot's client."""
    return web_client(TOKEN, f"{slack.public_url}/api/", session)


@pytest_asyncio.fixture(loop_scope="module")
async def front(slack: SmallSlack, session: aiohttp.ClientSession, way: Way) -> AsyncIterator[Front]:
    """The bot's front door."""
    async with opened(f"{slack.public_url}/api/", session) as made:
        way.ends_at, slack.events_url = made.web, "http://bot/slack/events"
        yield made
        await slack.settled()
        slack.events_url = None

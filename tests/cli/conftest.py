"""A small Slack and a small Cal.com on real sockets, for whoever asks the outside questions."""

from datetime import UTC, datetime

import pytest_asyncio

from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world
from tests.served import served


class Granting:
    """Slack names the token's scopes with every answer, and its own time."""

    def __init__(self, app):
        self.app = app
        self.scopes = [*SCOPES, *OPTIONAL_SCOPES]

    async def __call__(self, scope, receive, send):
        async def add(message):
            if message["type"] == "http.response.start":
                others = [one for one in message.get("headers", []) if one[0] != b"x-oauth-scopes"]
                message["headers"] = [*others, (b"x-oauth-scopes", ",".join(self.scopes).encode())]
            await send(message)

        await self.app(scope, receive, add)


class Outside:
    """Both servers, and the environment that names them."""

    def __init__(self, slack, granting, calcom, slack_url, calcom_url):
        self.slack = slack
        self.granting = granting
        self.calcom = calcom
        self.env = {
            "SLACK_BOT_TOKEN": "xoxb-playground",
            "SLACK_SIGNING_SECRET": "signing",
            "SLACK_API_URL": f"{slack_url}/api",
            "CAL_API_URL": f"{calcom_url}/v2",
            "CAL_API_KEY": "cal_playground_ana",
        }


@pytest_asyncio.fixture
async def outside():
    world = load_world()
    slack = SmallSlack(
        world, signing_secret="signing", bot_token="xoxb-playground", clock=lambda: datetime.now(UTC)
    )
    granting = Granting(slack.app)
    calcom = SmallCalcom(world, clock=lambda: datetime.now(UTC))
    async with served(granting) as slack_url, served(calcom.app) as calcom_url:
        yield Outside(slack, granting, calcom, slack_url, calcom_url)
    await slack.close()

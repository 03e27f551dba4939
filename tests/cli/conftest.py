"""A small Slack and a small Cal.com on real sockets, for whoever asks the outside questions."""

import asyncio
import contextlib
import socket
from datetime import UTC, datetime

import pytest_asyncio
import uvicorn

from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world


@contextlib.asynccontextmanager
async def served(app):
    """Serve an ASGI app on a free port of loopback; its address."""
    sock = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", timeout_keep_alive=1))
    task = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:  # noqa: ASYNC110  # uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        sock.close()


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

"""A small Slack and a tiny Bolt app behind real sockets, so that signatures and connections are real."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest_asyncio
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world
from tests.served import served

TUESDAY = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
SECRET = "the-signing-secret"
TOKEN = "xoxb-playground"


async def until(there: Callable[[], Any]) -> None:
    """Wait for what a listener does: Bolt runs it after its answer. Raises TimeoutError."""
    async with asyncio.timeout(20):
        while not there():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@dataclass
class Bench:
    """What a test looks at: the small Slack, the bot's client, and all that reached the bot."""

    slack: SmallSlack
    client: AsyncWebClient
    bolt: AsyncApp
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    failing: int = 0  # how many of the next requests the bot answers with 500
    no_retry: bool = False

    @property
    def events(self) -> list[dict[str, Any]]:
        return [body["event"] for body in self.bodies if "event" in body]


def _app(bench: Bench) -> Any:
    handler = AsyncSlackRequestHandler(bench.bolt, path="/slack/events")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        heads = {name.decode(): value.decode() for name, value in scope["headers"]}
        bench.headers.append(heads)
        if bench.failing > 0:
            bench.failing -= 1
            extra = [(b"x-slack-no-retry", b"1")] if bench.no_retry else []
            await send({"type": "http.response.start", "status": 500, "headers": extra})
            await send({"type": "http.response.body", "body": b""})
            return
        await handler(scope, receive, send)

    return app


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    slack = SmallSlack(load_world(), signing_secret=SECRET, bot_token=TOKEN, clock=lambda: TUESDAY)
    slack.tune(retry_delays=(0.0, 0.05, 0.1))
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=TOKEN, session=session)
        bolt = AsyncApp(client=client, signing_secret=SECRET, ignoring_self_events_enabled=False)
        made = Bench(slack, client, bolt)
        _listen(bolt, made)
        async with served(_both(slack.app, _app(made))) as url:
            slack.public_url = url
            slack.events_url = f"{url}/slack/events"
            client.base_url = f"{url}/api/"
            yield made
            await slack.close()


def _both(small_slack: Any, bot: Any) -> Any:
    """One server for both: half the time to start and stop."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await (bot if scope["path"] == "/slack/events" else small_slack)(scope, receive, send)

    return app


def _listen(bolt: AsyncApp, bench: Bench) -> None:
    @bolt.middleware
    async def note(body: dict[str, Any], next_: Any) -> None:
        bench.bodies.append(body)
        await next_()

    @bolt.event("message")
    @bolt.event("app_mention")
    async def heard() -> None:
        pass

    @bolt.action(re.compile(".*"))
    async def pressed(ack: Any) -> None:
        await ack()

    @bolt.command("/meet")
    async def commanded(ack: Any) -> None:
        await ack("on it")

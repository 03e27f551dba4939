"""Socket Mode: the same app over a WebSocket that we open; nothing has to be reachable from outside."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.conversation.correlation import taking_in
from bot.slack.client import quiet_logger

GRACE: Final = 10.0  # seconds for deliveries that are being taken when we stop


class _CountingHandler(AsyncSocketModeHandler):
    """Knows what is being taken, so that stopping can wait for it: an answer needs the socket."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token, logger=quiet_logger("bot.slack.socket_mode"))
        self.running: set[asyncio.Task[None]] = set()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self.running.add(task)
        try:
            with taking_in():
                await super().handle(client, req)  # type: ignore[arg-type]
        finally:
            self.running.discard(task)


@asynccontextmanager
async def socket_connection(app: AsyncApp, app_token: str, *, grace: float = GRACE) -> AsyncIterator[None]:
    """Be connected within the block. On leaving, what is being taken has `grace` seconds to finish."""
    handler = _CountingHandler(app, app_token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield
        if handler.running:
            await asyncio.wait(handler.running, timeout=grace)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def run_socket(
    app: AsyncApp, app_token: str, *, stop: asyncio.Event, on_ready: Callable[[], None] | None = None
) -> None:
    """Serve until `stop` is set."""
    async with socket_connection(app, app_token):
        if on_ready:
            on_ready()
        await stop.wait()

"""Socket Mode: the same app over a WebSocket that we open; nothing has to be reachable from outside."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.conversation.correlation import taking_in
from bot.slack.client import quiet_logger
from bot.slack.door import NOBODY, OnAnswer, kind_of

GRACE: Final = 10.0  # seconds for deliveries that are being taken when we stop


class _CountingHandler(AsyncSocketModeHandler):
    """Knows what is being taken, so that stopping can wait for it: an answer needs the socket."""

    def __init__(self, app: AsyncApp, app_token: str, on_answer: OnAnswer) -> None:
        super().__init__(app, app_token, logger=quiet_logger("bot.slack.socket_mode"))
        self.running: set[asyncio.Task[None]] = set()
        self._on_answer = on_answer

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self.running.add(task)
        try:
            with taking_in():
                await self._answer(client, req)
        finally:
            self.running.discard(task)

    async def _answer(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        began = time.perf_counter()
        answer = await run_async_bolt_app(self.app, req)
        await send_async_response(client, req, answer, began)
        self._on_answer(kind_of(req.payload), answer.status, time.perf_counter() - began)


@asynccontextmanager
async def socket_connection(
    app: AsyncApp, app_token: str, *, grace: float = GRACE, on_answer: OnAnswer = NOBODY
) -> AsyncIterator[None]:
    """Be connected within the block. On leaving, what is being taken has `grace` seconds to finish."""
    handler = _CountingHandler(app, app_token, on_answer)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield
        if handler.running:
            await asyncio.wait(handler.running, timeout=grace)
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def run_socket(
    app: AsyncApp,
    app_token: str,
    *,
    stop: asyncio.Event,
    on_ready: Callable[[], None] | None = None,
    on_answer: OnAnswer = NOBODY,
) -> None:
    """Serve until `stop` is set, connected or not. `on_answer` is told of each delivery."""
    async with AsyncExitStack() as stack:
        connection = socket_connection(app, app_token, on_answer=on_answer)
        connecting = asyncio.create_task(stack.enter_async_context(connection))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait((connecting, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            connecting.cancel()
            await asyncio.wait((connecting,))
            return
        try:
            await connecting
            if on_ready:
                on_ready()
            await stopping
        finally:
            stopping.cancel()

"""Serves an ASGI app on loopback, in this process, for as long as a test needs it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

A_MOMENT = 0.002  # seconds between two looks: uvicorn tells nobody what it is about


class _Prompt(uvicorn.Server):
    """Ends when it is told to. uvicorn looks for that ten times a second, and waits for as long again."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told = asyncio.Event()

    async def main_loop(self) -> None:
        await self.on_tick(0)  # the headers that all answers share
        await self.told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for one in (*self.servers, *(sockets or ())):
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110
                    await asyncio.sleep(A_MOMENT)
        except TimeoutError:
            for task in self.server_state.tasks:
                task.cancel()


def bound_socket(port: int = 0) -> tuple[socket.socket, str]:
    """A listening place of our own (at a free port), and its URL: known before there is an app to serve."""
    bound = socket.socket(proto=socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle's 40 ms on
    bound.bind(("127.0.0.1", port))
    return bound, f"http://127.0.0.1:{bound.getsockname()[1]}"


@asynccontextmanager
async def serving(
    app: ASGIApp, bound: socket.socket, *, patience: int = 2, **options: Any
) -> AsyncIterator[None]:
    """Serve while the block runs; then requests get `patience` seconds to end, before they are cancelled."""
    config = uvicorn.Config(
        app,
        **{"log_level": "warning", **options},
        lifespan="off",
        timeout_graceful_shutdown=patience,
    )
    server = _Prompt(config)
    task = asyncio.create_task(server._serve([bound]))  # `serve` would take the signals of the test run
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(A_MOMENT)
    try:
        yield
    finally:
        server.told.set()
        await task
        bound.close()


@asynccontextmanager
async def served(app: ASGIApp, *, patience: int = 2) -> AsyncIterator[str]:
    """Serve it on a free port, and be silent about it; its address."""
    bound, url = bound_socket()
    async with serving(app, bound, patience=patience, log_level="critical"):
        yield url

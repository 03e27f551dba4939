"""Serves an ASGI app on loopback, in this process, for as long as a test needs it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp


def bound_socket() -> tuple[socket.socket, str]:
    """A listening place of our own, and its URL: known before there is an app to serve."""
    bound = socket.socket(proto=socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle's 40 ms on
    bound.bind(("127.0.0.1", 0))
    return bound, f"http://127.0.0.1:{bound.getsockname()[1]}"


@asynccontextmanager
async def serving(app: ASGIApp, bound: socket.socket, *, patience: int = 2) -> AsyncIterator[None]:
    """Serve while the block runs; then requests get `patience` seconds to end, before they are cancelled."""
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=patience)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve([bound]))  # `serve` would take the signals of the test run
    while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.002)
    try:
        yield
    finally:
        server.should_exit = True
        await task
        bound.close()

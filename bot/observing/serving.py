"""Serves the metrics on a port of their own, from a thread of its own.

A thread, because then a scrape never waits for the bot's event loop nor keeps it waiting: the page is made up
while the loop runs on, and it is there even when the loop hangs, which is when one looks at it.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app

SLOWEST = 10.0  # seconds for one request; who takes longer is hung up on
OFTEN = 0.05  # seconds between two looks whether to stop


class _Handler(WSGIRequestHandler):
    timeout = SLOWEST

    def address_string(self) -> str:
        """The address as it is: nobody's name is looked up."""
        return str(self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False  # a slow reader must not hold up a stop

    def server_bind(self) -> None:
        """Without the look-up of this machine's full name, which may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: the reader has gone away, or was too slow."""


@asynccontextmanager
async def serving_metrics(registry: CollectorRegistry, host: str, port: int) -> AsyncIterator[int]:
    """Serve them within the block; the port, also when any free one (0) was asked for. Raises OSError."""
    server = await asyncio.to_thread(_bound, registry, host, port)
    thread = Thread(target=server.serve_forever, args=(OFTEN,), name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        await asyncio.to_thread(_ended, server, thread)


def _bound(registry: CollectorRegistry, host: str, port: int) -> _Server:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    kind = type("_ServerThere", (_Server,), {"address_family": family})
    server: _Server = kind((host, port), _Handler)
    server.set_app(make_wsgi_app(registry))
    return server


def _ended(server: _Server, thread: Thread) -> None:
    server.shutdown()
    thread.join()
    server.server_close()

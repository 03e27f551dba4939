"""Runs the front door on uvicorn, with signal handling of our own: a first signal drains, a second ends."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Generator
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.web.crowd import Visitor

ECHO_SECONDS: Final = 0.5
TICKS: Final = 10  # of uvicorn's, a second
BACKLOG: Final = 128  # taken in at once; more could be too many before anybody can be sent home
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class Server(uvicorn.Server):
    """uvicorn's own handler ends the process by raising the signal again: exit 143, never 0."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[int], None] | None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell the port: also when any free one was asked for.

        Where that cannot be, uvicorn logs why and raises SystemExit; on uvloop the process may then hang.
        """
        try:
            await super().startup(sockets)
        except SystemExit:
            self.should_exit = True
        if self.started and self._on_ready is not None:
            self._on_ready(int(self.servers[0].sockets[0].getsockname()[1]))

    async def on_tick(self, counter: int) -> bool:
        """Once a second look after those who keep us waiting."""
        if counter % TICKS == 0:
            for visitor in tuple(self.server_state.connections):
                if isinstance(visitor, Visitor):
                    visitor.look()
        return await super().on_tick(counter)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leave signals alone; `serve_web` takes them."""
        yield


async def serve_web(
    app: Starlette,
    *,
    host: str,
    port: int,
    on_ready: Callable[[int], None] | None = None,
    on_stop: Callable[[], None] | None = None,
    grace: float = 20,
) -> bool:
    """Serve until SIGTERM or SIGINT, then not be ready, finish what runs within `grace` seconds, and return.

    False: it never served, as the log says why, for the port was taken.
    `on_ready` is told the port; `on_stop` is called at the first signal. A second signal waits for nothing.
    """
    server = Server(_config(app, host, port, grace), on_ready)

    def stop() -> None:
        server.should_exit = True
        app.state.draining = True
        if on_stop is not None:
            on_stop()

    def end() -> None:
        server.force_exit = True

    with _on_signals(_first_then(stop, end)):
        await server.serve()
    return server.started


def _first_then(stop: Callable[[], None], end: Callable[[], None]) -> Callable[[], None]:
    """The first signal stops, a later one ends. One that comes at once is the same, sent to a whole group."""
    told: list[float] = []

    def on_signal() -> None:
        now = asyncio.get_running_loop().time()
        if not told:
            told.append(now)
            stop()
        elif now - told[0] > ECHO_SECONDS:
            end()

    return on_signal


def _config(app: Starlette, host: str, port: int, grace: float) -> uvicorn.Config:
    """No access log, which would hold states and tickets; and logging is not uvicorn's to set up.

    Nothing is believed of a proxy's headers, for nothing asks where a request comes from.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        http=Visitor,
        ws="none",
        backlog=BACKLOG,
        timeout_graceful_shutdown=max(1, round(grace)),
    )


@contextlib.contextmanager
def _on_signals(stop: Callable[[], None]) -> Generator[None, None, None]:
    loop = asyncio.get_running_loop()
    for one in SIGNALS:
        loop.add_signal_handler(one, stop)
    try:
        yield
    finally:
        for one in SIGNALS:
            loop.remove_signal_handler(one)

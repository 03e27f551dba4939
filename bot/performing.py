"""Runs the playground until it is told to stop."""

import asyncio
import logging
import secrets
import socket

from bot.playground.page import Guard
from bot.playground.page.guard import LOOPBACK as LOOPBACK_NAMES
from bot.playing import Beginning, open_playground
from bot.queueing import GRACE
from bot.settings import Settings
from bot.web import serve_web

log = logging.getLogger(__name__)

AUDIENCE = 60.0  # seconds that a talk waits for somebody to open the page

OUTSIDE = ("redis_url", "metrics_port", "otel_exporter_otlp_endpoint")  # of no use to the playground

LOOPBACK = "127.0.0.1"
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not bound to


async def play(settings: Settings, beginning: Beginning) -> int:
    """Run until SIGTERM or SIGINT; the exit code. On the embedded store: nothing of it outlives us."""
    host, port = settings.address("playground")
    port = port or _free_port(host)
    url = f"http://{_reachable(host)}:{port}"
    guard = _guard(host)
    alone = settings.model_copy(update=dict.fromkeys(OUTSIDE))
    opening = open_playground(
        alone,
        url,
        clock=beginning.clock(),
        seed=beginning.seed,
        guard=guard,
        talk=beginning.talk,
        record=beginning.record,
        neighbours=True,
    )
    async with opening as playground, asyncio.TaskGroup() as tasks:

        def begin(_: int) -> None:
            log.info("playground ready: open %s in a browser", _door(url, guard))
            if playground.player:
                playing.append(tasks.create_task(playground.player.run(patience=AUDIENCE)))

        playing: list[asyncio.Task[list[str]]] = []
        web = playground.house.web
        stop = playground.stop
        has_run = await serve_web(web, host=host, port=port, on_ready=begin, on_stop=stop, grace=GRACE)
        for task in playing:
            task.cancel()
    log.info("stopped")
    return 0 if has_run else 1


def _guard(host: str) -> Guard:
    """Whoever can connect from elsewhere must bring a token that is new at each start."""
    if host in LOOPBACK_NAMES:
        return Guard()
    return Guard(LOOPBACK_NAMES | ({host.lower()} - EVERYWHERE), secrets.token_urlsafe(24))


def _door(url: str, guard: Guard) -> str:
    """What to open in a browser; the one place where the token is shown."""
    return f"{url}/?token={guard.token}" if guard.token else url


def _reachable(host: str) -> str:
    """Where what listens on this host is reached from this machine, as it stands in a URL."""
    if host in EVERYWHERE:
        return LOOPBACK
    return f"[{host}]" if ":" in host else host


def _free_port(host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])

"""Runs the bot in one of its modes until it is told to stop; what runs is finished, what waits stays."""

import asyncio
import gc
import logging
import secrets
import signal
import socket

from bot.playground.page import Guard
from bot.playground.page.guard import LOOPBACK as LOOPBACK_NAMES
from bot.playing import Beginning, open_playground
from bot.queueing import GRACE
from bot.settings import Mode, Settings, reveal
from bot.slack.socket import run_socket
from bot.web import serve_web
from bot.wiring import open_house

log = logging.getLogger(__name__)

AUDIENCE = 60.0  # seconds that a talk waits for somebody to open the page

OUTSIDE = ("redis_url", "metrics_port", "otel_exporter_otlp_endpoint")  # of no use to the playground

YOUNG = 10_000  # objects that are made before the youngest are looked through; a turn makes some thousands

A_PLAIN_DAY = Beginning()
LOOPBACK = "127.0.0.1"
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not bound to


async def run(settings: Settings, *, mode: Mode, beginning: Beginning = A_PLAIN_DAY) -> int:
    """Run until SIGTERM or SIGINT; the exit code. `beginning` is the playground's."""
    match mode:
        case "playground":
            await _play(settings, beginning)
        case "serve" | "web":
            await _serve(settings, works=mode == "serve")
        case "socket":
            await _connect(settings)
        case "worker":
            await _work(settings)
    log.info("stopped")
    return 0


async def _play(settings: Settings, beginning: Beginning) -> None:
    """The embedded store only: nothing of the playground outlives it."""
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
    )
    async with opening as play, asyncio.TaskGroup() as tasks:

        def begin(_: int) -> None:
            log.info("playground ready: open %s in a browser", _door(url, guard))
            if play.player:
                playing.append(tasks.create_task(play.player.run(patience=AUDIENCE)))

        playing: list[asyncio.Task[list[str]]] = []
        web = play.house.web
        await serve_web(web, host=host, port=port, on_ready=begin, on_stop=play.page.stop, grace=GRACE)
        for task in playing:
            task.cancel()


def _guard(host: str) -> Guard:
    """Whoever can connect from elsewhere must bring a token that is new at each start."""
    if host in LOOPBACK_NAMES:
        return Guard()
    return Guard(LOOPBACK_NAMES | ({host.lower()} - EVERYWHERE), secrets.token_urlsafe(24))


def _door(url: str, guard: Guard) -> str:
    """What to open in a browser; the one place where the token is shown."""
    return f"{url}/?token={guard.token}" if guard.token else url


async def _serve(settings: Settings, *, works: bool) -> None:
    host, port = settings.address("serve")
    async with open_house(settings, works=works) as house:
        _settle()
        await serve_web(
            house.web,
            host=host,
            port=port,
            on_ready=lambda bound: log.info("serving on %s port %d", host, bound),
            grace=GRACE,
        )


async def _connect(settings: Settings) -> None:
    async with open_house(settings) as house:
        _settle()
        await run_socket(
            house.bolt,
            reveal(settings.slack_app_token) or "",
            stop=_told_to_stop(),
            on_ready=lambda: log.info("connected to Slack"),
            on_answer=house.watcher.acknowledged,
        )


async def _work(settings: Settings) -> None:
    stop = _told_to_stop()
    async with open_house(settings):
        _settle()
        log.info("working")
        await stop.wait()


def _settle() -> None:
    """Spare the collector of garbage what is there by now: it stays, and is most of all that there is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def _told_to_stop() -> asyncio.Event:
    """Set at the first SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop


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

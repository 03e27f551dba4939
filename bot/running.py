"""Runs the bot in one of its modes until it is told to stop; what runs is finished, what waits stays."""

import asyncio
import gc
import logging
import signal

from bot.queueing import GRACE
from bot.settings import Serving, Settings, reveal
from bot.slack.socket import run_socket
from bot.web import serve_web
from bot.wiring import open_house, utc_now
from intents import understand

log = logging.getLogger(__name__)

YOUNG = 10_000  # objects that are made before the youngest are looked through; a turn makes some thousands

FIRST_WORDS = "30 min tomorrow"


async def run(settings: Settings, *, mode: Serving) -> int:
    """Run until SIGTERM or SIGINT; the exit code: 1 where it could not begin."""
    try:
        has_run = await _ran(settings, mode)
    except OSError as error:  # such as a port for metrics that was taken a moment ago
        log.error("cannot run: %s", error.strerror or type(error).__name__)
        return 1
    log.info("stopped")
    return 0 if has_run else 1


async def _ran(settings: Settings, mode: Serving) -> bool:
    match mode:
        case "serve" | "web":
            return await _serve(settings, works=mode == "serve")
        case "socket":
            await _connect(settings)
        case "worker":
            await _work(settings)
    return True


async def _serve(settings: Settings, *, works: bool) -> bool:
    host, port = settings.address("serve")
    async with open_house(settings, works=works) as house:
        _settle(hears=works)
        return await serve_web(
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


def _settle(*, hears: bool = True) -> None:
    """Load what the first sentence would wait for, with all others beside it; it takes a quarter of a second.

    The collector of garbage is spared what is there then: it stays, and is most of all that there is.
    """
    if hears:
        understand(FIRST_WORDS, now=utc_now(), tz="UTC")
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)


def _told_to_stop() -> asyncio.Event:
    """Set at the first SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop

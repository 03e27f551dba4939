"""A small Slack and a small Cal.com on loopback, and real bot processes in front of them."""

import asyncio
import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import SmallSlack
from bot.playground.world import load_world
from tests.processes import free_port
from tests.served import bound_socket, serving

ROOT = Path(__file__).parent.parent.parent
SIGNING_SECRET, BOT_TOKEN, WEBHOOK_SECRET = "signing-secret", "xoxb-faults", "webhook-secret"
START_SECONDS = 60.0


@dataclass
class BotProcess:
    """One `python -m bot …`, in front of the outside."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ready(self) -> None:
        """Wait until it answers /readyz with 200."""
        deadline = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient() as http:
            while time.monotonic() < deadline:
                assert self.process.poll() is None, self.text()
                try:
                    if (await http.get(f"{self.url}/readyz")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.05)
        raise AssertionError(f"not ready: {self.text()}")

    async def said(self, words: str) -> None:
        """Wait until it logs these words."""
        deadline = time.monotonic() + START_SECONDS
        while words not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            await asyncio.sleep(0.05)

    def kill(self) -> None:
        """As the kernel would: no goodbye."""
        self.process.kill()
        self.process.wait()

    def terminate(self) -> int:
        """As a platform would; the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)

    def text(self) -> str:
        return self.log.read_text(errors="replace")


@dataclass
class Outside:
    """Everything around the bot. Bots started here are gone at the end."""

    slack: SmallSlack
    calcom: SmallCalcom
    base_url: str
    redis_url: str
    directory: Path
    bots: list[BotProcess] = field(default_factory=list)

    def start(self, *command: str) -> BotProcess:
        """Start `python -m bot <command>` on a port of its own."""
        port = free_port()
        log = self.directory / f"bot-{len(self.bots)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", *command],
                cwd=self.directory,
                env={**_clean(os.environ), **self._settings(port), "PYTHONPATH": str(ROOT)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        bot = BotProcess(process, port, log)
        self.bots.append(bot)
        return bot

    def listen_at(self, *bots: BotProcess) -> None:
        """Slack and Cal.com deliver to the first of these from now on."""
        self.slack.events_url = f"{bots[0].url}/slack/events"
        self.calcom.webhook_url = f"{bots[0].url}/webhooks/calcom"

    def _settings(self, port: int) -> dict[str, str]:
        world = load_world()
        return {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{self.base_url}/slack/api",
            "CAL_API_URL": f"{self.base_url}/calcom/v2",
            "CAL_API_KEY": world.citizen(world.key_owner).key or "",
            "CAL_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "REDIS_URL": self.redis_url,
            "ENCRYPTION_KEYS": f"faults:{b64encode(bytes(32)).decode()}",
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }


def _clean(environment: "os._Environ[str]") -> dict[str, str]:
    """Without settings that a developer may have."""
    return {name: value for name, value in environment.items() if not name.startswith(("SLACK_", "CAL_"))}


@asynccontextmanager
async def outside(redis_url: str, directory: Path) -> AsyncIterator[Outside]:
    """Serve the small servers; end all bots at the end."""
    world, now = load_world(), lambda: datetime.now(UTC)
    slack = SmallSlack(world, signing_secret=SIGNING_SECRET, bot_token=BOT_TOKEN, clock=now)
    slack.tune(retry_delays=(0.1, 0.5, 1.0))
    calcom = SmallCalcom(world, clock=now, webhook_secret=WEBHOOK_SECRET)
    bound, base_url = bound_socket()
    slack.public_url = f"{base_url}/slack"
    around = Outside(slack, calcom, base_url, redis_url, directory)
    app = Starlette(routes=[Mount("/slack", slack.app), Mount("/calcom", calcom.app)])
    async with serving(app, bound, patience=15):  # a cancelled webhook leaves its connection open
        try:
            yield around
        finally:
            for bot in around.bots:
                if bot.process.poll() is None:
                    bot.kill()
            await slack.close()

"""The bot in its small world for one talk, over real HTTP on loopback, and what must hold in every talk."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio

from bot.playground.clock import WorldClock
from bot.playground.talks import Stage, Talk, read_talk, take
from bot.playing import Playground, open_playground
from bot.settings import Settings
from tests.logging_aloud import logged_aloud, private
from tests.served import bound_socket, serving
from tests.talks.told import told_to_redis

HERE = Path(__file__).parent.parent / "dialogues"


def files() -> list[Path]:
    """Every talk's file."""
    return sorted(HERE.glob("*.toml"))


def talks() -> dict[str, Talk]:
    """Every talk by its file's name."""
    return {file.stem: read_talk(file) for file in files()}


SEALED = f"talks:{b64encode(bytes(32)).decode()}"  # people can connect on a real Redis, too
PLAYER = "bot.playground.talks.player"


@dataclass(frozen=True)
class Staged:
    """A playground that is served, and the talk on it."""

    play: Playground
    stage: Stage

    def uids_stay_out_of_channels(self) -> None:
        """Whoever has a booking's uid can cancel it: none stands in what the bot said in a channel."""
        uids = [one.uid for one in self.play.calcom.bookings()]
        for call in self.play.slack.calls:
            if str(call.payload.get("channel", "")).startswith("C"):
                assert not any(uid in str(call.payload) for uid in uids), call.payload

    def logs_hold_nothing_private(self, logged: str) -> None:
        """No person, no word that was said, no uid and no token stands in any line, at the most talkative."""
        hidden = {"xoxb-", "xoxe", "xapp-", "eyJ", "cal_live", *private(self.play.slack, self.play.calcom)}
        lines = [line for line in logged.splitlines() if PLAYER not in line]  # it quotes its invented people
        assert [line for line in lines if any(one in line for one in hidden)] == []

    def redis_holds_nothing_private(self, told: list[str]) -> None:
        """Nor in anything that Redis was told, were it for a moment: what is stored, what waits, jobs."""
        secrets = ("xoxb-", "xoxe", "cal_", "eyJ", '"text"', '"email"')
        hidden = {one.encode().decode("latin-1") for one in private(self.play.slack, self.play.calcom)}
        assert told
        assert [one for one in told if any(secret in one for secret in {*secrets, *hidden})] == []


async def at_once(seconds: float) -> None:
    """Nobody waits for a lost answer in a talk."""
    await anyio.sleep(min(seconds, 0.05))


@asynccontextmanager
async def staged(talk: Talk, redis_url: str | None) -> AsyncIterator[Staged]:
    """The bot in its small world, at the talk's time."""
    bound, base_url = bound_socket()
    clock = WorldClock(talk.now, is_standing=True)
    env = {"REDIS_URL": redis_url, "ENCRYPTION_KEYS": SEALED} if redis_url else {}
    settings = Settings.from_env(env)
    opening = open_playground(
        settings, base_url, clock=clock, sleep=at_once, seed=talk.seed, connected=talk.connected
    )
    async with opening as play:
        play.slack.tune(retry_delays=(0.01, 0.02))
        async with serving(play.house.web, bound):
            stage = Stage(talk, play.slack, play.calcom, play.controls, play.house.rest)
            whole = Staged(play, stage)
            with logged_aloud() as logged, told_to_redis() as told:
                yield whole
                await stage.settle()
                await stage.visitor.close()
            whole.logs_hold_nothing_private(logged.getvalue())
            if redis_url:
                whole.redis_holds_nothing_private(told)
            whole.uids_stay_out_of_channels()


async def perform(talk: Talk, redis_url: str | None) -> int:
    """Play a talk to its end; returns how many actions its task took people. Fails at the first miss."""
    async with staged(talk, redis_url) as whole:
        before = 0
        for number, step in enumerate(talk.step, 1):
            missed = await take(step, whole.stage)
            assert missed == [], f"step {number}: {missed}"
            before = whole.stage.actions if number == talk.before else before
        return whole.stage.actions - before

"""The playground served on loopback, its time standing still, and what people do and see there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.clock import WorldClock
from bot.playground.small_slack import Message
from bot.playing import Playground, open_playground
from bot.settings import Settings
from tests.served import bound_socket, serving

TUESDAY = datetime(2026, 7, 14, 7, 0, tzinfo=UTC)
WISH = "<@U0BOT> 30 min with <@UBEN> tomorrow afternoon"
PLACE = "C0GENERAL"


class Door:
    """Counts what Slack brings before the bot sees it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.brought = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.brought += scope.get("path") == "/slack/events"
        await self._app(scope, receive, send)


@dataclass(frozen=True)
class Scene:
    """Ana talks with the bot in a channel."""

    play: Playground
    door: Door

    async def say(self, text: str = WISH) -> None:
        await self.play.slack.say("UANA", PLACE, text)
        await self.rest()

    async def press(self, label: str) -> None:
        whole = next(one for one in self.card.labels if one.startswith(label))
        await self.play.slack.press("UANA", self.card, label=whole)
        await self.rest()

    async def rest(self) -> None:
        await self.play.slack.settled()
        await self.play.house.rest()

    async def switch(self, name: str, *, on: bool = True) -> None:
        await self.play.controls.switch(name, on)

    @property
    def answers(self) -> list[Message]:
        return [one for one in self.play.slack.messages(PLACE) if one.by_bot]

    @property
    def card(self) -> Message:
        return self.answers[-1]

    @property
    def bookings(self) -> list[tuple[str, str]]:
        return [(one.status, one.attendees[0].name) for one in self.play.calcom.bookings()]

    def asked(self, method: str, path: str) -> int:
        """How many calls of this kind Cal.com answered."""
        done = self.play.calcom.requests
        return sum(one.method == method and one.path.partition("?")[0] == path for one in done)


async def soon(seconds: float) -> None:
    """Nobody waits long for a lost answer in a test."""
    await asyncio.sleep(min(seconds, 0.02))


@asynccontextmanager
async def on_stage() -> AsyncIterator[Scene]:
    """The bot in its small world, over real HTTP."""
    bound, url = bound_socket()
    clock = WorldClock(TUESDAY, is_standing=True)
    async with AsyncExitStack() as stack:
        opening = open_playground(Settings.from_env({}), url, clock=clock, sleep=soon)
        play = await stack.enter_async_context(opening)
        door = Door(play.house.web)
        await stack.enter_async_context(serving(door, bound))
        yield Scene(play, door)

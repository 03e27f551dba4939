"""Plays a talk in the open, slowly enough to be watched, and says what did not come out as written."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from pydantic import BaseModel, ConfigDict

from bot.playground.changes import Changes
from bot.playground.talks.judge import take
from bot.playground.talks.stage import Stage

PAUSE = 1.2  # seconds before each step
Sleep = Callable[[float], Awaitable[None]]

log = logging.getLogger(__name__)


class Playing(BaseModel):
    """Which step comes now, counted from 1, of how many; by whom, and in which channel's id it happens.

    `over`: the talk has been played, and `missed` of its steps did not come out as written.
    """

    model_config = ConfigDict(frozen=True)

    title: str
    step: int
    of: int
    by: str
    where: str
    over: bool = False
    missed: int = 0


class Player:
    """Plays the stage's talk once. The world stays open afterwards, as it stands then."""

    def __init__(self, stage: Stage, *, pause: float = PAUSE, sleep: Sleep = asyncio.sleep) -> None:
        self._stage = stage
        self._pause = pause
        self._sleep = sleep
        self._changes: Changes[Playing] = Changes()
        self._audience = asyncio.Event()

    def on_change(self, callback: Callable[[Playing], None]) -> Callable[[], None]:
        """Call back before each step, and when the talk is over; returns how to stop that."""
        return self._changes.on_change(callback)

    def watched(self) -> None:
        """Somebody looks."""
        self._audience.set()

    async def close(self) -> None:
        """Close the browsers of the talk's people."""
        await self._stage.visitor.close()

    async def run(self, *, patience: float = 0.0) -> list[str]:
        """Play it; every step that did not come out as written, in words.

        It begins when somebody looks, and without them after so many seconds.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._audience.wait()
        missed: list[str] = []
        for number in range(len(self._stage.talk.step)):
            self._changes.tell(self._now(number, missed=len(missed)))
            await self._sleep(self._pause)
            found = await take(self._stage.talk.step[number], self._stage)
            if found:
                missed.append(f"step {number + 1}: {'; '.join(found)}")
                log.warning("not as written: %s", missed[-1])
        self._tell_the_end(len(missed))
        return missed

    def _tell_the_end(self, missed: int) -> None:
        steps = len(self._stage.talk.step)
        log.info("the talk is over: %d steps, %d not as written", steps, missed)
        if steps:
            self._changes.tell(self._now(steps - 1, over=True, missed=missed))

    def _now(self, number: int, *, over: bool = False, missed: int = 0) -> Playing:
        talk = self._stage.talk
        step = talk.step[number]
        return Playing(
            title=talk.title,
            step=number + 1,
            of=len(talk.step),
            by=self._stage.by(step),
            where=self._stage.place(step),
            over=over,
            missed=missed,
        )

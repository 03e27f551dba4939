"""A talk on its way: its small world, who said what last, and what can be seen of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.playground.clock import WorldClock
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks.talk import Step, Talk
from bot.playground.world import World

A_MOMENT = 0.003  # seconds between two looks


class Stuck(Exception):
    """A step that cannot happen: what it needs is not there."""


@dataclass
class Stage:
    """A talk on its way. `is_waiting`: whether the bot has work that is not done yet."""

    talk: Talk
    slack: SmallSlack
    calcom: SmallCalcom
    world: World
    clock: WorldClock
    is_waiting: Callable[[], Awaitable[bool]]
    said: Message | None = None
    old: Message | None = None  # the card that was pressed last, as it stood then
    actions: int = 0  # what people had to do so far
    roots: dict[str, Message] = field(default_factory=dict)

    async def settle(self) -> None:
        """Wait until nothing is on its way or waiting any more."""
        while await self.is_waiting():  # noqa: ASYNC110 - a queue tells nobody
            await asyncio.sleep(A_MOMENT)

    def by(self, step: Step) -> str:
        """Who does it."""
        return step.by or self.talk.by

    def is_dm(self, step: Step) -> bool:
        """Whether it happens in somebody's direct messages with the bot."""
        return (step.where or self.talk.where) == "dm"

    def place(self, step: Step) -> str:
        """The id of the channel or direct messages where it happens."""
        return self.slack.dm_channel(self.by(step)) if self.is_dm(step) else step.where or self.talk.where

    def card(self, step: Step) -> Message:
        """The bot's last message in this place. Raises Stuck."""
        said = self.bots(step)
        if not said:
            raise Stuck("the bot has said nothing there")
        return said[-1]

    def bots(self, step: Step) -> list[Message]:
        """What the bot said in this place."""
        said = self.slack.messages(self.place(step))
        return [one for one in said if one.by_bot and one.subtype != "tombstone"]

    def whispers(self, step: Step) -> list[Message]:
        """The ephemerals that whoever does the step has been shown."""
        return list(self.slack.whispers(self.by(step)))

    def dms(self, person: str) -> list[Message]:
        """What the bot said to this person directly."""
        return [one for one in self.slack.dms(person) if one.by_bot]

    def writes(self) -> list[str]:
        """Writes that reached Cal.com."""
        asked = [f"{one.method} {one.path}" for one in self.calcom.requests]
        return [one for one in asked if one.startswith("POST") and "/bookings" in one]

    def holds(self) -> int:
        """Reservations made and not yet let go."""
        asked = [one.method for one in self.calcom.requests if "/slots/reservations" in one.path]
        return asked.count("POST") - asked.count("DELETE")

"""A talk on its way: its small world, who said what last, and what can be seen of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.playground.controls import Controls
from bot.playground.small_calcom import SmallCalcom
from bot.playground.small_slack import Message, SmallSlack
from bot.playground.talks.talk import Step, Talk
from bot.playground.talks.visiting import Visitor


class Stuck(Exception):
    """A step that cannot happen: what it needs is not there."""


@dataclass
class Stage:
    """A talk on its way. `settle` waits until the bot has nothing left to do."""

    talk: Talk
    slack: SmallSlack
    calcom: SmallCalcom
    controls: Controls
    settle: Callable[[], Awaitable[None]]
    said: Message | None = None
    old: Message | None = None  # the card that was pressed last, as it stood then
    complaints: dict[str, str] = field(default_factory=dict)  # about the window that was sent last
    visitor: Visitor = field(default_factory=Visitor)  # their browsers
    actions: int = 0  # what people had to do so far
    roots: dict[str, Message] = field(default_factory=dict)  # what was said last at the top of each place

    def forget(self) -> None:
        """Nothing has been said yet."""
        self.said = self.old = None
        self.roots.clear()

    def by(self, step: Step) -> str:
        """Who does it."""
        return step.by or self.talk.by

    def is_dm(self, step: Step) -> bool:
        """Whether it happens in somebody's direct messages with the bot."""
        return (step.where or self.talk.where) == "dm"

    def place(self, step: Step) -> str:
        """The id of the channel or direct messages where it happens; the latter need not be open."""
        return self.slack.dm_id(self.by(step)) if self.is_dm(step) else step.where or self.talk.where

    def bots(self, place: str) -> list[Message]:
        """What the bot said in this place."""
        return [one for one in self.slack.messages(place) if one.by_bot and one.subtype != "tombstone"]

    def own(self, person: str, place: str) -> list[Message]:
        """What a person said in this place."""
        said = self.slack.messages(place)
        return [one for one in said if one.author == person and one.subtype != "tombstone"]

    def tops(self, place: str) -> list[Message]:
        """What stands at the top of this place, by everybody: each may have a thread."""
        return [one for one in self.slack.messages(place) if one.thread_ts in (None, one.ts)]

    def dms(self, person: str) -> list[Message]:
        """What the bot said to this person directly."""
        return self.bots(self.slack.dm_id(person))

    def writes(self) -> list[str]:
        """Writes that reached Cal.com."""
        asked = [f"{one.method} {one.path}" for one in self.calcom.requests]
        return [one for one in asked if one.startswith(("POST", "PATCH")) and "/bookings" in one]

    def holds(self) -> int:
        """Reservations made and not yet let go."""
        asked = [one.method for one in self.calcom.requests if "/slots/reservations" in one.path]
        return asked.count("POST") - asked.count("DELETE")


def back_from_last(found: list[Message], back: int, what: str) -> Message:
    """The one that is so many before the last. Raises Stuck."""
    if back >= len(found):
        raise Stuck(f"there are {len(found)} of {what} only" if found else f"there is no {what}")
    return found[-1 - back]

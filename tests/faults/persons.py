"""People who want something and do not give up: they press again when nothing changes, and ask again."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.playground.small_slack import Message
from bot.playground.talks import words
from tests.faults.places import CHANNEL, Place

Kind = Literal["create", "move", "cancel"]
PRESSES: dict[Kind, str] = {"create": "Book ", "move": "Move to", "cancel": "Cancel it"}
DONE: dict[Kind, str] = {"create": "*Booked:*", "move": "*Moved:*", "cancel": "*Cancelled:*"}
CHANGES: dict[Kind, str] = {"move": "Reschedule", "cancel": "Cancel"}
AGAIN = ("Try again", "Look again")
UNFINISHED = ("Booking ", "Moving ", "Cancelling ", "*I asked Cal.com, but")
PATIENCE = 6.0  # seconds that somebody looks at a card that does not change
LONGEST = 240.0  # a booking stays locked for 90 seconds after a change of which nobody could tell
A_LOOK = 0.2


@dataclass
class Talk:
    """One thread of one person's, in which they get what they want, one after the other."""

    place: Place
    person: str
    day: date
    wants: tuple[Kind, ...]
    which: int  # of the times that are offered
    root: Message | None = None
    done: dict[Kind, Message] = field(default_factory=dict)
    presses: int = 0
    repeats: int = 0  # of what seemed to have changed nothing: then there may be two cards for one thing
    _acted: dict[str, float] = field(default_factory=dict)
    _told: dict[tuple[str, Kind], Message] = field(default_factory=dict)

    async def live(self) -> None:
        """Get it all."""
        for kind in self.wants:
            async with asyncio.timeout(LONGEST):
                self.done[kind] = await self._get(kind)

    def cards(self) -> list[Message]:
        """What the bot says here."""
        root = self.root.ts if self.root else ""
        shown = [one for one in self.place.slack.messages(CHANNEL, root) if one.by_bot]
        self._told |= {(one.ts, kind): one for one in shown if (kind := done_by(one))}
        return shown

    def told(self) -> list[tuple[Kind, Message]]:
        """What was done by each card that was ever seen to say so; one out of date says so no more."""
        self.cards()
        return [(kind, one) for (_, kind), one in self._told.items()]

    def texts(self) -> list[str]:
        """The same, in words."""
        return [words(one) for one in self.cards()]

    async def _get(self, kind: Kind) -> Message:
        """Press until a card says that it is done."""
        while not (found := [one for one in self.cards() if words(one).startswith(DONE[kind])]):
            card = self._to_press(kind)
            if card and self._has_waited(card.ts):
                await self._press(card, kind)
            elif card is None and self._has_waited(kind):
                await self._ask(kind)
            await asyncio.sleep(A_LOOK)
        return found[-1]

    def _has_waited(self, what: str) -> bool:
        """Whether it is time to do that (again); then it is being done."""
        if time.monotonic() - self._acted.get(what, 0.0) < PATIENCE:
            return False
        self.repeats += what in self._acted
        self._acted[what] = time.monotonic()
        return True

    def _to_press(self, kind: Kind) -> Message | None:
        """The latest card on which there is something to press for this."""
        found = [one for one in self.cards() if self._labels(one, kind)]
        return found[-1] if found else None

    def _labels(self, card: Message, kind: Kind) -> list[str]:
        return [one for one in card.labels if one.startswith((PRESSES[kind], *AGAIN))]

    async def _press(self, card: Message, kind: Kind) -> None:
        labels = self._labels(card, kind)
        self.presses += 1
        await self.place.slack.press(self.person, card, label=labels[self.which % len(labels)])

    async def _ask(self, kind: Kind) -> None:
        """For the first time or once more."""
        if kind == "create":
            text, thread = f"<@U0BOT> 30 min with <@UBEN> on {self.day:%-d %B %Y}", self.root
            said = await self.place.slack.say(self.person, CHANNEL, text, thread_ts=thread and thread.ts)
            self.root = self.root or said
        else:
            latest = list(self.done.values())[-1]
            await self.place.slack.press(self.person, latest, label=CHANGES[kind])


def done_by(card: Message) -> Kind | None:
    """What a card says that was done."""
    return next((kind for kind, word in DONE.items() if words(card).startswith(word)), None)


def start_told(card: Message) -> int:
    """When the meeting begins of which a card tells, in Unix seconds; the times before a move come first."""
    times = [int(one) for one in re.findall(r"<!date\^(\d+)\^", str(card.blocks))]
    return times[-2 if words(card).startswith(DONE["move"]) else 0]


async def all_at_once(talks: Sequence[Talk], most: int) -> list[str]:
    """Let so many of them live at a time; what went wrong."""
    gate = asyncio.Semaphore(most)

    async def live(talk: Talk) -> str | None:
        async with gate:
            try:
                await talk.live()
            except (TimeoutError, LookupError) as error:
                return f"{talk.wants}: {error!r}, got {list(talk.done)}, {talk.texts()}"
            return None

    return [wrong for wrong in await asyncio.gather(*map(live, talks)) if wrong]

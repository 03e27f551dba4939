"""Who goes next in one process: few places, the urgent first, and people in turn.

Without it one person with two hundred threads would keep everybody else waiting for all of them. Urgency is
strict: while people wait, no news is told; and news, digests and the like never take the last place.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, assert_never

from bot.conversation.agendas import AgendaDue
from bot.conversation.letters import Lapse, Letter, Returned
from bot.conversation.rounds import Round
from bot.conversation.turns import (
    LinkShared,
    MeetingNews,
    Press,
    Recheck,
    SlashCommand,
    Turn,
    Uninstalled,
    Work,
    lane_of,
)
from bot.conversation.visits import DataRequest, HomeVisit
from bot.scheduling.model import BookingEvent
from bot.scheduling.waiting import WaitingLine


class Precedence(IntEnum):
    """Who goes first: whoever has pressed something looks at the card until it changes."""

    PRESS = 0
    WORD = 1
    BACKGROUND = 2


class Call(NamedTuple):
    """A lane that is to be drained, for whom and how urgently: `person` is an opaque id, empty for nobody."""

    lane: str
    person: str = ""
    urgency: Precedence = Precedence.WORD


def call_for(work: Work) -> Call:
    """What to do about a work that has been put into its lane."""
    return Call(lane_of(work), *asked_by(work))


@dataclass(eq=False)
class Waiter:
    """One that waits for a place."""

    asker: str
    urgency: Precedence
    turn: asyncio.Future[None] = field(repr=False)


class Gate:
    """Lets so many in at a time. Raises ValueError where there is no place at all."""

    def __init__(self, places: int) -> None:
        if places < 1:
            raise ValueError("at least one place is needed")
        self._free = places
        self._free_for_background = max(1, places - 1)
        self._line = WaitingLine[Waiter](Precedence)

    def place(self, person: str, urgency: Precedence) -> "Place":
        """A place, for `async with`: waits until it is there, and gives it back at the end.

        `person` is an opaque id, empty for nobody in particular.
        """
        return Place(self, person, urgency)

    @property
    def is_waited_for(self) -> bool:
        """Whether anybody waits."""
        return bool(self._line)

    def has_room(self, urgency: Precedence) -> bool:
        """Whether one more would be let in at once."""
        return not self._line and self._has_place(urgency)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(1 for _ in self._line)

    async def enter(self, person: str, urgency: Precedence) -> None:
        """Wait for a place and take it; `leave` gives it back."""
        if self.has_room(urgency):
            self._take(urgency)
            return
        waiter = Waiter(person, urgency, asyncio.get_running_loop().create_future())
        self._line.add(waiter)
        self._let_in()  # those who wait may all be of a kind that may not have the last place
        try:
            await waiter.turn
        except asyncio.CancelledError:
            self._step_out(waiter)
            raise

    def leave(self, urgency: Precedence) -> None:
        """Give the place back to whoever is next."""
        self._free += 1
        self._free_for_background += urgency is Precedence.BACKGROUND
        self._let_in()

    def _let_in(self) -> None:
        while waiter := self._line.first(self._may_go):
            self._line.called(waiter)
            self._take(waiter.urgency)
            waiter.turn.set_result(None)

    def _step_out(self, waiter: Waiter) -> None:
        """Whoever waited is gone; what it was just given is given back."""
        self._line.remove(waiter)
        if waiter.turn.done() and not waiter.turn.cancelled():
            self.leave(waiter.urgency)
        else:
            self._let_in()

    def _may_go(self, waiter: Waiter) -> bool:
        return not waiter.turn.done() and self._has_place(waiter.urgency)

    def _has_place(self, urgency: Precedence) -> bool:
        if urgency is Precedence.BACKGROUND and self._free_for_background < 1:
            return False
        return self._free > 0

    def _take(self, urgency: Precedence) -> None:
        self._free -= 1
        self._free_for_background -= urgency is Precedence.BACKGROUND


class Place:
    """A place at a gate while the block runs."""

    def __init__(self, gate: Gate, person: str, urgency: Precedence) -> None:
        self._gate = gate
        self._person = person
        self._urgency = urgency
        self._is_ours = False

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it."""
        return self._gate.is_waited_for

    async def enter(self) -> None:
        """Wait for it."""
        await self._gate.enter(self._person, self._urgency)
        self._is_ours = True

    def leave(self) -> None:
        """Let the next one have it; harmless when it is not ours."""
        if self._is_ours:
            self._is_ours = False
            self._gate.leave(self._urgency)

    def becomes(self, person: str, urgency: Precedence) -> None:
        """It will be entered for this person, so urgently; while it is not ours."""
        self._person, self._urgency = person, urgency

    async def __aenter__(self) -> None:
        await self.enter()
        _PLACE.set(self)

    async def __aexit__(self, *_: object) -> None:
        _PLACE.set(None)
        self.leave()


_PLACE: ContextVar[Place | None] = ContextVar("place", default=None)


@asynccontextmanager
async def stepping_aside() -> AsyncIterator[None]:
    """While the current task only waits for time to pass, others have its place, if it has one."""
    place = _PLACE.get()
    if place:
        place.leave()
    yield
    if place:
        await place.enter()


async def give_way(work: Work | None) -> None:
    """Before this work, let those go first who wait for the current task's place.

    The place is for this work then, whatever it was for.
    """
    place = _PLACE.get()
    if place and place.is_wanted:
        async with stepping_aside():
            if work:
                place.becomes(*asked_by(work))


def asked_by(work: Work) -> tuple[str, Precedence]:
    """For whom a work is done, and how urgent it is."""
    match work:
        case Press():
            return work.person, Precedence.PRESS
        case Turn() | SlashCommand():
            return work.speaker, Precedence.WORD
        case BookingEvent() | MeetingNews() | Round() | Uninstalled():
            return "", Precedence.BACKGROUND
        case LinkShared():
            return work.person, Precedence.BACKGROUND
        case Letter() | Returned() | HomeVisit() | DataRequest():
            return work.person, Precedence.WORD
        case Recheck() | Lapse() | AgendaDue():
            return work.person, Precedence.BACKGROUND
        case _:
            assert_never(work)

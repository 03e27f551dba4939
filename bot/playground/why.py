"""Why the bot said what it said: what was heard, what Cal.com was asked, how long each stage took.

It cannot be felt: while the bot works, it notes and does nothing else; what it noted is made up and told
afterwards, from the event loop, where an error of a listener's meets nobody but the log.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from bot.conversation.agendas import AgendaDue
from bot.conversation.letters import Lapse, Letter, Returned
from bot.conversation.ports import Clock, Stage, Unwatched
from bot.conversation.turns import LinkShared, Press, Recheck, SlashCommand, Turn, Work
from bot.conversation.visits import DataRequest, HomeVisit
from intents.frames import Understanding

KEPT = 200  # traces

Call = tuple[str, str, int | None, float]  # method, path template, status (None: no answer), milliseconds
Listener = Callable[["Trace"], None]


class Trace(BaseModel):
    """One piece of work, done. Times in milliseconds; `total_ms` runs from its arrival.

    A stage's time is its own: what lies within another one is not counted there again. No uid and no token
    stands in it, but what the frame holds of a person's words does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal[
        "turn",
        "press",
        "slash_command",
        "booking_event",
        "recheck",
        "letter",
        "returned",
        "lapse",
        "uninstalled",
        "home_visit",
        "data_request",
        "link_shared",
        "meeting_news",
        "round",
        "agenda",
    ]
    person: str | None
    channel: str | None
    thread: str | None  # the root message's ts
    at: datetime
    heard: dict[str, Any] | None = None  # the frame
    because: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    alternatives: tuple[dict[str, Any], ...] = ()
    calls: tuple[Call, ...] = ()
    stages: tuple[tuple[str, float], ...] = ()
    total_ms: float


@dataclass
class Notes:
    """What is noted while a work is being done."""

    number: int
    work: Work
    waited: float  # seconds, like all of these
    began: float
    ended: float = 0.0
    understanding: Understanding | None = None
    calls: list[Call] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)


@dataclass
class Lap:
    """A stage on its way, and the seconds spent in those within it."""

    within: float = 0.0


_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)
_lap: ContextVar[Lap | None] = ContextVar("lap", default=None)


class Why(Unwatched):
    """Implements `conversation.ports.Watcher`; `called` is for the calendar's client.

    `clock` is the world's, against which the arrival is measured; `seconds` measures the rest.
    """

    def __init__(self, clock: Clock, *, seconds: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._seconds = seconds
        self._numbers = count(1)
        self._traces: deque[Trace] = deque(maxlen=KEPT)
        self._listeners: list[Listener] = []

    # What the bot does

    @contextmanager
    def work(self, work: Work) -> Generator[None]:
        """Around all that is done for one piece of work."""
        waited = max(0.0, (self._clock() - work.at).total_seconds())
        notes = Notes(next(self._numbers), work, waited, self._seconds())
        token, outer = _notes.set(notes), _lap.set(None)
        try:
            yield
        finally:
            _lap.reset(outer)
            _notes.reset(token)
            notes.ended = self._seconds()
            asyncio.get_running_loop().call_soon(self._keep, notes)

    @contextmanager
    def stage(self, name: Stage) -> Generator[None]:
        """Around one stage of it."""
        notes, outer, lap, began = _notes.get(), _lap.get(), Lap(), self._seconds()
        token = _lap.set(lap)
        try:
            yield
        finally:
            _lap.reset(token)
            took = self._seconds() - began
            if outer:
                outer.within += took
            if notes:
                notes.stages[name] = notes.stages.get(name, 0.0) + took - lap.within

    def heard(self, understanding: Understanding) -> None:
        """How the sentence was read; the last reading counts."""
        if notes := _notes.get():
            notes.understanding = understanding

    def called(self, method: str, template: str, status: int | None, seconds: float) -> None:
        """One call to Cal.com: its path's template, never the path."""
        if notes := _notes.get():
            notes.calls.append((method, template, status, seconds))

    # What is seen of it

    def traces(self) -> tuple[Trace, ...]:
        """The last works that were done, oldest first."""
        return tuple(self._traces)

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Be told of each new trace, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def forget(self) -> None:
        """Keep none of them."""
        self._traces.clear()

    def _keep(self, notes: Notes) -> None:
        trace = trace_of(notes)
        self._traces.append(trace)
        for listener in self._listeners:
            asyncio.get_running_loop().call_soon(listener, trace)  # one that raises stops no other


def trace_of(notes: Notes) -> Trace:
    """What was noted, for people."""
    reading = notes.understanding
    person, channel, thread = _place(notes.work)
    return Trace(
        id=str(notes.number),
        kind=notes.work.kind,
        person=person,
        channel=channel,
        thread=thread,
        at=notes.work.at,
        heard=reading.frame.model_dump(mode="json") if reading else None,
        because=reading.because if reading else (),
        implied=reading.implied if reading else (),
        alternatives=tuple(one.model_dump(mode="json") for one in reading.alternatives) if reading else (),
        calls=tuple((*one[:3], _ms(one[3])) for one in notes.calls),
        stages=tuple((name, _ms(took)) for name, took in {"waited": notes.waited, **notes.stages}.items()),
        total_ms=_ms(notes.waited + notes.ended - notes.began),
    )


def _place(work: Work) -> tuple[str | None, str | None, str | None]:
    match work:
        case Turn():
            return work.speaker, work.thread.channel, work.reply_to
        case Press():
            return work.person, work.thread.channel, work.card.thread_ts or work.card.ts
        case SlashCommand():
            return work.speaker, work.channel, None
        case LinkShared():
            return work.person, work.channel, work.ts
        case Recheck() | Letter() | Returned() | Lapse() | HomeVisit() | DataRequest() | AgendaDue():
            return work.person, None, None
        case _:
            return None, None, None


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)

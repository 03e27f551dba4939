"""Shows in an agent session what is done there, and ends that when its person says stop; no answer waits.

What is done at once shows no "Working…", and with it no button to stop it. What is read may be ended; a write
that has begun is not, and is told as ever."""

import asyncio
import re
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from bot.aside import Aside
from bot.conversation.ports import StoreUnavailable
from bot.conversation.sessions import SessionRef, Sessions, SessionStatus, Stops
from bot.conversation.state import ThreadState
from bot.conversation.turns import Approve, Press, Turn
from bot.scheduling.errors import SchedulingError
from bot.scheduling.ports import Directory

SLOW: Final = 0.4  # seconds; what takes longer shows that it goes on
NEVER: Final = 3600.0  # seconds; longer than anything takes
LOOK: Final = 0.5  # seconds between two looks whether somebody said stop
LONGEST_TITLE: Final = 80  # characters
MENTION: Final = re.compile(r"<@([A-Z0-9]+)>|<![^<>]*>")

T = TypeVar("T")
Title = Callable[[], Awaitable[str | None]]


class Stopped(Exception):
    """The person said stop."""


class Visit:
    """One piece of work in a session. `session`: None where there is none, and nobody can say stop."""

    def __init__(self, session: SessionRef | None = None) -> None:
        self.session = session
        self.is_stopped = False
        self.after: SessionStatus | None = None  # as it was
        self._reading: asyncio.Timeout | None = None

    async def unless_stopped(self, reading: Awaitable[T]) -> T:
        """What comes of something that only reads. Raises Stopped where the person said stop meanwhile."""
        if self.session is None:
            return await reading
        try:
            async with asyncio.timeout(None) as self._reading:
                self._end_reading()
                return await reading
        except TimeoutError:
            if self._reading and self._reading.expired():
                raise Stopped from None
            raise
        finally:
            self._reading = None

    def stop(self) -> None:
        """The person said stop; what reads now or later is ended, nothing else is."""
        self.is_stopped = True
        self._end_reading()

    def left_as(self, state: ThreadState, person: str) -> None:
        """What the session waits for afterwards: the person, where our question stands there."""
        asked = state.question_to(person)
        is_here = asked and self.session and asked.reply_to == self.session.root
        self.after = "suspended" if is_here else "active"

    def _end_reading(self) -> None:
        if self.is_stopped and self._reading:
            self._reading.reschedule(asyncio.get_running_loop().time())


class Attending:
    """`slow` and `look`: seconds, as above."""

    def __init__(
        self, sessions: Sessions, stops: Stops, aside: Aside, *, slow: float = SLOW, look: float = LOOK
    ) -> None:
        self._sessions = sessions
        self._stops = stops
        self._aside = aside
        self._slow = slow
        self._look = look

    @asynccontextmanager
    async def attended(
        self, session: SessionRef | None, work: Turn | Press, title: Title | None = None
    ) -> AsyncIterator[Visit]:
        """Around all that is done for something said or pressed."""
        visit = Visit(session)
        if session is None:
            yield visit
            return
        showing = _Showing(visit, session, work.at, title)
        slow = NEVER if is_a_write(work) else self._slow
        timer = asyncio.get_running_loop().call_later(slow, self._begin, showing)
        try:
            yield visit
        finally:
            timer.cancel()
            showing.over.set()
            self._aside.run(self._leave(showing))

    def _begin(self, showing: "_Showing") -> None:
        showing.watching = asyncio.create_task(self._watch(showing))

    async def _watch(self, showing: "_Showing") -> None:
        """Show that it goes on, and look whether somebody says stop, until it is over."""
        await self._sessions.show(showing.session, "processing", await showing.called())
        while not showing.over.is_set():
            if await self._is_stopped(showing.session, showing.since):
                showing.visit.stop()
                return
            await _within(self._look, showing.over)

    async def _leave(self, showing: "_Showing") -> None:
        """Show what it has come to, after what was shown before."""
        after = showing.visit.after
        if showing.watching:
            await asyncio.wait((showing.watching,))
            after = after or "active"
        if after:
            await self._sessions.show(showing.session, after, await showing.called())

    async def _is_stopped(self, session: SessionRef, since: datetime) -> bool:
        try:
            return await self._stops.is_said(session, since)
        except StoreUnavailable:
            return False


@dataclass(eq=False)
class _Showing:
    """What is shown of a visit: `watching` once it takes long, until it is `over`."""

    visit: Visit
    session: SessionRef
    since: datetime
    title: Title | None
    over: asyncio.Event = field(default_factory=asyncio.Event)
    watching: asyncio.Task[None] | None = None

    async def called(self) -> str | None:
        """What the session is called, if it begins here."""
        return await self.title() if self.title else None


async def _within(seconds: float, over: asyncio.Event) -> None:
    """Wait so long, or until it is over."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return


def session_of(work: Turn | Press) -> SessionRef | None:
    """The session that this belongs to. In direct messages each thing said begins one; in channels, and on
    cards that answer nobody, there is none."""
    match work:
        case Turn(in_dm=True, card=None):
            return SessionRef(team=work.thread.team, channel=work.thread.channel, root=work.reply_to)
        case Press(card=card) if card.channel.startswith("D") and card.thread_ts and not work.on_whisper:
            return SessionRef(team=work.thread.team, channel=card.channel, root=card.thread_ts)
        case _:
            return None


def is_a_write(work: Turn | Press) -> bool:
    """Whether it is not to be stopped: its card tells what comes of it."""
    return isinstance(work, Press) and isinstance(work.choice, Approve)


def title_of(turn: Turn, directory: Directory) -> Title | None:
    """What a session that this begins is called: as it was said, with names. None: it began before."""
    if not turn.id.endswith(f":{turn.reply_to}"):
        return None

    async def title() -> str | None:
        said = turn.text
        for person in {found[1] for found in MENTION.finditer(said) if found[1]}:
            said = said.replace(f"<@{person}>", await _name(person, directory))
        return textwrap.shorten(MENTION.sub(" ", said), LONGEST_TITLE, placeholder=" …") or None

    return title


async def _name(person: str, directory: Directory) -> str:
    try:
        return (await directory.person(person)).name
    except SchedulingError:
        return ""

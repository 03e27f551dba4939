"""Lets requests through to one server: few at a time, each counted against its credential's budget.

Whoever may not go at once waits: writes before reads before background, and people who share a credential in
turn. A courtesy does not wait.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.calcom.transport.waiting import Ticket
from bot.scheduling.asking import Urgency
from bot.scheduling.errors import CalendarError, CalendarUnavailable
from bot.scheduling.ports import Budget
from bot.scheduling.waiting import WaitingLine

MANY = (Urgency.READ, Urgency.COURTESY)  # what comes often; the others count each one
BLOCK = 32  # the most that is leased at once, for whoever comes back while the last lease is fresh
A_WHILE = 1.0  # a courtesy may wait so long for a connection, in seconds


@dataclass
class Purse:
    """What is left of one lease. A request may be sent with it until `fresh_until`, monotonic seconds."""

    tokens: int
    fresh_until: float


class Turnstile:
    """For all accounts at one server. `places`: how many requests may be on their way at a time."""

    def __init__(self, budget: Budget, seconds: Callable[[], float], *, places: int) -> None:
        self._budget = budget
        self._allowance = budget.allowance
        self._seconds = seconds
        self._places = places
        self._line = WaitingLine[Ticket](Urgency)
        self._purses: dict[tuple[str, Urgency], Purse] = {}  # by whom and what for they were leased
        self._shut: dict[tuple[str, Urgency], float] = {}  # until when there is nothing for them
        self._changed = asyncio.Event()
        self._doorman: asyncio.Task[None] | None = None

    async def enter(self, credential: str, person: str, urgency: Urgency, until: float) -> float:
        """Wait for a turn, and take a place; `leave` gives it back.

        Says until when the request may be sent with this turn (monotonic seconds).
        Raises CalendarUnavailable when there is none until `until`, for a courtesy when there is none now.
        """
        if not self._line and self._places > 0:
            fresh = self._spent(credential, urgency)
            if fresh:
                self._places -= 1
                return fresh
        turn = asyncio.get_running_loop().create_future()
        return await self._wait(Ticket(credential, person, urgency, until, turn))

    def leave(self) -> None:
        """Give the place back."""
        self._places += 1
        self._changed.set()

    def forget(self) -> None:
        """Know nothing of what was leased and refused."""
        self._purses.clear()
        self._shut.clear()

    async def _wait(self, ticket: Ticket) -> float:
        if error := self._too_late(ticket):
            raise error
        self._line.add(ticket)
        self._changed.set()
        if self._doorman is None or self._doorman.done():
            self._doorman = asyncio.create_task(self._let_through())
        went = False
        try:
            async with asyncio.timeout(self._patience(ticket)):
                fresh_until = await ticket.turn
            went = True
        except TimeoutError as error:
            raise CalendarUnavailable("too_many_wait") from error
        finally:
            if not went:
                self._step_out(ticket)
        return fresh_until

    def _patience(self, ticket: Ticket) -> float:
        left = ticket.until - self._seconds()
        return min(left, A_WHILE) if ticket.urgency is Urgency.COURTESY else left

    def _step_out(self, ticket: Ticket) -> None:
        """Whoever waited is gone; what it was just given is given back."""
        self._line.remove(ticket)
        turn = ticket.turn
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self._places += 1
        turn.cancel()
        self._changed.set()

    async def _let_through(self) -> None:
        """Serve whoever is first, until nobody waits."""
        try:
            while self._line:
                self._changed.clear()
                ticket = self._line.first(self._may_go) if self._places > 0 else None
                if ticket is None:
                    await self._change()
                elif fresh_until := self._spent(ticket.credential, ticket.urgency):
                    self._call(ticket, fresh_until)
                else:
                    await self._lease(ticket)
        finally:  # nobody may wait for a doorman who fell over
            self._refuse_all("not_counted")

    async def _change(self) -> None:
        """Until somebody comes or leaves, or there may be something for one of those who wait."""
        openings = [self._shut.get((one.credential, one.urgency), 0.0) for one in self._line]
        pause = min(openings) - self._seconds() if self._places > 0 else None
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._changed.wait()

    async def _lease(self, ticket: Ticket) -> None:
        """Ask for what this one needs. Who is first when it comes may be another."""
        asked_at = self._seconds()  # before it is granted: it is never older than it is taken for
        wanted, kept = self._wanted(ticket, asked_at), self._allowance.kept(ticket.urgency)
        try:
            lease = await self._budget.lease(ticket.credential, wanted=wanted, kept=kept)
        except CalendarError as error:
            self._refuse_all(str(error))
            return
        self._sweep(asked_at)
        if lease.granted:
            fresh_until = asked_at + self._allowance.lease
            self._purses[ticket.credential, ticket.urgency] = Purse(lease.granted, fresh_until)
        else:
            self._close(ticket.credential, ticket.urgency, self._seconds() + lease.wait)

    def _wanted(self, ticket: Ticket, now: float) -> int:
        if ticket.urgency not in MANY:
            return 1
        purse = self._purses.get((ticket.credential, ticket.urgency))
        if purse is not None and now < purse.fresh_until:
            return BLOCK
        waiting = sum(one.credential == ticket.credential for one in self._line)
        return min(waiting, self._places, BLOCK)

    def _close(self, credential: str, urgency: Urgency, until: float) -> None:
        """There is nothing for them until then: those who cannot wait so long hear it now."""
        self._shut[credential, urgency] = until
        for ticket in tuple(self._line):
            if error := self._too_late(ticket):
                self._refuse(ticket, error)

    def _call(self, ticket: Ticket, fresh_until: float) -> None:
        self._line.called(ticket)
        self._places -= 1
        ticket.turn.set_result(fresh_until)

    def _refuse(self, ticket: Ticket, error: CalendarUnavailable) -> None:
        self._line.remove(ticket)
        if not ticket.turn.done():
            ticket.turn.set_exception(error)

    def _refuse_all(self, code: str) -> None:
        for ticket in tuple(self._line):
            self._refuse(ticket, CalendarUnavailable(code))

    def _may_go(self, ticket: Ticket) -> bool:
        """Whether it still waits, and there may be something for it."""
        shut = self._shut.get((ticket.credential, ticket.urgency), 0.0)
        return not ticket.turn.done() and shut <= self._seconds()

    def _too_late(self, ticket: Ticket) -> CalendarUnavailable | None:
        """What to say to one that cannot wait for as long as there is nothing for it."""
        opening = self._shut.get((ticket.credential, ticket.urgency), 0.0)
        wait = opening - self._seconds()
        if wait <= 0 or (opening <= ticket.until and ticket.urgency is not Urgency.COURTESY):
            return None
        return CalendarUnavailable("rate_limited", retry_after=wait)

    def _spent(self, credential: str, urgency: Urgency) -> float:
        """Take one that was leased for this or the less urgent: until when it may be used; 0: nothing is."""
        for leased_for in Urgency:
            purse = self._purses.get((credential, leased_for)) if leased_for >= urgency else None
            if purse and purse.tokens and self._seconds() < purse.fresh_until:
                purse.tokens -= 1
                return purse.fresh_until
        return 0.0

    def _sweep(self, now: float) -> None:
        """Forget what is stale: there may be a credential for each person."""
        self._purses = {name: purse for name, purse in self._purses.items() if now < purse.fresh_until}
        self._shut = {which: until for which, until in self._shut.items() if now < until}

"""Carries out what was approved: taken and saved, then written once, then looked for if the answer was lost.

The one caller of `carry_out`. The proposal's status is saved before each step, so that whoever goes on after
a crash knows how far the other one came (`conversation.proposals` draws the states).
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot import outcomes
from bot.admission import desk_of
from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone, ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Update
from bot.conversation.state import Conversation
from bot.means import Means
from bot.scheduling.carrying import carry_out, find_outcome
from bot.scheduling.commands import Command
from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarError,
    OutcomeUnknown,
    SlotTaken,
)
from bot.scheduling.model import Booking
from bot.settling import Approved, NotWritten, Result, Settling, reference_of

log = logging.getLogger(__name__)

LOOKS = (0.5, 1.0, 2.0, 3.0)  # seconds to wait before each look for a write whose answer was lost
HEIRS_LOOKS = (1.0, 2.0)  # the same, for a write of a process that died: it may still land


class Approvals:
    """Does what was approved, at most once, and says what came of it.

    All of it raises StoreUnavailable and LockLost; whoever has the lock next goes on from the saved status.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._settling = Settling(means)

    async def carry(self, approved: Approved) -> None:
        """Do what has just been approved; its outcome is saved with `handled` at the end."""
        approved = await self._take(approved)
        async with self._shown_as_working(approved):
            approved = await self._begin(approved)
            result = await self._written(approved.proposal.command)
        await self._settling.settle(approved, result)

    async def resume(self, session: ThreadSession) -> None:
        """Go on with what a process that died left in hand, whatever the work that brings us here."""
        while found := session.state.in_hand:
            conversation, proposal = found
            log.warning("gone on with proposal=%s status=%s", proposal.id, proposal.status)
            desk = await desk_of(conversation, self._means)
            await self._inherit(Approved(session, conversation, proposal, proposal.approved_by, desk))

    async def look_again(self, approved: Approved) -> None:
        """Look again for a write that nobody could tell of: what is not there by now was not written."""
        await self._settling.settle(approved, await self._found(approved.proposal.command))

    # Step by step

    async def _take(self, approved: Approved) -> Approved:
        """The first press takes all proposals of the card; from here on nobody else can."""
        taken = approved.proposal.approved(approved.work_id, self._means.clock())
        closed = approved.conversation.closing_others(taken)
        return await self._saved(approved, closed.changed(question=None, choices=(), hold=None), taken)

    async def _begin(self, approved: Approved) -> Approved:
        """Leave word of who writes before anything is sent: webhooks come before the write's own answer.

        Saved even if nothing changes: whoever has lost the lock must not write.
        """
        await self._means.ledger.note(reference_of(approved.proposal.command), approved.conversation.owner)
        proposal = approved.proposal
        writing = proposal if proposal.status == "writing" else proposal.moved("writing")
        return await self._saved(approved, approved.conversation.having(writing), writing)

    async def _saved(self, approved: Approved, conversation: Conversation, proposal: Proposal) -> Approved:
        await approved.session.save(approved.session.state.having(conversation))
        return replace(approved, conversation=conversation, proposal=proposal)

    @asynccontextmanager
    async def _shown_as_working(self, approved: Approved) -> AsyncIterator[None]:
        """Meanwhile the card says so: over before anything else is said, and broken off when we fail."""
        showing = asyncio.create_task(self._say_working(approved))
        try:
            yield
            await showing
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _say_working(self, approved: Approved) -> None:
        """Show that the press has arrived; only a courtesy, so nothing waits for it to succeed."""
        card = approved.conversation.card
        if card is None:
            return
        update = Update(message=card, card=outcomes.working(approved.proposal, approved.desk))
        try:
            await self._means.messenger.deliver(update)
        except (DeliveryFailed, MessageGone, ChannelClosed) as error:
            log.info("working card not shown: %s", type(error).__name__)

    # Of a process that died

    async def _inherit(self, approved: Approved) -> None:
        """Write what was not written yet, unless it was meant for another hour."""
        command = approved.proposal.command
        result = await self._landed(command) if approved.proposal.status == "writing" else NotWritten()
        if isinstance(result, NotWritten) and not approved.proposal.is_late(self._means.clock()):
            approved = await self._begin(approved)
            result = await self._written(command)
        await self._settling.settle(approved, result)

    # Write and look

    async def _written(self, command: Command) -> Result:
        """Write, once. A refusal may mean that an earlier try has succeeded, or another hand did the same."""
        try:
            with self._means.watcher.stage("write"):
                return await carry_out(command, self._means.calendar)
        except OutcomeUnknown:
            return await self._appeared(command)
        except (SlotTaken, BookingClosed) as error:
            found = await self._found(command)
            return error if isinstance(found, NotWritten) else found
        except CalendarError as error:
            return error

    async def _appeared(self, command: Command) -> Result:
        """Look a few times for a write whose answer was lost; it may come late."""
        for pause in LOOKS:
            await self._means.sleep(pause)
            found = await self._found(command)
            if found is not None and not isinstance(found, NotWritten):
                return found
        return None

    async def _landed(self, command: Command) -> Result:
        """Look whether the write of a process that died has landed."""
        found: Result = None
        for pause in HEIRS_LOOKS:
            await self._means.sleep(pause)
            found = await self._found(command)
            if isinstance(found, Booking):
                break
        return found

    async def _found(self, command: Command) -> Result:
        """What the calendar shows of it; NotWritten: nothing."""
        try:
            return await find_outcome(command, self._means.calendar) or NotWritten()
        except (BookingClosed, BookingNotFound) as error:
            return error
        except CalendarError:
            return None

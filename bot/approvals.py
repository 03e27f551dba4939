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
from bot.conversation.auditing import begun
from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone, ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Update
from bot.conversation.state import Conversation
from bot.means import Means
from bot.scheduling.carrying import carry_out, let_go
from bot.scheduling.errors import NotWritten
from bot.scheduling.looking import is_certain, left_no_trace, look_for
from bot.scheduling.outcome import NotDone, Outcome, Unknown
from bot.settling import Approved, Settling, reference_of

log = logging.getLogger(__name__)

LOOKS = (0.5, 1.0, 2.0, 3.0)  # seconds to wait before each look for a write whose answer was lost
HEIRS_LOOKS = (1.0, 2.0)  # the same, for a write of a process that died: it may still land
AT_ONCE = (0.0,)


class Approvals:
    """Does what was approved, at most once, and says what came of it.

    All of it raises StoreUnavailable and LockLost; whoever has the lock next goes on from the saved status.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._settling = Settling(means)

    async def carry(self, approved: Approved) -> None:
        """Do what has just been approved; its outcome is saved with `handled` at the end.

        Raises TypeError for what its owner cannot approve: a write with another one's rights.
        """
        if approved.proposal.asks or _is_others(approved):
            raise TypeError("its host has to approve it")
        approved = await self._take(approved)
        async with self._shown_as_working(approved):
            approved = await self._begin(approved)
            outcome = await self._written(approved.proposal)
        await self._settling.settle(approved, outcome)

    async def resume(self, session: ThreadSession) -> None:
        """Go on with what a process that died left in hand, whatever the work that brings us here."""
        while found := session.state.in_hand:
            conversation, proposal = found
            log.warning("gone on with proposal=%s status=%s", proposal.id, proposal.status)
            desk = await desk_of(conversation, self._means)
            await self._inherit(Approved(session, conversation, proposal, proposal.approved_by, desk))

    async def look_again(self, approved: Approved) -> None:
        """Look again for a write that nobody could tell of: what is not there by now was not written."""
        found = await self._look(approved.proposal, AT_ONCE)
        await self._settling.settle(approved, found)

    async def look_by_itself(self, approved: Approved, *, believing_absence: bool) -> bool:
        """The same, unasked: whether it is settled now. If not, the card stays as it is.

        `believing_absence`: by now what is not there was not written.
        """
        found = await self._look(approved.proposal, AT_ONCE)
        if not is_certain(found) and not (believing_absence and left_no_trace(found)):
            await approved.session.save(approved.session.state.having_handled(approved.work_id))
            return False
        await self._settling.settle(approved, found)
        return True

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
        proposal, conversation, lane = approved.proposal, approved.conversation, approved.session.lane
        await self._means.ledger.note(reference_of(proposal.command), conversation.owner)
        await self._means.audit.note(begun(proposal, conversation, lane, self._means.clock()))
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
        wrote = approved.proposal.status == "writing"
        outcome = await self._look(approved.proposal, HEIRS_LOOKS) if wrote else NotDone(NotWritten())
        if left_no_trace(outcome) and not approved.proposal.is_late(self._means.clock()):
            approved, wrote = await self._begin(approved), False
            outcome = await self._written(approved.proposal)
        await self._settling.settle(approved, outcome, was_found=wrote)

    # Write and look

    async def _written(self, proposal: Proposal) -> Outcome:
        """Write, and look for what came of it if the answer was lost."""
        with self._means.watcher.stage("write"):
            calendar = self._means.calendars.calendar(proposal.calendar)
            outcome = await carry_out(proposal.command, calendar, self._means.locks)
        if not isinstance(outcome, Unknown):
            return outcome
        found = await self._look(proposal, LOOKS)
        return found if is_certain(found) else outcome

    async def _look(self, proposal: Proposal, pauses: tuple[float, ...]) -> Outcome:
        calendar = self._means.calendars.calendar(proposal.calendar)
        found = await look_for(proposal.command, calendar, pauses=pauses, sleep=self._means.sleep)
        if is_certain(found):
            await let_go(proposal.command, self._means.locks)
        return found


def _is_others(approved: Approved) -> bool:
    """Whether it would be written as the owner of a calendar that is not the approver's."""
    calendar = approved.proposal.calendar
    return calendar.person not in ("", approved.conversation.owner) and not calendar.as_visitor

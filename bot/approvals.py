"""Carries out what was approved: taken and saved, then written once, then looked for if the answer was lost.

The one caller of `carry_out`. The proposal's status is saved before each step, so that whoever goes on after
a crash knows how far the other one came (`conversation.proposals` draws the states).
"""

import asyncio
import logging
from dataclasses import dataclass

from bot import outcomes
from bot.conversation.ports import ChannelClosed, DeliveryFailed, MessageGone, ThreadSession
from bot.conversation.proposals import Proposal, Status
from bot.conversation.replies import Card, Phrase, Update
from bot.conversation.state import Conversation, Meet, Move, Outgoing, Paging, ThreadState
from bot.means import Means
from bot.scheduling.carrying import carry_out, find_outcome
from bot.scheduling.commands import Command, CreateBooking
from bot.scheduling.errors import (
    BookingClosed,
    CalendarError,
    CalendarUnavailable,
    OutcomeUnknown,
    SchedulingError,
    SlotTaken,
)
from bot.scheduling.model import Booking
from bot.skills import book, reschedule
from bot.skills.common.desk import Desk

log = logging.getLogger(__name__)

LOOKS = (0.5, 1.0, 2.0, 3.0)  # seconds to wait before each look for a write whose answer was lost
SETTLING = 1.0  # seconds that a write of a process that died may still need to land

Result = Booking | CalendarError | None  # as written, why it was not, or None: that cannot be told yet


@dataclass(frozen=True)
class Approved:
    """What is being carried out, for which delivery (`work_id`)."""

    session: ThreadSession
    conversation: Conversation
    proposal: Proposal
    work_id: str
    desk: Desk


class Approvals:
    """Does what was approved, at most once, and says what came of it."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def carry(self, approved: Approved) -> None:
        """Go on from wherever the proposal stands; saved with `handled` at the end.

        Raises StoreUnavailable and LockLost; the work is then done again and goes on from the saved status.
        """
        before = approved.proposal.status
        if before == "open":
            approved = await self._take(approved)
        written, _ = await asyncio.gather(self._write(approved, before), self._say_working(approved))
        await self._settle(*written)

    async def _take(self, approved: Approved) -> Approved:
        """The first press takes all proposals of the card; from here on nobody else can."""
        taken = approved.proposal.moved("taken")
        conversation = approved.conversation.closing_others(taken).changed(question=None, choices=())
        return await self._saved(approved, conversation, taken)

    async def _write(self, approved: Approved, before: Status) -> tuple[Approved, Result]:
        approved = await self._begin(approved)
        return approved, await self._result(approved.proposal.command, before)

    async def _begin(self, approved: Approved) -> Approved:
        """Leave word of who writes before anything is sent: webhooks come before the write's own answer."""
        if approved.proposal.status != "taken":
            return approved
        command = approved.proposal.command
        reference = command.request_id if isinstance(command, CreateBooking) else command.uid
        await self._means.ledger.note(reference, approved.conversation.owner)
        writing = approved.proposal.moved("writing")
        return await self._saved(approved, approved.conversation.having(writing), writing)

    async def _saved(self, approved: Approved, conversation: Conversation, proposal: Proposal) -> Approved:
        await approved.session.save(approved.session.state.having(conversation))
        return Approved(approved.session, conversation, proposal, approved.work_id, approved.desk)

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

    async def _result(self, command: Command, before: Status) -> Result:
        if before == "unknown":
            return await self._looked(command)
        try:
            return await self._found(command, before) or await carry_out(command, self._means.calendar)
        except OutcomeUnknown:
            return await self._look(command)
        except (SlotTaken, BookingClosed) as error:
            return await self._really(command, error, before)
        except CalendarUnavailable as error:
            return None if before == "writing" else error
        except CalendarError as error:
            return error

    async def _found(self, command: Command, before: Status) -> Booking | None:
        """What a process that died while writing has left behind. Raises CalendarError."""
        if before != "writing":
            return None
        await self._means.sleep(SETTLING)
        return await find_outcome(command, self._means.calendar)

    async def _look(self, command: Command) -> Result:
        """Look a few times for a write whose answer was lost."""
        for pause in LOOKS:
            await self._means.sleep(pause)
            try:
                found = await find_outcome(command, self._means.calendar)
            except BookingClosed as error:
                return error
            except CalendarError:
                continue
            if found:
                return found
        return None

    async def _looked(self, command: Command) -> Result:
        """Asked to look again: what is not there by now was not written."""
        try:
            return await find_outcome(command, self._means.calendar) or NotWritten()
        except BookingClosed as error:
            return error
        except CalendarError:
            return None

    async def _really(
        self, command: Command, error: CalendarError, before: Status
    ) -> Booking | CalendarError:
        """A refusal may mean that an earlier try of ours has succeeded, or another hand did the same."""
        if isinstance(command, CreateBooking) and before != "writing":
            return error
        try:
            return await find_outcome(command, self._means.calendar) or error
        except CalendarError:
            return error

    async def _settle(self, approved: Approved, result: Result) -> None:
        """Save what came of it together with `handled`, and what the card says."""
        if isinstance(result, Booking):
            conversation = approved.conversation.having(approved.proposal.moved("done", result))
            card = await outcomes.done(approved.proposal, result, conversation, approved.desk)
        elif result is None:
            still = approved.proposal
            unsure = still if still.status == "unknown" else still.moved("unknown")
            conversation = approved.conversation.having(unsure)
            card = outcomes.unknown(unsure, approved.desk)
        else:
            log.warning("not written: %s %s", approved.proposal.id, type(result).__name__)
            conversation = approved.conversation.having(approved.proposal.moved("not_done"))
            conversation, card = await self._refused(approved, conversation, result)
        await approved.session.save(self._told(approved, conversation, card))

    async def _refused(
        self, approved: Approved, conversation: Conversation, error: CalendarError
    ) -> tuple[Conversation, Card]:
        """Nothing was written: say why, and offer what can be done about it."""
        if isinstance(error, CalendarUnavailable | NotWritten):
            return self._again(approved, conversation, error)
        reason = outcomes.failed(error, approved.proposal)
        if isinstance(error, SlotTaken):
            try:
                return await self._offered(conversation, approved, reason)
            except SchedulingError:
                log.info("no fresh offer")
        return conversation, approved.desk.card(reason)

    def _again(
        self, approved: Approved, conversation: Conversation, error: CalendarError
    ) -> tuple[Conversation, Card]:
        """The same once more, as a proposal of its own with a request id of its own."""
        old = approved.proposal
        command = old.command.model_copy(update={"request_id": self._means.new_id()})
        fresh = Proposal(id=self._means.new_id(), command=command, slot=old.slot)
        reason = outcomes.not_written() if isinstance(error, NotWritten) else outcomes.failed(error, old)
        asking = conversation.changed(proposals=(fresh,), question="confirm")
        return asking, outcomes.retry_card(reason, fresh, asking, approved.desk)

    async def _offered(
        self, conversation: Conversation, approved: Approved, reason: Phrase
    ) -> tuple[Conversation, Card]:
        """Times that are free now, under the word of what happened to the other one."""
        plan = conversation.plan
        if isinstance(plan, Meet):
            fresh = conversation.changed(plan=plan.model_copy(update={"paging": Paging()}))
            answer = await book.offer(fresh, approved.desk)
        elif isinstance(plan, Move) and plan.booking:
            fresh = conversation.changed(plan=plan.model_copy(update={"paging": Paging()}))
            answer = await reschedule.offer(fresh, plan.booking, approved.desk)
        else:
            return conversation, approved.desk.card(reason)
        lines = (reason, *answer.card.lines)
        return answer.conversation or conversation, answer.card.model_copy(update={"lines": lines})

    def _told(self, approved: Approved, conversation: Conversation, card: Card) -> ThreadState:
        """The thread's state in which this is handled and the card's last word waits to be said."""
        outgoing = Outgoing(
            id=self._means.new_id(), delivery=outcomes.on_card(conversation, card), card_of=conversation.id
        )
        return approved.session.state.having(conversation).having_handled(approved.work_id).saying(outgoing)


class NotWritten(CalendarError):
    """Looked for later and not there: it was not written."""

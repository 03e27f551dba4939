"""What an approved write came to: saved together with "handled", and said on the card."""

import logging
from dataclasses import dataclass, replace

from bot import dialogue, outcomes, undoing
from bot.conversation.auditing import asked, ended
from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, say
from bot.conversation.state import Conversation, Notice, Outgoing, ThreadState
from bot.conversation.turns import meeting_of, team_of
from bot.means import Means
from bot.meetings.settled import event_of, news_of, settled
from bot.rechecking import look_again_later
from bot.scheduling.commands import Command, CreateBooking
from bot.scheduling.errors import (
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotWritten,
    ReconnectNeeded,
    SchedulingError,
    SlotTaken,
)
from bot.scheduling.model import Booking, CalendarRef
from bot.scheduling.outcome import Done, NotDone, Outcome, Unknown
from bot.scheduling.owned import known_as
from bot.skills import connect
from bot.skills.common.desk import Desk
from bot.windows import answering

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Approved:
    """What is being carried out. `work_id`: the delivery that is thereby dealt with.

    `by_itself`: nobody has asked for it just now, so that other talk in the thread stays the latest.
    """

    session: ThreadSession
    conversation: Conversation
    proposal: Proposal
    work_id: str | None
    desk: Desk
    by_itself: bool = False


class Settling:
    """Ends what was approved: the proposal has its outcome, the card its last word."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def settle(self, approved: Approved, outcome: Outcome, *, was_found: bool = False) -> None:
        """Save what came of it together with `handled`, and what is said about it. `was_found`: by an heir.

        Where nobody could tell, it is looked at again later; that is sure before the card says so.
        """
        before, proposal, session = approved.conversation, approved.proposal, approved.session
        if isinstance(outcome, Unknown) and proposal.status != "unknown":
            await look_again_later(session, before, proposal, self._means)
        conversation, card = await self._outcome(approved, outcome)
        if isinstance(outcome, NotDone):  # whatever becomes of the booking now is somebody else's doing
            await self._means.ledger.forget(reference_of(proposal.command))
        on_card = Outgoing(
            id=self._means.new_id(), delivery=outcomes.on_card(conversation, card), card_of=conversation.id
        )
        state = self._spread(approved, outcome)
        state = state.replacing(conversation) if approved.by_itself else state.having(conversation)
        state, outdated = self._outdated(state, conversation, proposal, outcome)
        said = (on_card, *await self._aside(approved, outcome), *outdated)
        await noted(session, before, proposal, outcome, self._means, was_found)
        if any(one.status == "open" for one in conversation.proposals):  # in its place
            at, team = self._means.clock(), team_of(session.lane)
            await self._means.audit.note(asked(conversation, team=team, person=conversation.owner, at=at))
        await session.save(state.having_handled(approved.work_id).saying(*said))

    def _spread(self, approved: Approved, outcome: Outcome) -> ThreadState:
        """The state, with word for the cards of all who take part."""
        state, proposal, lane = approved.session.state, approved.proposal, approved.session.lane
        if not isinstance(outcome, Done):
            return state
        if not isinstance(approved.conversation.plan, Notice):
            return state.sending(event_of(proposal, outcome.booking, lane, approved.desk.now))
        return state.sending(news_of(approved.conversation, proposal, outcome.booking, approved.desk, lane))

    async def _outcome(self, approved: Approved, outcome: Outcome) -> tuple[Conversation, Card]:
        conversation, proposal, desk = approved.conversation, approved.proposal, approved.desk
        if isinstance(conversation.plan, Notice):
            return await self._on_notice(approved, outcome)
        match outcome:
            case Done(booking):
                undo = await undoing.way_back(proposal, booking, conversation, desk)
                booking = await self._known(booking, proposal.calendar)
                conversation = conversation.having(proposal.moved("done", booking))
                conversation = undoing.with_undo(conversation, undo)
                return conversation, await outcomes.done(proposal, booking, conversation, desk)
            case Unknown(error):
                log.warning("outcome unknown: %s %s", proposal.id, error.for_operators)
                unsure = proposal if proposal.status == "unknown" else proposal.moved("unknown")
                return conversation.having(unsure), outcomes.unknown(unsure, desk)
            case NotDone(error):
                log.warning("not written: %s %s", proposal.id, error.for_operators)
                refused = replace(approved, conversation=conversation.having(proposal.moved("not_done")))
                return await self._refused(refused, error)

    async def _on_notice(self, approved: Approved, outcome: Outcome) -> tuple[Conversation, Card]:
        if isinstance(outcome, Done):
            outcome = Done(await self._known(outcome.booking, approved.proposal.calendar))
        else:
            log.warning("on a notice: %s %s", approved.proposal.id, outcome.error.for_operators)
        meeting = meeting_of(approved.session.lane) or ""
        return await settled(approved.conversation, approved.proposal, outcome, approved.desk, meeting)

    async def _known(self, booking: Booking, calendar: CalendarRef) -> Booking:
        """With the owner of somebody's own calendar under the address that Slack has of them."""
        if not calendar.person:
            return booking
        try:
            owner = await self._means.directory.person(calendar.person)
            account = await self._means.calendars.reader(calendar).me()
        except SchedulingError:
            return booking
        return known_as(booking, account.email, owner.email) if owner.email else booking

    async def _refused(self, approved: Approved, error: CalendarError) -> tuple[Conversation, Card]:
        """Nothing was written: say why, and offer what can be done about it."""
        if approved.proposal.undoes:
            return self._not_undone(approved, error)
        if isinstance(error, CalendarUnavailable | NotWritten) or is_owners(error, approved):
            return self._once_more(approved, error)
        if isinstance(error, SlotTaken):
            return await self._other_times(approved, error)
        if again := answering.again(approved.proposal, error, self._means.new_id()):
            return self._answered_again(approved, again)
        ways_out = await outcomes.by_hand(error, approved.proposal, approved.desk)
        reason = outcomes.failed(error, approved.proposal, in_dm=approved.desk.place.in_dm)
        return approved.conversation, approved.desk.card(reason, *ways_out)

    def _not_undone(self, approved: Approved, error: CalendarError) -> tuple[Conversation, Card]:
        """What was to be taken back stands, and is what the thread is about."""
        conversation, old, desk = approved.conversation, approved.proposal, approved.desk
        reason = outcomes.failed(error, old, in_dm=desk.place.in_dm)
        if not isinstance(error, CalendarUnavailable | NotWritten):
            return conversation, outcomes.not_undone(reason, None, conversation, desk)
        again = old.model_copy(update={"id": self._means.new_id(), "status": "open"})
        reason = outcomes.not_written() if isinstance(error, NotWritten) else reason
        conversation = undoing.with_undo(conversation, again)
        return conversation, outcomes.not_undone(reason, again, conversation, desk)

    def _outdated(
        self, state: ThreadState, conversation: Conversation, proposal: Proposal, outcome: Outcome
    ) -> tuple[ThreadState, tuple[Outgoing, ...]]:
        """Older cards about what has just been changed say so, and have nothing to press any more."""
        if not isinstance(outcome, Done):
            return state, ()
        state, cards = undoing.outdating(state, conversation, proposal)
        new_id = self._means.new_id
        return state, tuple(Outgoing(id=new_id(), delivery=one, card_of=of) for of, one in cards)

    def _once_more(self, approved: Approved, error: CalendarError) -> tuple[Conversation, Card]:
        """The same as a fresh proposal. Its request id stays: should the first try land late, it is found."""
        old = approved.proposal
        fresh = Proposal(id=self._means.new_id(), command=old.command, calendar=old.calendar, slot=old.slot)
        in_dm = approved.desk.place.in_dm
        reason = outcomes.failed(error, old, in_dm=in_dm)
        if isinstance(error, NotWritten):
            reason = outcomes.not_written()
        now = self._means.clock()
        alone = {"proposals": (fresh,), "picked_from": ()}
        asking = approved.conversation.changed(**alone, question="confirm", said_at=now)
        return asking, outcomes.retry_card(reason, fresh, asking, approved.desk)

    def _answered_again(self, approved: Approved, fresh: Proposal) -> tuple[Conversation, Card]:
        """The calendar does not take what was said in the form: that is asked once more."""
        alone = {"proposals": (fresh,), "picked_from": (), "said_at": self._means.clock()}
        asking = approved.conversation.changed(**alone, question="confirm")
        reason = say("outcome.answers", what=answering.named(fresh.lacks))
        return asking, outcomes.retry_card(reason, fresh, asking, approved.desk)

    async def _other_times(self, approved: Approved, error: SlotTaken) -> tuple[Conversation, Card]:
        """Times that are free now, under the word of what happened to the other one."""
        reason = outcomes.failed(error, approved.proposal)
        try:
            answer = await dialogue.show_again(approved.conversation, approved.desk)
        except SchedulingError:
            log.info("no fresh offer")
            return approved.conversation, approved.desk.card(reason)
        card = answer.card.model_copy(update={"lines": (reason, *answer.card.lines)})
        return answer.conversation or approved.conversation, card

    async def _aside(self, approved: Approved, outcome: Outcome) -> tuple[Outgoing, ...]:
        """What is wrong with our access concerns its owner, not the channel; they may connect it again."""
        if not isinstance(outcome, NotDone) or not isinstance(outcome.error, NotAllowed):
            return ()
        card = approved.desk.card(outcomes.failed(outcome.error, approved.proposal))
        if is_owners(outcome.error, approved):
            card = (await connect.needed(outcome.error, approved.desk, None)).card
        elif approved.desk.place.in_dm:
            return ()
        return (Outgoing(id=self._means.new_id(), delivery=outcomes.to_owner(card, approved.conversation)),)


def is_owners(error: CalendarError, approved: Approved) -> bool:
    """Whether it is the approver's own calendar, which they have to connect again."""
    own = approved.proposal.calendar.person == approved.conversation.owner
    return own and isinstance(error, ReconnectNeeded)


def reference_of(command: Command) -> str:
    """Under what the write's webhook is known again."""
    if isinstance(command, CreateBooking):
        return command.request_id
    return reference_to(command.kind, command.uid)


def reference_to(kind: str, uid: str) -> str:
    """The same for a change of this kind of this booking: others may make another change of it."""
    return f"{kind}:{uid}"


async def noted(
    session: ThreadSession,
    conversation: Conversation,
    proposal: Proposal,
    outcome: Outcome,
    means: Means,
    was_found: bool = False,
) -> None:
    """Have it in the audit log before it is saved: who dies in between leaves one step that is said again."""
    at = means.clock()
    entry = ended(proposal, conversation, session.lane, at, outcome=outcome, was_found=was_found)
    await means.audit.note(entry)
    means.watcher.wrote(proposal.command.kind, outcome.kind)

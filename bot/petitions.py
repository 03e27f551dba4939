"""Asks a meeting's host to move or cancel it, where somebody who only attends it wants that.

The host gets a proposal of their own, which nobody else can approve; who asked is told what became of it."""

from datetime import datetime

from bot import outbox, outcomes
from bot.admission import desk_of, who_is
from bot.conversation.letters import Decided, Lapse, Letter, Petition, Returned
from bot.conversation.polls import PATIENCE
from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, Post
from bot.conversation.state import CallOff, Conversation, Move, Outgoing, Plan
from bot.conversation.turns import team_of
from bot.letters import lapse_of, returned
from bot.means import Means
from bot.scheduling.commands import CancelBooking, RescheduleBooking
from bot.settling import Approved
from bot.skills.common import petitions as cards
from bot.skills.common.desk import Desk, Place


async def tend(session: ThreadSession, now: datetime) -> None:
    """Tell who asked what the host has decided, as soon as that is so. Raises LockLost, StoreUnavailable.

    It is read from the state alone: whoever died before it leaves it to the next.
    """
    state = session.state
    for conversation in state.conversations:
        decided = decision(conversation)
        if conversation.asked and decided and not conversation.is_decided:
            told = returned(conversation.asked, decided, conversation.owner, now)
            state = state.replacing(conversation.changed(is_decided=True)).sending(told)
    if state is not session.state:
        await session.save(state)


def decision(conversation: Conversation) -> Decided | None:
    """What the host has decided by now; None: nothing yet, or nothing was asked."""
    asked = conversation.asked
    if asked is None:
        return None
    done = next((one for one in conversation.proposals if one.status == "done"), None)
    if done:
        return Decided(petition=asked.id, outcome="done", slot=done.slot)
    if conversation.question or any(one.is_taken for one in conversation.proposals):
        return None
    return Decided(petition=asked.id, outcome="kept")


class Petitions:
    """Both sides of it."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def send(self, approved: Approved) -> None:
        """Ask the host for what was approved by whoever attends. Raises LockLost, StoreUnavailable."""
        session, now = approved.session, self._means.clock()
        petition = _petition(approved, session.lane, now)
        closed = approved.conversation.closing_others(approved.proposal.moved("closed"))
        asking = closed.changed(question=None, choices=(), asks=petition)
        card = cards.sent(petition, approved.proposal.asks or "", approved.desk)
        letter = Letter(
            id=f"petition:{petition.id}",
            team=team_of(session.lane),
            person=approved.proposal.asks or "",
            about=petition,
            at=now,
        )
        said = self._out(asking, card)
        state = session.state.having(asking).having_handled(approved.work_id)
        await session.save(state.saying(said).sending(letter))

    async def deliver(self, letter: Letter, petition: Petition, session: ThreadSession) -> None:
        """Show it to the host, as a talk of theirs. Raises what the ports raise."""
        state = session.state.having_handled(letter.id)
        if state.conversation(petition.id) is None:
            await self._means.later.put(
                lapse_of(petition.id, petition.until, letter, session), petition.until
            )
            host = await who_is(letter.person, self._means.directory)
            desk = await self._means.desk(host, Place(letter.channel or "", "", in_dm=True))
            conversation = _talk(petition, desk)
            post = Post(channel=desk.place.channel, card=cards.asked(conversation, petition, desk))
            state = state.beside(conversation)
            state = state.saying(Outgoing(id=self._means.new_id(), delivery=post, card_of=conversation.id))
        await session.save(state)

    async def lapse(self, work: Lapse, session: ThreadSession) -> None:
        """The host has not decided in time. Raises what the ports raise."""
        state = session.state.having_handled(work.id)
        talk = state.conversation(work.about)
        if talk and talk.asked and talk.is_open and talk.asked.until <= self._means.clock():
            closed = tuple(one.moved("closed") if one.status == "open" else one for one in talk.proposals)
            over = talk.changed(proposals=closed, question=None, choices=(), is_decided=True)
            decided = Decided(petition=work.about, outcome="over")
            told = returned(talk.asked, decided, talk.owner, self._means.clock())
            card = cards.lapsed(talk.asked, await desk_of(talk, self._means))
            state = state.replacing(over).saying(self._out(over, card)).sending(told)
        await session.save(state)

    async def answered(self, work: Returned, decided: Decided, session: ThreadSession) -> None:
        """Say on the card of who asked what became of it. Raises what the ports raise."""
        await outbox.flush(session, self._means.messenger)
        state = session.state.having_handled(work.id)
        asking = next(
            (one for one in state.conversations if one.asks and one.asks.id == decided.petition), None
        )
        if asking and asking.asks and not asking.is_decided:
            desk = await desk_of(asking, self._means)
            card = cards.answered(asking.asks, decided, work.person, desk)
            state = state.replacing(asking.changed(is_decided=True)).saying(self._out(asking, card))
        await session.save(state)

    def _out(self, conversation: Conversation, card: Card) -> Outgoing:
        delivery = outcomes.on_card(conversation, card)
        return Outgoing(id=self._means.new_id(), delivery=delivery, card_of=conversation.id)


def _petition(approved: Approved, lane: str, now: datetime) -> Petition:
    proposal, booking = approved.proposal, approved.conversation.about
    command = proposal.command
    if booking is None or not isinstance(command, RescheduleBooking | CancelBooking):
        raise TypeError("only a booking that there is can be asked to be moved or cancelled")
    return Petition(
        id=proposal.id,
        lane=lane,
        asker=approved.conversation.owner,
        booking=booking,
        command=command,
        calendar=proposal.calendar,
        slot=proposal.slot,
        reason=getattr(approved.conversation.plan, "reason", None),
        until=min(booking.end, proposal.slot.end, now + PATIENCE),
    )


def _talk(petition: Petition, desk: Desk) -> Conversation:
    """A talk of the host's, with one proposal that is theirs. Its id is that of the petition."""
    command = petition.command.model_copy(update={"request_id": desk.new_id()})
    if command.kind == "reschedule":
        command = command.model_copy(update={"by": desk.speaker.email})
    proposal = Proposal(id=desk.new_id(), command=command, calendar=petition.calendar, slot=petition.slot)
    talk = desk.conversation(_plan(petition))
    return talk.changed(id=petition.id, proposals=(proposal,), question="confirm", asked=petition)


def _plan(petition: Petition) -> Plan:
    if petition.command.kind == "cancel":
        return CallOff(booking=petition.booking, reason=petition.reason)
    return Move(booking=petition.booking, reason=petition.reason)

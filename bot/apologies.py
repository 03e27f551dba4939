"""What is said when work had to be given up: a short reference, and the truth about a write under way."""

import logging

from bot import outbox, outcomes
from bot.assistant import owning, who_is
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, Delivery, Post, Whisper, say
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import Approve, Press, SlashCommand, Turn, Work
from bot.means import Means
from bot.scheduling.model import BookingEvent
from bot.skills.common.desk import Desk, Place

log = logging.getLogger(__name__)


class Apologies:
    """Speaks for work that failed to the end."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def make(self, work: Work, reference: str) -> None:
        """Apologise. Raises DeliveryFailed, ChannelClosed, StoreUnavailable."""
        if isinstance(work, Press) and isinstance(work.choice, Approve):
            await self._settle(work)
        apology = Card(lines=(say("trouble.unexpected", reference=reference),))
        delivery = to_whom(work, apology)
        if delivery:
            await self._means.messenger.deliver(delivery)

    async def _settle(self, press: Press) -> None:
        """A write that was begun is left as "unknown" with a button to look again, not as "Booking …"."""
        async with self._means.store.open(press.thread.lane) as session:
            conversation = owning(press, session.state)
            proposal = _begun(press, conversation)
            if conversation is None or proposal is None:
                return
            desk = await self._desk(press)
            state, card = _left(proposal, conversation, session.state, desk)
            told = Outgoing(
                id=self._means.new_id(),
                delivery=outcomes.on_card(conversation, card),
                card_of=conversation.id,
            )
            await session.save(state.having_handled(press.id).saying(told))
            await outbox.flush(session, self._means.messenger)

    async def _desk(self, press: Press) -> Desk:
        speaker = await who_is(press.person, self._means.directory)
        place = Place(press.thread.channel, press.card.thread_ts or press.card.ts, in_dm=False)
        return self._means.desk(speaker, place)


def _begun(press: Press, conversation: Conversation | None) -> Proposal | None:
    if conversation is None or not isinstance(press.choice, Approve):
        return None
    proposal = conversation.proposal(press.choice.proposal_id)
    return proposal if proposal and proposal.is_under_way else None


def _left(
    proposal: Proposal, conversation: Conversation, state: ThreadState, desk: Desk
) -> tuple[ThreadState, Card]:
    """Taken but never sent: not done. Sent, or perhaps sent: unknown."""
    if proposal.status == "taken":
        changed = proposal.moved("not_done")
        return state.having(conversation.having(changed)), desk.card(outcomes.not_written())
    changed = proposal if proposal.status == "unknown" else proposal.moved("unknown")
    return state.having(conversation.having(changed)), outcomes.unknown(changed, desk)


def to_whom(work: Work, card: Card) -> Delivery | None:
    """Where the apology goes: to whoever asked; nobody asked for news of a booking."""
    match work:
        case Turn():
            post = Post(channel=work.thread.channel, thread_ts=work.reply_to, card=card)
            return post if work.addressed else None
        case Press():
            return Whisper(
                channel=work.thread.channel,
                thread_ts=work.card.thread_ts,
                person=work.person,
                card=card,
                response_url=work.response_url,
            )
        case SlashCommand():
            return Whisper(
                channel=work.channel, person=work.speaker, card=card, response_url=work.response_url
            )
        case BookingEvent():
            return None

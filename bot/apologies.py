"""What is said when work had to be given up: a short reference, and the truth about a write under way."""

from bot import outbox, outcomes
from bot.admission import desk_of
from bot.conversation.agendas import AgendaDue
from bot.conversation.letters import Lapse, Letter, Returned
from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import Card, Delivery, Post, Tell, Whisper, say
from bot.conversation.rounds import Round
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import (
    LinkShared,
    MeetingNews,
    Press,
    Recheck,
    SlashCommand,
    Turn,
    Uninstalled,
    Work,
)
from bot.conversation.visits import DataRequest, HomeVisit
from bot.means import Means
from bot.rechecking import look_again_later
from bot.scheduling.errors import NotWritten, OutcomeUnknown
from bot.scheduling.model import BookingEvent
from bot.scheduling.outcome import NotDone, Unknown
from bot.settling import noted


class Apologies:
    """Speaks for work that failed to the end."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def make(self, work: Work, reference: str) -> None:
        """Apologise. Raises DeliveryFailed, ChannelClosed, StoreUnavailable, LockLost."""
        try:
            if isinstance(work, Turn | Press):
                await self._settle(work.thread.lane)
        finally:
            apology = Card(lines=(say("trouble.unexpected", reference=reference),))
            if delivery := to_whom(work, apology):
                await self._means.messenger.deliver(delivery)

    async def _settle(self, lane: str) -> None:
        """A write that was begun is left as "unknown" with a button to look again, not as "Booking …"."""
        async with self._means.store.open(lane) as session:
            while found := session.state.in_hand:
                await session.save(await self._left(*found, session))
            await outbox.flush(session, self._means.messenger)

    async def _left(
        self, conversation: Conversation, proposal: Proposal, session: ThreadSession
    ) -> ThreadState:
        """Taken but never sent: not done. Sent, or perhaps sent: unknown, and looked at again later."""
        if proposal.status == "writing":
            await look_again_later(session, conversation, proposal, self._means)
        desk = await desk_of(conversation, self._means)
        outcome = NotDone(NotWritten()) if proposal.status == "taken" else Unknown(OutcomeUnknown("given_up"))
        await noted(session, conversation, proposal, outcome, self._means)
        left = proposal.moved(outcome.kind)
        card = (
            desk.card(outcomes.not_written()) if left.status == "not_done" else outcomes.unknown(left, desk)
        )
        told = Outgoing(
            id=self._means.new_id(), delivery=outcomes.on_card(conversation, card), card_of=conversation.id
        )
        state = session.state.having(conversation.having(left))
        return state.having_handled(proposal.approved_by).saying(told)


def to_whom(work: Work, card: Card) -> Delivery | None:
    """Where the apology goes: to whoever asked; to nobody, where nobody asked for it just now."""
    match work:
        case Turn():
            post = Post(channel=work.thread.channel, thread_ts=work.reply_to, card=card)
            return post if work.addressed else None
        case Press():
            return Whisper(
                channel=work.card.channel,
                thread_ts=work.card.thread_ts,
                person=work.person,
                card=card,
                response_url=work.response_url,
            )
        case SlashCommand():
            return Whisper(
                channel=work.channel, person=work.speaker, card=card, response_url=work.response_url
            )
        case DataRequest():
            return Tell(person=work.person, card=card)
        case BookingEvent() | MeetingNews() | Round() | Recheck() | Letter() | Returned() | Lapse():
            return None
        case Uninstalled() | HomeVisit() | LinkShared() | AgendaDue():
            return None

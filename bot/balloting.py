"""Whoever is asked: what comes into their direct messages, what they tick there, and when that is over."""

from bot.admission import who_is
from bot.conversation.letters import Ballot, Lapse, Letter, Over
from bot.conversation.polls import Slip
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Card, Delivery, Phrase, Post, Update, say
from bot.conversation.state import Outgoing
from bot.conversation.turns import Press, Tick
from bot.letters import lapse_of, returned
from bot.means import Means
from bot.scheduling.model import Person
from bot.skills.common.ballots import ballot_card, replaced_card


class Balloting:
    """Keeps a slip of each question in the lane of the person's direct messages."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def deliver(self, letter: Letter, ballot: Ballot, session: ThreadSession) -> None:
        """Ask, ask anew, or say that it is over. Raises what the ports raise."""
        state = session.state.having_handled(letter.id)
        known = state.slip(ballot.poll)
        if known and known.ballot.round >= ballot.round:
            await session.save(state)
            return
        slip = known.asked_anew(ballot) if known else Slip(person=letter.person, ballot=ballot)
        if ballot.over is None:
            lapse = lapse_of(ballot.poll, ballot.until, letter, session)
            await self._means.later.put(lapse, ballot.until)
        person = await who_is(letter.person, self._means.directory)
        was_answered = known and known.is_answered and known.differs(ballot)
        if slip.card and (ballot.over or not was_answered):
            said = self._on_card(slip, ballot_card(slip, person))
        else:
            said, slip = self._afresh(slip, letter.channel or "", person)
        await session.save(state.having_slip(slip).saying(*said))

    async def tick(self, press: Press, tick: Tick, session: ThreadSession, person: Person) -> Phrase | None:
        """Turn a time round, and let the organiser's lane know; or say why not. Raises as the ports do."""
        slip = session.state.slip(tick.poll_id)
        if slip is None or slip.person != press.person or not slip.knows(tick.option):
            return say("press.stale")
        if slip.ballot.over:
            return say("ballot.closed")
        doubled = self._retired(slip, person) if slip.card and slip.card.ts != press.card.ts else ()
        slip = slip.tapped(tick.option).model_copy(update={"card": press.card})
        shown = self._said(Update(message=press.card, card=ballot_card(slip, person)), slip)
        state = session.state.having_handled(press.id).having_slip(slip).saying(*doubled, shown)
        await session.save(state.sending(returned(slip.ballot, slip.votes, slip.person, press.at)))
        return None

    async def lapse(self, work: Lapse, session: ThreadSession) -> None:
        """Its last time has come, or nobody decided for days: the card says so. Raises as the ports do."""
        state, slip = session.state.having_handled(work.id), session.state.slip(work.about)
        if slip and slip.ballot.over is None and slip.ballot.until <= self._means.clock():
            ballot = slip.ballot.model_copy(update={"over": Over(why="over")})
            slip = slip.model_copy(update={"ballot": ballot})
            person = await who_is(work.person, self._means.directory)
            state = state.having_slip(slip).saying(*self._on_card(slip, ballot_card(slip, person)))
        await session.save(state)

    async def see(self, letter: Letter, session: ThreadSession) -> None:
        """Their calendar is connected now: it answers whatever is open. Raises as the ports do."""
        state = session.state.having_handled(letter.id)
        person = await who_is(letter.person, self._means.directory)
        for slip in (one.seen() for one in state.slips if one.ballot.over is None):
            told = returned(slip.ballot, slip.votes, slip.person, letter.at)
            shown = self._on_card(slip, ballot_card(slip, person))
            state = state.having_slip(slip).saying(*shown).sending(told)
        await session.save(state)

    def _afresh(self, slip: Slip, channel: str, person: Person) -> tuple[tuple[Outgoing, ...], Slip]:
        """On a card of its own: whoever answered the one before has to see it. What is over asks nobody."""
        retired = self._retired(slip, person)
        slip = slip.model_copy(update={"card": None})
        if slip.ballot.over:
            return retired, slip
        return (*retired, self._said(Post(channel=channel, card=ballot_card(slip, person)), slip)), slip

    def _retired(self, slip: Slip, person: Person) -> tuple[Outgoing, ...]:
        """Its card, if it has one, is continued on another: one that replaces it, or was posted twice."""
        old = self._on_card(slip, replaced_card(person))
        return tuple(one.model_copy(update={"card_of": None}) for one in old)

    def _on_card(self, slip: Slip, card: Card) -> tuple[Outgoing, ...]:
        return (self._said(Update(message=slip.card, card=card), slip),) if slip.card else ()

    def _said(self, delivery: Delivery, slip: Slip) -> Outgoing:
        return Outgoing(id=self._means.new_id(), delivery=delivery, card_of=slip.ballot.poll)

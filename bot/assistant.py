"""Answers what is said and pressed: lock the thread, load, let a skill decide, save, then speak."""

import logging
from datetime import timedelta
from typing import assert_never

from bot import delivering, dialogue, outbox
from bot.approvals import Approvals, Approved
from bot.conversation.answers import Answer
from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import Proposal
from bot.conversation.replies import People, Phrase, say
from bot.conversation.state import Conversation, ThreadState
from bot.conversation.turns import Approve, Change, Choose, Dismiss, Press, ShowMore, Turn
from bot.means import Means
from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import DirectoryUnavailable, SchedulingError, UnknownPerson
from bot.scheduling.model import Booking, Person
from bot.scheduling.ports import Directory
from bot.skills import cancel, reschedule
from bot.skills.common.desk import Desk, Place
from intents.frames import CancelMeeting, More, RescheduleMeeting, Stop, Target

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)  # an approval that reaches us later than this is asked for again


class Assistant:
    """One thread at a time, under its lock; whatever was handled once is not handled again."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._approvals = Approvals(means)

    async def hear(self, turn: Turn) -> None:
        """Answer something said. Raises StoreUnavailable, LockLost, DeliveryFailed: then it is done again."""
        async with self._means.store.open(turn.thread.lane) as session:
            if turn.id not in session.state.handled:
                await self._hear(turn, session)
            await self._speak(session)

    async def press(self, press: Press) -> None:
        """Answer a press. Raises as `hear`."""
        async with self._means.store.open(press.thread.lane) as session:
            if press.id not in session.state.handled:
                await self._press(press, session)
            await self._speak(session)

    async def _speak(self, session: ThreadSession) -> None:
        """Say what waits, then hold the first time of a card just shown; the card need not wait for that."""
        await outbox.flush(session, self._means.messenger)
        latest = next(iter(reversed(session.state.conversations)), None)
        if latest and latest.hold is None and latest.is_open:
            await self._hold(session, latest)

    async def _hold(self, session: ThreadSession, conversation: Conversation) -> None:
        first = next((one for one in conversation.proposals if one.status == "open"), None)
        if first is None or not isinstance(first.command, CreateBooking):
            return
        command = first.command
        hold = await self._means.holds.hold(command.event_type_id, command.start, command.minutes)
        if hold:
            await session.save(session.state.replacing(conversation.changed(hold=hold)))

    async def _let_go(self, conversation: Conversation) -> Conversation:
        """Before times are read again, so that our own hold does not hide one."""
        if conversation.hold is None:
            return conversation
        await self._means.holds.release(conversation.hold.uid)
        return conversation.changed(hold=None)

    # What is said

    async def _hear(self, turn: Turn, session: ThreadSession) -> None:
        speaker = await who_is(turn.speaker, self._means.directory)
        refusal = refused(speaker, turn.speaker_team, turn.thread.team)
        if refusal:
            await session.save(self._refusing(turn, refusal, session.state))
            return
        place = Place(turn.thread.channel, turn.reply_to, turn.in_dm, turn.hears_replies)
        desk = self._means.desk(speaker, place)
        if not turn.addressed and not session.state.awaits(turn.speaker):
            await session.save(session.state.having_handled(turn.id))
            return
        await self._answer(turn, session, desk)

    async def _answer(self, turn: Turn, session: ThreadSession, desk: Desk) -> None:
        before = session.state.latest_of(turn.speaker)
        state = session.state
        if before:
            before = await self._let_go(before)
            state = state.replacing(before)
        step = await dialogue.respond(turn, state, desk)
        if isinstance(step, dialogue.Agreed):
            await self._agreed(step, turn, session, desk)
            return
        if step:
            state = with_answer(state, step)
            state = state.saying(*delivering.answered(turn, step, before, desk, self._means.new_id))
        await session.save(state.having_handled(turn.id))

    async def _agreed(self, step: dialogue.Agreed, turn: Turn, session: ThreadSession, desk: Desk) -> None:
        """A typed yes. Said elsewhere than under the card (in a DM), it is answered where it was said."""
        conversation = step.conversation
        if conversation.reply_to != turn.reply_to:
            retired = delivering.retired(conversation, desk, self._means.new_id)
            await session.save(session.state.saying(*retired))
            conversation = conversation.changed(reply_to=turn.reply_to, card=None)
        await self._approve(conversation, step.proposal, turn.id, session, desk)

    def _refusing(self, turn: Turn, refusal: Phrase, state: ThreadState) -> ThreadState:
        """Guests and strangers get a word when they ask, and silence when they do not."""
        state = state.having_handled(turn.id)
        if not turn.addressed:
            return state
        place = Place(turn.thread.channel, turn.reply_to, turn.in_dm)
        desk = self._means.desk(unknown_person(turn.speaker), place)
        answer = Answer(card=desk.card(refusal), is_private=True)
        return state.saying(*delivering.answered(turn, answer, None, desk, self._means.new_id))

    # What is pressed

    async def _press(self, press: Press, session: ThreadSession) -> None:
        conversation = owning(press, session.state)
        speaker = await who_is(press.person, self._means.directory)
        in_dm = press.thread.thread == "dm"
        reply_to = press.card.thread_ts or press.card.ts
        desk = self._means.desk(speaker, Place(press.thread.channel, reply_to, in_dm))
        refusal = refused(speaker, press.person_team, press.thread.team)
        refusal = refusal or barred(press, conversation, speaker)
        if refusal or conversation is None:
            await self._whisper(press, refusal or say("press.stale"), session, desk)
            return
        await self._do(press, conversation, session, desk)

    async def _do(self, press: Press, conversation: Conversation, session: ThreadSession, desk: Desk) -> None:
        if isinstance(press.choice, Approve):
            await self._approved(press, conversation, session, desk)
            return
        if not (conversation.is_open or isinstance(press.choice, Change)):
            await self._whisper(press, say("press.dismissed"), session, desk)
            return
        before = conversation
        conversation = await self._let_go(conversation)
        state = session.state.replacing(conversation)
        try:
            answer = await self._chosen(press, conversation, desk)
        except SchedulingError as error:
            answer = dialogue.excuse(error, desk)
        if answer.conversation is None:  # nothing came of it: the card stays as it is
            answer = answer.model_copy(update={"is_private": True})
        said = delivering.pressed(press, answer, before, desk, self._means.new_id)
        await session.save(with_answer(state, answer).having_handled(press.id).saying(*said))

    async def _chosen(self, press: Press, conversation: Conversation, desk: Desk) -> Answer:
        match press.choice:
            case Dismiss():
                return await dialogue.go_on(Stop(), conversation, desk)
            case ShowMore():
                return await dialogue.go_on(More(), conversation, desk)
            case Choose(option=option):
                return await dialogue.choose(option, conversation, desk)
            case Change(what=what):
                return await _change(what, made_by(press, conversation), desk)
            case Approve():
                raise TypeError("an approval is not a choice")
            case _:
                assert_never(press.choice)

    async def _approved(
        self, press: Press, conversation: Conversation, session: ThreadSession, desk: Desk
    ) -> None:
        proposal = approved_by(press, conversation)
        obstacle = self._obstacle(press, proposal)
        if proposal is None or obstacle:
            await self._whisper(press, obstacle or say("press.stale"), session, desk)
            return
        await self._approve(conversation, proposal, press.id, session, desk)

    def _obstacle(self, press: Press, proposal: Proposal | None) -> Phrase | None:
        """Why this approval counts for nothing. One that was begun is always gone on with."""
        match proposal.status if proposal else "closed":
            case "done":
                return say("press.already_done")
            case "closed" | "not_done":
                return say("press.dismissed")
            case "open" if self._means.clock() - press.at > PATIENCE:
                return say("press.slow")
            case "open" if proposal and proposal.slot.end <= self._means.clock():
                return say("press.over")
        return None

    async def _approve(
        self,
        conversation: Conversation,
        proposal: Proposal,
        work_id: str,
        session: ThreadSession,
        desk: Desk,
    ) -> None:
        free = conversation.changed(hold=None)
        await self._approvals.carry(Approved(session, free, proposal, work_id, desk))
        await self._let_go(conversation)

    async def _whisper(self, press: Press, phrase: Phrase, session: ThreadSession, desk: Desk) -> None:
        said = delivering.whispered(press, desk.card(phrase), self._means.new_id)
        await session.save(session.state.having_handled(press.id).saying(said))


async def _change(what: str, booking: Booking | None, desk: Desk) -> Answer:
    """Start to move or cancel the booking that came of a card."""
    if booking is None:
        return Answer(card=desk.card(say("press.stale")), is_private=True)
    if what == "cancel":
        return await cancel.start(CancelMeeting(target=Target(which="this")), desk, this=booking)
    return await reschedule.start(RescheduleMeeting(target=Target(which="this")), desk, this=booking)


def with_answer(state: ThreadState, answer: Answer) -> ThreadState:
    """A copy in which the answer's conversation is the latest."""
    return state.having(answer.conversation) if answer.conversation else state


def owning(press: Press, state: ThreadState) -> Conversation | None:
    """The conversation that a press is about."""
    match press.choice:
        case Approve(proposal_id=proposal_id) | Change(proposal_id=proposal_id):
            return state.with_proposal(proposal_id)
        case Dismiss() | ShowMore() | Choose():
            return state.conversation(press.choice.conversation_id)


def approved_by(press: Press, conversation: Conversation) -> Proposal | None:
    """The proposal that an approval names."""
    return conversation.proposal(press.choice.proposal_id) if isinstance(press.choice, Approve) else None


def made_by(press: Press, conversation: Conversation) -> Booking | None:
    """The booking that came of the proposal that a press names."""
    proposal = conversation.proposal(press.choice.proposal_id) if isinstance(press.choice, Change) else None
    return proposal.booking if proposal else None


def barred(press: Press, conversation: Conversation | None, person: Person) -> Phrase | None:
    """Why this person may not press that. A booking may be changed by everybody who takes part in it."""
    if conversation is None or conversation.owner == press.person:
        return None
    booking = made_by(press, conversation)
    if booking and person.email and booking.involves(person.email):
        return None
    return say("press.not_yours", who=People(ids=(conversation.owner,)))


def refused(person: Person, team: str | None, our_team: str) -> Phrase | None:
    """Why somebody is not served at all: they are no member here, or Slack does not say who they are."""
    if person.standing == "stranger" or (team and team != our_team):
        return say("refuse.stranger")
    return {"member": None, "gone": say("refuse.who")}.get(person.standing, say("refuse.guest"))


async def who_is(person_id: str, directory: Directory) -> Person:
    """The person of this id; somebody who is not served when Slack does not say."""
    try:
        return await directory.person(person_id)
    except (UnknownPerson, DirectoryUnavailable):
        return unknown_person(person_id)


def unknown_person(person_id: str) -> Person:
    """Somebody of whom nothing is known but the id."""
    return Person(id=person_id, name="", standing="gone")

"""Answers what is said and pressed: lock the thread, load, let a skill decide, save, then speak."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import assert_never

from bot import adjustments, delivering, dialogue, outbox
from bot.admission import (
    STALE,
    Refusal,
    barred,
    made_by,
    noted_refusal,
    refused,
    seen,
    unapprovable,
    unknown_person,
    who_is,
)
from bot.approvals import Approvals
from bot.attending import Attending, Stopped, Visit, session_of, title_of
from bot.conversation.answers import Answer
from bot.conversation.auditing import asked, deed
from bot.conversation.letters import Lapse, Letter, Returned
from bot.conversation.ports import ThreadSession
from bot.conversation.proposals import PATIENCE, Proposal
from bot.conversation.replies import Phrase, say
from bot.conversation.state import Conversation, Outgoing, ThreadState
from bot.conversation.turns import (
    Approve,
    Change,
    Choose,
    Dismiss,
    MeetingNews,
    Press,
    Recheck,
    ShowMore,
    Snooze,
    Tick,
    Turn,
    lane_of,
    meeting_lane,
)
from bot.conversation.visits import HomeVisit
from bot.holding import hold_first, let_go
from bot.letters import telling
from bot.means import Means
from bot.meetings.telling import Meetings
from bot.postman import Postman
from bot.rechecks import Rechecks
from bot.reminding.reminders import Reminders
from bot.scheduling.errors import SchedulingError
from bot.settling import Approved
from bot.skills.common.desk import Desk, Place
from intents.frames import More, Stop


class Assistant:
    """One thread at a time, under its lock; whatever was handled once is not handled again.

    What a process that died left in hand is settled first; the work that began it then counts as handled.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self._approvals = Approvals(means)
        self._rechecks = Rechecks(means, self._approvals)
        self._postman = Postman(means)
        self._reminders = Reminders(means)
        self._meetings = Meetings(means)
        self._attending = Attending(means.sessions, means.stops, means.aside)

    async def hear(self, turn: Turn) -> None:
        """Answer something said. Raises StoreUnavailable, LockLost, DeliveryFailed: then it is done again.

        So it is with DirectoryUnavailable, where something overheard would else be lost.
        """
        title = title_of(turn, self._means.directory)
        async with self._attending.attended(session_of(turn), turn, title) as visit:
            await self._once(turn.thread.lane, turn.id, partial(self._hear, turn, visit))

    async def press(self, press: Press) -> None:
        """Answer a press. Raises StoreUnavailable, LockLost, DeliveryFailed: then it is done again."""
        async with self._attending.attended(session_of(press), press) as visit:
            await self._once(press.thread.lane, press.id, partial(self._press, press, visit))

    async def recheck(self, work: Recheck) -> None:
        """Look again what a write has come to. Raises as the others do."""
        await self._once(work.lane, work.id, partial(self._rechecks.look, work))

    async def bring(self, letter: Letter) -> None:
        """Take a letter into the direct messages of whom it is for. Raises as the others do."""
        if letter.channel is None:
            await self._postman.forward(letter)
        else:
            await self._once(lane_of(letter), letter.id, partial(self._postman.deliver, letter))

    async def tell(self, news: MeetingNews) -> None:
        """Make the cards of a meeting true. Raises as the others do."""
        is_new = await self._once(lane_of(news), news.id, partial(self._meetings.tell, news))
        if is_new and news.page:
            again = HomeVisit(
                id=f"{news.id}:home", team=news.team, person=news.page, at=news.at, is_again=True
            )
            await self._means.queue.put(again)

    async def take_back(self, work: Returned) -> None:
        """Take what came back of a letter. Raises as the others do."""
        await self._once(work.lane, work.id, partial(self._postman.take_back, work))

    async def lapse(self, work: Lapse) -> None:
        """Close what nobody can answer any more. Raises as the others do."""
        await self._once(work.lane, work.id, partial(self._postman.lapse, work))

    async def _once(self, lane: str, work_id: str, do: Callable[[ThreadSession], Awaitable[None]]) -> bool:
        """Do it unless it was done, and say what waits; the card need not wait for its time to be held.

        Whether it was done now.
        """
        async with self._means.store.open(lane) as session:
            await self._approvals.resume(session)
            is_new = work_id not in session.state.handled
            if is_new:
                await do(session)
            await self._postman.tend(session, self._means.clock())
            await outbox.flush(session, self._means.messenger)
            await self._postman.collect(session)
            with self._means.watcher.stage("hold"):
                await hold_first(session, self._means.calendars)
        return is_new

    # What is said

    async def _hear(self, turn: Turn, visit: Visit, session: ThreadSession) -> None:
        if not turn.addressed and not session.state.awaits(turn.speaker):
            await session.save(session.state.having_handled(turn.id))
            return
        speaker = await who_is(turn.speaker, self._means.directory, is_sure=not turn.addressed)
        speaker = seen(speaker, turn.speaker_team, turn.thread.team)
        rules = await self._means.rules.of(turn.thread.team)
        if refusal := refused(speaker, rules, turn.thread.channel):
            await session.save(await self._refusing(turn, refusal, session.state))
            return
        place = Place(turn.thread.channel, turn.reply_to, turn.in_dm, turn.hears_replies)
        await self._answer(turn, visit, session, await self._means.desk(speaker, place))
        visit.left_as(session.state, turn.speaker)

    async def _answer(self, turn: Turn, visit: Visit, session: ThreadSession, desk: Desk) -> None:
        state, before = session.state, session.state.question_to(turn.speaker)
        if before:
            before = await let_go(before, self._means.calendars)
            state = state.replacing(before)
        try:
            step = await visit.unless_stopped(dialogue.respond(turn, state, desk, self._means.watcher))
        except Stopped:
            step = Answer(card=desk.card(say("session.stopped")), is_private=True)
        if isinstance(step, dialogue.Agreed):
            await self._agreed(step, turn, session, desk)
            return
        if step:
            await self._note(step, turn.speaker, turn.thread.team)
            state = with_answer(state, step, max(desk.now, turn.at))
            state = state.sending(*telling(step, turn.thread.team, desk.now))
            state = state.saying(*delivering.answered(turn, step, before, desk, self._means.new_id))
        await session.save(state.having_handled(turn.id))

    async def _note(self, answer: Answer, person: str, team: str) -> None:
        """Have what was asked, and what was proposed for it, in the audit log before it is shown."""
        if answer.refused:
            await noted_refusal(answer.refused, person, team, self._means)
        elif answer.late:
            told = deed("told", team=team, person=person, at=self._means.clock(), what=answer.late.kind)
            await self._means.audit.note(told)
        elif talk := answer.conversation:
            await self._means.audit.note(asked(talk, team=team, person=person, at=self._means.clock()))

    async def _agreed(self, step: dialogue.Agreed, turn: Turn, session: ThreadSession, desk: Desk) -> None:
        """A typed yes. Said elsewhere than under the card (in a DM), it is answered where it was said."""
        if refusal := unapprovable(step.proposal, desk.speaker):
            await session.save(await self._refusing(turn, refusal, session.state))
            return
        conversation = here = step.conversation
        if conversation.reply_to != turn.reply_to:
            here = conversation.changed(reply_to=turn.reply_to, card=None)
        left = conversation.card if here.card is None else None
        retired = delivering.retired(left, desk, self._means.new_id)
        await self._approve(Approved(session, here, step.proposal, turn.id, desk), retired)

    async def _refusing(self, turn: Turn, refusal: Refusal, state: ThreadState) -> ThreadState:
        """Guests and strangers get a word when they ask, and silence when they do not."""
        state = state.having_handled(turn.id)
        if not turn.addressed:
            return state
        await noted_refusal(refusal.why, turn.speaker, turn.thread.team, self._means)
        place = Place(turn.thread.channel, turn.reply_to, turn.in_dm)
        desk = await self._means.desk(unknown_person(turn.speaker), place)
        answer = Answer(card=desk.card(refusal.words), is_private=True)
        return state.saying(*delivering.answered(turn, answer, None, desk, self._means.new_id))

    # What is pressed

    async def _press(self, press: Press, visit: Visit, session: ThreadSession) -> None:
        conversation = await self._owning(press, session.state)
        speaker = await who_is(press.person, self._means.directory)
        speaker = seen(speaker, press.person_team, press.thread.team)
        in_dm = press.card.channel.startswith("D")
        reply_to = press.card.thread_ts or press.card.ts
        desk = await self._means.desk(speaker, Place(press.card.channel, reply_to, in_dm))
        rules = await self._means.rules.of(press.thread.team)
        refusal = refused(speaker, rules, press.card.channel)
        if isinstance(press.choice, Tick) and refusal is None:
            if why := await self._postman.tick(press, press.choice, session, speaker):
                await self._refuse(press, Refusal(why="stale", words=why), session, desk)
            return
        if isinstance(press.choice, Snooze) and refusal is None:
            if why := await self._reminders.snooze(press, session):
                await self._whisper(press, why, session, desk)
            return
        if refusal or conversation is None or (refusal := barred(press, conversation, speaker)):
            await self._refuse(press, refusal or STALE, session, desk)
            return
        await self._do(press, conversation, visit, session, desk)
        visit.left_as(session.state, press.person)

    async def _owning(self, press: Press, state: ThreadState) -> Conversation | None:
        """The conversation that a press is about: the card of a meeting stands in that meeting's own lane."""
        choice = press.choice
        if not (isinstance(choice, Change) and choice.meeting):
            return owning(press, state)
        lane = meeting_lane(press.thread.team, choice.meeting)
        return (await self._means.store.peek(lane)).notice_to(press.person)

    async def _do(
        self, press: Press, conversation: Conversation, visit: Visit, session: ThreadSession, desk: Desk
    ) -> None:
        if isinstance(press.choice, Approve):
            await self._approved(press, conversation, session, desk)
            return
        if not (conversation.is_open or isinstance(press.choice, Change)):
            await self._whisper(press, say("press.dismissed"), session, desk)
            return
        before = conversation
        conversation = await let_go(conversation, self._means.calendars)
        state = session.state.replacing(conversation)
        try:
            with self._means.watcher.stage("decide"):
                answer = await visit.unless_stopped(self._chosen(press, conversation, desk))
        except Stopped:
            answer = Answer(card=desk.card(say("session.stopped")))
        except SchedulingError as error:
            answer = await dialogue.excused(error, desk)
        if answer.hosts:
            await self._means.calendars.prefer_host(press.person, answer.hosts)
        if answer.conversation is None:  # nothing came of it: the card stays as it is
            answer = answer.model_copy(update={"is_private": True})
        said = delivering.pressed(press, answer, before, desk, self._means.new_id)
        await self._note(answer, press.person, press.thread.team)
        state = with_answer(state, answer, max(desk.now, press.at))
        state = state.sending(*telling(answer, press.thread.team, desk.now))
        await session.save(state.having_handled(press.id).saying(*said))

    async def _chosen(self, press: Press, conversation: Conversation, desk: Desk) -> Answer:
        match press.choice:
            case Dismiss():
                return await dialogue.go_on(Stop(), conversation, desk)
            case ShowMore():
                return await dialogue.go_on(More(), conversation, desk)
            case Choose(option=option):
                return await dialogue.choose(option, conversation, desk)
            case Change(what=what):
                return await adjustments.begin(what, made_by(press, conversation), desk)
            case Approve() | Tick() | Snooze():
                raise TypeError("nothing that a skill decides")
            case _:
                assert_never(press.choice)

    async def _approved(
        self, press: Press, conversation: Conversation, session: ThreadSession, desk: Desk
    ) -> None:
        proposal = approved_by(press, conversation)
        obstacle = self._obstacle(press, proposal, conversation)
        if proposal is None or obstacle:
            await self._whisper(press, obstacle or say("press.stale"), session, desk)
            return
        if refusal := unapprovable(proposal, desk.speaker):
            await self._refuse(press, refusal, session, desk)
            return
        proposal = proposal.filled_in(press.choice.said) if isinstance(press.choice, Approve) else proposal
        approved = Approved(session, conversation, proposal, press.id, desk)
        if proposal.status == "unknown":
            await self._approvals.look_again(approved)
        else:
            await self._approve(approved, delivering.doubled(press, conversation, desk, self._means.new_id))

    def _obstacle(self, press: Press, proposal: Proposal | None, conversation: Conversation) -> Phrase | None:
        """Why this approval counts for nothing."""
        match proposal.status if proposal else "closed":
            case "done":
                return say("press.already_done")
            case "closed" if any(one.is_taken for one in conversation.proposals):
                return say("press.other_taken")
            case "closed" | "not_done":
                return say("press.dismissed")
            case "open" if proposal and isinstance(press.choice, Approve) and _lacks(proposal, press.choice):
                return say("press.asks")
            case "open" if proposal and proposal.has_lapsed(press.at):
                return say("undo.late")
            case "open" if self._means.clock() - press.at > PATIENCE:
                return say("press.slow")
            case "open" if proposal and proposal.is_over(self._means.clock()):
                return say("press.over")
        return None

    async def _approve(self, approved: Approved, retired: tuple[Outgoing, ...]) -> None:
        """Carry it out, say so, and only then let go of the time that was held."""
        session = approved.session
        if retired:
            await session.save(session.state.saying(*retired))
        if approved.proposal.asks:
            await self._postman.petition(approved)
        else:
            await self._approvals.carry(approved)
        await outbox.flush(session, self._means.messenger)
        await let_go(approved.conversation, self._means.calendars)

    async def _refuse(self, press: Press, refusal: Refusal, session: ThreadSession, desk: Desk) -> None:
        await noted_refusal(refusal.why, press.person, press.thread.team, self._means)
        await self._whisper(press, refusal.words, session, desk)

    async def _whisper(self, press: Press, phrase: Phrase, session: ThreadSession, desk: Desk) -> None:
        said = delivering.whispered(press, desk.card(phrase), self._means.new_id)
        await session.save(session.state.having_handled(press.id).saying(said))


def with_answer(state: ThreadState, answer: Answer, said_at: datetime) -> ThreadState:
    """A copy in which the answer's conversation is the latest, its card shown from then on."""
    return state.having(answer.conversation.changed(said_at=said_at)) if answer.conversation else state


def owning(press: Press, state: ThreadState) -> Conversation | None:
    """The conversation that a press is about."""
    match press.choice:
        case Approve(proposal_id=proposal_id) | Change(proposal_id=proposal_id):
            return state.with_proposal(proposal_id) if proposal_id else None
        case Dismiss() | ShowMore() | Choose():
            return state.conversation(press.choice.conversation_id)
        case Tick() | Snooze():
            return None


def _lacks(proposal: Proposal, approve: Approve) -> bool:
    """Whether the calendar asks what nobody has answered."""
    return bool(proposal.filled_in(approve.said).lacks)


def approved_by(press: Press, conversation: Conversation) -> Proposal | None:
    """The proposal that an approval names."""
    return conversation.proposal(press.choice.proposal_id) if isinstance(press.choice, Approve) else None

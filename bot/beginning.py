"""A talk about a meeting that began where there is no thread: it goes on in the person's direct messages."""

from bot import dialogue
from bot.admission import DIRECT, noted_refusal, refused, who_is
from bot.conversation.answers import Answer
from bot.conversation.auditing import asked
from bot.conversation.letters import Begun, Letter
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Post
from bot.conversation.state import Outgoing
from bot.means import Means
from bot.scheduling.errors import SchedulingError
from bot.skills import cancel, reschedule
from bot.skills.common.desk import Desk, Place
from intents.frames import CancelMeeting, RescheduleMeeting, Target


class Beginning:
    """Puts the first card of it into the lane of their direct messages."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def deliver(self, letter: Letter, begun: Begun, session: ThreadSession) -> None:
        """Raises what the ports raise."""
        speaker = await who_is(letter.person, self._means.directory)
        desk = await self._means.desk(speaker, Place(letter.channel or "", "", in_dm=True))
        if refusal := refused(speaker, await self._means.rules.of(letter.team), DIRECT):
            await noted_refusal(refusal.why, letter.person, letter.team, self._means)
            answer = Answer(card=desk.card(refusal.words))
        else:
            answer = await self._answer(begun, desk)
        await self._post(answer, letter, session)

    async def _answer(self, begun: Begun, desk: Desk) -> Answer:
        """Its skill reads the booking again, and whose it is to change."""
        this = Target(which="this")
        try:
            if begun.what == "cancel":
                return await cancel.start(CancelMeeting(target=this), desk, this=begun.booking)
            return await reschedule.start(RescheduleMeeting(target=this), desk, this=begun.booking)
        except SchedulingError as error:
            return await dialogue.excused(error, desk)

    async def _post(self, answer: Answer, letter: Letter, session: ThreadSession) -> None:
        state, talk, now = session.state.having_handled(letter.id), answer.conversation, self._means.clock()
        if talk:
            await self._means.audit.note(asked(talk, team=letter.team, person=letter.person, at=now))
            state = state.having(talk.changed(said_at=now))
        said = Post(channel=letter.channel or "", card=answer.card)
        card_of = talk.id if talk else None
        await session.save(state.saying(Outgoing(id=self._means.new_id(), delivery=said, card_of=card_of)))

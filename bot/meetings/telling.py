"""Makes the cards of a meeting true, under its lock: one for each member of the workspace who takes part.

What is told is what was read, whatever the news were: the same twice, late or in any order changes nothing.
"""

import logging
from datetime import datetime

from bot import outbox
from bot.conversation.auditing import asked
from bot.conversation.ports import ThreadSession
from bot.conversation.replies import Card, Delivery, Post, Tell, Update
from bot.conversation.state import Conversation, Notice, Outgoing, ThreadState
from bot.conversation.turns import MeetingNews
from bot.means import Means
from bot.meetings.cards import card_of, nudge_of
from bot.meetings.notices import (
    has_changed,
    has_turned,
    left,
    notice_in,
    talk_of,
    untold,
    verdict,
)
from bot.meetings.posting import Posting
from bot.meetings.readers import Reader, concerned, readers
from bot.meetings.seeing import Telling, believed, seen
from bot.meetings.silence import quiet_until
from bot.reminding.reminders import Reminders
from bot.scheduling.model import Person

log = logging.getLogger(__name__)


class Meetings:
    """Tells each member of the workspace who takes part what has become of their meeting."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._reminders = Reminders(means)
        self._posting = Posting(means)

    async def tell(self, news: MeetingNews, session: ThreadSession) -> None:
        """Save what everybody is to see. Raises what the ports raise: then it is done again."""
        await outbox.flush(session, self._means.messenger)  # which message is whose card is known then
        state, news = session.state.having_handled(news.id), believed(news, session.state)
        read = await seen(news, _known(state), self._means)
        if read is None:
            await session.save(state)
            return
        people = await concerned(read.booking, self._means.directory)
        telling = Telling(news=news, seen=read, people=people, now=self._means.clock())
        await self._look_at_its_end(telling, _known(state))
        for reader in await readers(people, read.booking, news, self._means):
            state = await self._told(state, reader, telling)
        state = await self._posting.posted(await self._let_go(state, telling), telling)
        said = len(state.outbox)
        log.info("meeting news=%s people=%d said=%d", news.news, len(people), said)
        state = state.model_copy(update={"until": read.booking.end})
        await self._reminders.settle(session, state, news, people)

    async def _told(self, state: ThreadState, reader: Reader, telling: Telling) -> ThreadState:
        """A copy in which this reader's card is to be true, or is sent."""
        before = state.notice_to(reader.person.id)
        talk = talk_of(before, telling.seen, reader, telling.news, telling.now, self._means.new_id)
        await self._note(before, talk, telling)
        is_new = has_changed(before, talk)
        if talk.card and is_new:
            state = state.saying(self._updated(talk, reader.person, telling))
        talk = untold(
            talk, notice_in(talk).untold or (is_new if talk.card is None else has_turned(before, talk))
        )
        match verdict(talk, reader, telling.news):
            case "wait":
                return _with(state, talk)
            case "hush":
                return _with(state, untold(talk, False))
        until = quiet_until(reader.preferences.quiet, telling.now, reader.person.zone)
        if until:
            await self._tell_later(talk, telling, until)
            return _with(state, talk)
        return _with(state, untold(talk, False)).saying(self._said(talk, reader.person, telling))

    async def _note(self, before: Conversation | None, talk: Conversation, telling: Telling) -> None:
        """Have what is proposed to a host in the audit log before it is shown."""
        shown = {one.id for one in before.proposals} if before else set()
        if any(one.status == "open" and one.id not in shown for one in talk.proposals):
            proposed = asked(talk, team=telling.news.team, person=talk.owner, at=telling.now)
            await self._means.audit.note(proposed)

    def _said(self, talk: Conversation, reader: Person, telling: Telling) -> Outgoing:
        """The card; or where it stands already a word under it, for a change of it alone is not noticed."""
        if talk.card is None:
            return self._out(talk, Tell(person=reader.id, card=self._card(talk, reader, telling)))
        card = nudge_of(talk, reader)
        post = Post(channel=talk.card.channel, thread_ts=talk.card.ts, card=card)
        return Outgoing(id=self._means.new_id(), delivery=post)

    async def _let_go(self, state: ThreadState, telling: Telling) -> ThreadState:
        """A copy in which those who take no part any more are told so on their cards."""
        taking_part = {one.id for one in telling.people}
        for talk in state.conversations:
            is_theirs = isinstance(talk.plan, Notice) and talk.owner and talk.owner not in taking_part
            if is_theirs and not notice_in(talk).is_out:
                is_untold = talk.card is not None and telling.news.author != talk.owner
                talk = left(talk, is_untold=is_untold)
                state = _with(state, talk)
                state = state.saying(self._updated(talk, _owner(talk), telling)) if talk.card else state
            if is_theirs and notice_in(talk).untold:
                state = await self._dismissed(state, talk, telling)
        return state

    async def _dismissed(self, state: ThreadState, talk: Conversation, telling: Telling) -> ThreadState:
        """A copy in which they are called for; in their quiet hours that waits."""
        preferences = await self._means.preferences.of(telling.news.team, talk.owner)
        booking, now = telling.seen.booking, telling.now
        if "changed" in preferences.silent or not booking.lasts or booking.end <= now:
            return _with(state, untold(talk, False))
        if until := quiet_until(preferences.quiet, now, talk.zone):
            await self._tell_later(talk, telling, until)
            return state
        return _with(state, untold(talk, False)).saying(self._said(talk, _owner(talk), telling))

    async def _tell_later(self, talk: Conversation, telling: Telling, until: datetime) -> None:
        """Kept back, and told as it is then."""
        news = telling.news
        name = f"quiet:{news.meeting}:{talk.owner}:{until.timestamp():.0f}"
        later = news.model_copy(update={"id": name, "author": None, "at": until})
        await self._means.later.put(later, until)

    async def _look_at_its_end(self, telling: Telling, known: Notice | None) -> None:
        """When it is over nothing can be decided any more, and its cards say so."""
        booking = telling.seen.booking
        is_known = known and known.booking.end == booking.end
        if is_known or not booking.lasts or booking.end <= telling.now:
            return
        name = f"over:{telling.news.meeting}:{booking.end.timestamp():.0f}"
        over = telling.news.model_copy(
            update={"id": name, "news": "upkeep", "uid": booking.uid, "author": None, "at": booking.end}
        )
        await self._means.later.put(over, booking.end)

    def _card(self, talk: Conversation, reader: Person, telling: Telling) -> Card:
        return card_of(talk, reader, telling.people, telling.news.meeting)

    def _updated(self, talk: Conversation, reader: Person, telling: Telling) -> Outgoing:
        if talk.card is None:
            raise TypeError("there is no card")
        return self._out(talk, Update(message=talk.card, card=self._card(talk, reader, telling)))

    def _out(self, talk: Conversation, delivery: Delivery) -> Outgoing:
        return Outgoing(id=self._means.new_id(), delivery=delivery, card_of=talk.id)


def _with(state: ThreadState, talk: Conversation) -> ThreadState:
    return state.replacing(talk) if state.conversation(talk.id) else state.having(talk)


def _owner(talk: Conversation) -> Person:
    """As far as their card needs to know them."""
    return Person(id=talk.owner, name="", zone=talk.zone, locale=talk.language)


def _known(state: ThreadState) -> Notice | None:
    """What anybody was shown of it last; all who take part were shown the same."""
    shown = (one.plan for one in state.conversations if isinstance(one.plan, Notice))
    return next((one for one in shown if not one.is_out), None)

"""Has Slack say a word before each meeting, and sees to it that it is true: moved and taken back with the
meeting, followed by a correction where it was too late.

What is to be scheduled is saved before it is, and the id that Slack gave it afterwards. Who dies in between
leaves a word of which nobody knows whether it was scheduled: whoever comes next asks Slack.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.ports import ChannelClosed, NotScheduled, ThreadSession
from bot.conversation.preferences import Preferences
from bot.conversation.reminders import Reminder
from bot.conversation.replies import Card, Phrase, Post, Update, say
from bot.conversation.state import Conversation, Notice, Outgoing, ThreadState
from bot.conversation.turns import MeetingNews, Press, Scheduled, meeting_of, team_of
from bot.means import Means
from bot.meetings.readers import concerned
from bot.reminding.wanted import (
    SNOOZE,
    SOONEST,
    correction,
    fingerprint,
    is_near,
    is_on,
    is_said,
    snoozed_card,
    wanted_at,
    word,
)
from bot.scheduling.model import Person

log = logging.getLogger(__name__)

A_MOMENT: Final = timedelta(seconds=5)  # after a word was said, when what corrects it may follow


@dataclass
class Round:
    """One time that the words before a meeting are made true. `said`: what is to be said because of it."""

    meeting: str
    people: Sequence[Person]
    preferences: dict[str, Preferences]
    now: datetime
    news: MeetingNews | None = None
    said: list[Outgoing] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)  # of the words to be scheduled, by person


class Reminders:
    """All of it happens under the lock of the meeting's lane. All of it raises what the ports raise."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def settle(
        self, session: ThreadSession, state: ThreadState, news: MeetingNews, people: Sequence[Person]
    ) -> None:
        """Save this state, with words before the meeting that fit its notices."""
        talks = {one.owner: one for one in state.conversations if isinstance(one.plan, Notice) and one.owner}
        preferences = await self._means.preferences.several(news.team, tuple(talks))
        turn = Round(news.meeting, people, dict(preferences), self._means.clock(), news)
        had = {one.person: one for one in state.reminders}
        wanted = [await self._one(talk, had.get(owner), turn) for owner, talk in talks.items()]
        others = (one for one in state.reminders if one.person not in talks)
        kept = (*others, *(one for one in wanted if one))
        await self._save(session, state.saying(*turn.said), kept, turn)

    async def snooze(self, press: Press, session: ThreadSession) -> Phrase | None:
        """Say it again in five minutes, or when the meeting begins. What is said where that is in vain."""
        state, now = session.state, self._means.clock()
        talk = state.notice_to(press.person)
        if talk is None or not isinstance(talk.plan, Notice):
            return say("press.stale")
        start = talk.plan.booking.start
        if not is_on(talk.plan) or start <= now + SOONEST:
            return say("reminder.too_late")
        had = await self._sure(_of(state, press.person), now)
        at = min(now + SNOOZE, start).replace(microsecond=0)
        people = await concerned(talk.plan.booking, self._means.directory)
        turn = Round(_meeting(session), people, {}, now)
        again: Reminder | None
        if had and now < had.at and is_said(had, now):
            again, at = had, had.at  # in its last minute already
        else:
            await self._take_back(had, now)
            again = await self._again(talk, talk.plan, at, turn)
        others = tuple(one for one in state.reminders if one.person != press.person)
        shown = Update(message=press.card, card=snoozed_card(talk, talk.plan, at))
        said = Outgoing(id=self._means.new_id(), delivery=shown)
        after = state.having_handled(press.id).saying(said)
        await self._save(session, after, (*others, *([again] if again else [])), turn)
        return None

    async def _again(self, talk: Conversation, notice: Notice, at: datetime, turn: Round) -> Reminder | None:
        card = word(talk, notice, turn.people, turn.meeting)
        wish = await self._intended(talk, notice, at, card, turn)
        return wish and wish.model_copy(update={"is_snoozed": True})

    async def _one(self, talk: Conversation, had: Reminder | None, turn: Round) -> Reminder | None:
        """What there is to be for one person, after what there was was taken back or corrected."""
        notice = talk.plan
        if not isinstance(notice, Notice):
            raise TypeError("not the card of a meeting")
        had = await self._sure(had, turn.now)
        at = wanted_at(notice, turn.preferences[talk.owner], talk.zone, turn.meeting)
        card = word(talk, notice, turn.people, turn.meeting)
        if had and (_stands(had, notice, turn.now) or _fits(had, notice, at, card)):
            return had
        if had and is_said(had, turn.now):
            if had.at + A_MOMENT > turn.now:
                await self._look_again(had, turn)
                return had
            self._correct(had, talk, notice, turn)
        else:
            await self._take_back(had, turn.now)
        return await self._intended(talk, notice, at, card, turn) if at and is_near(at, turn.now) else None

    async def _intended(
        self, talk: Conversation, notice: Notice, at: datetime, card: Card, turn: Round
    ) -> Reminder | None:
        """To be scheduled; None where nobody can be written to."""
        try:
            channel = talk.channel or await self._means.messenger.open_dm(talk.owner)
        except ChannelClosed:
            return None
        turn.cards[talk.owner] = card
        start = notice.booking.start
        return Reminder(person=talk.owner, channel=channel, at=at, start=start, says=fingerprint(card))

    async def _sure(self, had: Reminder | None, now: datetime) -> Reminder | None:
        """The same, where it was scheduled. What has been said by now, or never will be, counts as said."""
        if had is None or had.scheduled is not None or had.at <= now:
            return had
        found = await self._means.messenger.find_scheduled(had.channel, had.at)
        return had.model_copy(update={"scheduled": found.id}) if found else None

    async def _take_back(self, had: Reminder | None, now: datetime) -> None:
        if had and had.scheduled and had.at > now:
            scheduled = Scheduled(channel=had.channel, id=had.scheduled, at=had.at)
            try:
                await self._means.messenger.unschedule(scheduled)  # in vain: who died has done it before
            except ChannelClosed:
                log.info("nobody there to be reminded")

    async def _look_again(self, had: Reminder, turn: Round) -> None:
        """Once it is said, what corrects it may follow."""
        if turn.news is None:
            return
        at = max(had.at, turn.now) + A_MOMENT
        name = f"said:{turn.meeting}:{had.person}:{had.at.timestamp():.0f}:{had.start.timestamp():.0f}"
        changed = {"id": name, "news": "upkeep", "author": None, "at": at}
        await self._means.later.put(turn.news.model_copy(update=changed), at)

    def _correct(self, had: Reminder, talk: Conversation, notice: Notice, turn: Round) -> None:
        if had.start <= turn.now:
            return  # nobody waits for it any more
        post = Post(channel=had.channel, card=correction(talk, notice))
        turn.said.append(Outgoing(id=self._means.new_id(), delivery=post))

    async def _save(
        self, session: ThreadSession, state: ThreadState, kept: Iterable[Reminder], turn: Round
    ) -> None:
        """First what is about to be scheduled, then that it is; only then the work counts as handled."""
        state = state.model_copy(update={"reminders": tuple(kept)})
        new = [one for one in state.reminders if one.scheduled is None and one.person in turn.cards]
        if new:
            await session.save(state.model_copy(update={"handled": session.state.handled}))
        done = {one.person: await self._scheduled(one, turn.cards[one.person]) for one in new}
        reminders = (done.get(one.person, one) for one in state.reminders)
        await session.save(state.model_copy(update={"reminders": tuple(one for one in reminders if one)}))

    async def _scheduled(self, reminder: Reminder, card: Card) -> Reminder | None:
        try:
            done = await self._means.messenger.schedule(reminder.channel, card, reminder.at)
        except (NotScheduled, ChannelClosed) as error:
            log.warning("not reminded error=%s", type(error).__name__)
            return None
        return reminder.model_copy(update={"scheduled": done.id})


def _stands(had: Reminder, notice: Notice, now: datetime) -> bool:
    """Whether it was said, or will be in a minute, and is true."""
    return is_said(had, now) and is_on(notice) and had.start == notice.booking.start


def _fits(had: Reminder, notice: Notice, at: datetime | None, card: Card) -> bool:
    """Whether it is still to be said, and so."""
    if at is None or had.start != notice.booking.start:
        return False
    return had.is_snoozed or (had.at == at and had.says == fingerprint(card))


def _of(state: ThreadState, person: str) -> Reminder | None:
    return next((one for one in state.reminders if one.person == person), None)


def _meeting(session: ThreadSession) -> str:
    meeting = meeting_of(session.lane)
    if meeting is None:
        raise TypeError(f"no meeting's lane of {team_of(session.lane)}")
    return meeting

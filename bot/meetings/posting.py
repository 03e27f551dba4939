"""Tells a channel of new meetings of a kind, where an admin wants that; what was posted stays true."""

import logging

from bot.conversation.preferences import Preferences
from bot.conversation.replies import Card, Delivery, People, Phrase, Post, Update, say
from bot.conversation.state import Conversation, Notice, Outgoing, ThreadState
from bot.means import Means
from bot.meetings.cards import headline, when
from bot.meetings.notices import has_changed, notice_in, talk_of, untold
from bot.meetings.readers import Reader
from bot.meetings.seeing import Telling
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import SHARED, CalendarRef, EventType, Person

log = logging.getLogger(__name__)


class Posting:
    """One post for each meeting. What it says is for everybody there: no link, no reason, no address."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def posted(self, state: ThreadState, telling: Telling) -> ThreadState:
        """A copy in which the post is to be true, or is sent. Raises StoreUnavailable."""
        before = next((one for one in state.conversations if is_post(one)), None)
        channel = before.channel if before else await self._channel(telling)
        if channel is None:
            return state
        talk = talk_of(before, telling.seen, _reader(telling), telling.news, telling.now, self._means.new_id)
        talk = untold(talk.changed(channel=channel), False)  # a post is said at once, or given up
        if not has_changed(before, talk):
            return state
        card = _card(talk, telling)
        said: Delivery = (
            Update(message=talk.card, card=card) if talk.card else Post(channel=channel, card=card)
        )
        out = Outgoing(id=self._means.new_id(), delivery=said, card_of=talk.id)
        return (state.replacing(talk) if before else state.having(talk)).saying(out)

    async def _channel(self, telling: Telling) -> str | None:
        """Where a new meeting of its kind is to be told. One that waits for its host is none yet."""
        booking, news = telling.seen.booking, telling.news
        is_new = news.news == "created" and booking.status == "accepted" and booking.end > telling.now
        posts = (await self._means.rules.of(news.team)).posts if is_new else {}
        if not posts or booking.event_type_id is None:
            return None
        try:
            kinds = await self._means.calendars.reader(news.calendar).event_types()
        except CalendarError as error:
            log.warning("kind not read: %s", error.for_operators)
            return None
        kind = next((one for one in kinds if one.id == booking.event_type_id), None)
        return posts.get(kind.slug) if kind and _is_everybodys(kind, news.calendar) else None


def is_post(talk: Conversation) -> bool:
    """Whether it is that of a channel."""
    return isinstance(talk.plan, Notice) and talk.plan.role == "channel"


def _is_everybodys(kind: EventType, calendar: CalendarRef) -> bool:
    """Whether admins may have it told: what somebody books in a calendar of their own is theirs, unless the
    kind is their team's. Everybody's own calendar begins with kinds of the same names."""
    return calendar == SHARED or bool(kind.team)


def _reader(telling: Telling) -> Reader:
    """Everybody there, by the clock of one who takes part: Slack shows each of them their own."""
    one = next(iter(telling.people), None)
    who = Person(id="", name="", zone=one.zone if one else "UTC", locale=one.locale if one else "en")
    calendar, nobodys = telling.news.calendar, Preferences(team=telling.news.team, person="")
    return Reader(person=who, role="channel", calendar=calendar, decides=False, preferences=nobodys)


def _card(talk: Conversation, telling: Telling) -> Card:
    notice = notice_in(talk)
    booking = notice.booking
    here = {(one.email or "").lower() for one in telling.people}
    names = tuple(one.name for one in booking.participants if one.email.lower() not in here and one.name)
    who = People(ids=tuple(one.id for one in telling.people), names=names)
    lines = (say(f"notify.{headline(notice)}", title=booking.title), when(notice), *_who(who))
    return Card(lines=lines, zone=talk.zone, language=talk.language)


def _who(who: People) -> tuple[Phrase, ...]:
    return (say("notify.who", who=who),) if who.ids or who.names else ()

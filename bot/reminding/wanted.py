"""Which word somebody is to hear before a meeting, and what it says. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.conversation.preferences import Preferences
from bot.conversation.reminders import Reminder
from bot.conversation.replies import Button, Card, Moment, Phrase, Span, say
from bot.conversation.state import Conversation, Notice, ThreadState
from bot.conversation.turns import Change, Snooze
from bot.meetings.silence import quiet_until
from bot.outcomes import is_link, together, where
from bot.scheduling.model import Booking, Person

AHEAD: Final = timedelta(hours=24)  # scheduled no earlier: until then a meeting may still be changed
SOONEST: Final = timedelta(seconds=10)  # a word for sooner could not be scheduled in time
LAST_MINUTE: Final = timedelta(seconds=60)  # in which Slack takes nothing back
SNOOZE: Final = timedelta(minutes=5)
SPREAD: Final = 20  # seconds


def offset(meeting: str) -> timedelta:
    """The second of the minute that is a meeting's own: what was scheduled for it is found again by that."""
    return timedelta(seconds=int(meeting[:8], 16) % SPREAD)


def wanted_at(notice: Notice, preferences: Preferences, zone: str, meeting: str) -> datetime | None:
    """When whoever reads this notice is to be reminded; None: never."""
    minutes = preferences.reminder
    if minutes is None or "reminder" in preferences.silent or not is_on(notice):
        return None
    at = notice.booking.start - timedelta(minutes=minutes) + offset(meeting)
    return None if quiet_until(preferences.quiet, at, zone) else at


def is_on(notice: Notice) -> bool:
    """Whether its reader is to be there. What nobody has accepted yet is no meeting."""
    return notice.booking.status == "accepted" and not (notice.is_over or notice.is_out)


def is_near(at: datetime, now: datetime) -> bool:
    """Whether it is time to schedule it, and not too late."""
    return now + SOONEST < at <= now + AHEAD


def word(talk: Conversation, notice: Notice, people: Sequence[Person], meeting: str) -> Card:
    """What they are told. `people`: those of the workspace who take part."""
    booking = notice.booking
    return Card(
        lines=(
            say("reminder.headline", at=Moment(at=booking.start, style="time"), title=booking.title),
            say("reminder.when", span=Span(start=booking.start, end=booking.end)),
            *_who(talk, booking, people),
            *where(booking),
        ),
        buttons=(*join(booking), snooze_button(meeting), late_button(meeting), reschedule_button(meeting)),
        zone=talk.zone,
        language=talk.language,
    )


def snoozed_card(talk: Conversation, notice: Notice, at: datetime) -> Card:
    """What stands in the place of a word that is to be said again."""
    booking = notice.booking
    key = "reminder.at_its_start" if at >= booking.start else "reminder.again"
    return Card(
        lines=(
            say("reminder.headline", at=Moment(at=booking.start, style="time"), title=booking.title),
            say(key, at=Moment(at=at, style="time")),
        ),
        buttons=join(booking),
        zone=talk.zone,
        language=talk.language,
    )


def correction(talk: Conversation, notice: Notice) -> Card:
    """What follows a word that is not true any more, and could not be taken back."""
    booking = notice.booking
    span = Span(start=booking.start, end=booking.end)
    key = "moved" if is_on(notice) else "off"
    line = say(f"reminder.{key}", title=booking.title, span=span)
    return Card(lines=(line,), zone=talk.zone, language=talk.language)


def fingerprint(card: Card) -> str:
    """Of what it says: two that differ have others."""
    return sha256(card.model_dump_json().encode()).hexdigest()[:16]


def snooze_button(meeting: str) -> Button:
    """Say it again in five minutes."""
    return Button(label=say("reminder.snooze"), choice=Snooze(meeting=meeting))


def late_button(meeting: str) -> Button:
    """Tell the others that one comes later."""
    return Button(label=say("notify.late"), choice=Change(what="late", meeting=meeting))


def reschedule_button(meeting: str) -> Button:
    """Look for another time."""
    return Button(label=say("notify.reschedule"), choice=Change(what="reschedule", meeting=meeting))


def join(booking: Booking) -> tuple[Button, ...]:
    """The way to the meeting, where it is a link."""
    if not is_link(booking.location):
        return ()
    return (Button(label=say("booked.join"), url=booking.location, style="primary"),)


def is_said(reminder: Reminder, now: datetime) -> bool:
    """Whether it stands there by now, or nothing keeps it from that any more."""
    return reminder.at <= now + LAST_MINUTE


def _who(talk: Conversation, booking: Booking, people: Sequence[Person]) -> tuple[Phrase, ...]:
    reader = next((one for one in people if one.id == talk.owner), None)
    if reader is None:
        return ()
    others = together(booking, tuple(people), reader)
    return (say("notify.who", who=others),) if others.ids or others.names else ()


def is_settled(
    state: ThreadState, preferences: Mapping[str, Preferences], now: datetime, meeting: str
) -> bool:
    """Whether every word that is to be scheduled by now is, and no other; as far as the times tell."""
    had = {one.person: one for one in state.reminders}
    return all(
        _is_settled(had.get(talk.owner), talk.plan, preferences[talk.owner], talk.zone, now, meeting)
        for talk in state.conversations
        if isinstance(talk.plan, Notice) and talk.owner
    )


def _is_settled(
    had: Reminder | None, notice: Notice, preferences: Preferences, zone: str, now: datetime, meeting: str
) -> bool:
    at = wanted_at(notice, preferences, zone, meeting)
    if had and is_said(had, now):
        return had.start == notice.booking.start and is_on(notice)
    if at is None or not is_near(at, now):
        return had is None
    if had is None or had.scheduled is None or had.start != notice.booking.start:
        return False
    return had.is_snoozed or had.at == at

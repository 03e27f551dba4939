"""The booking of a meeting as its calendar has it now, whatever the news of it said."""

import logging
from datetime import datetime

from bot.conversation.state import Notice, ThreadState
from bot.conversation.turns import OURS, MeetingNews
from bot.means import Means
from bot.scheduling.errors import (
    CalendarError,
    CalendarUnavailable,
    NotConnected,
    SchedulingError,
    StrangeAnswer,
)
from bot.scheduling.looking import LONGEST_TRAIL
from bot.scheduling.model import SHARED, Booking, CalendarRef, Person, Slot, Value
from bot.scheduling.owned import owned
from bot.scheduling.ports import CalendarReader

log = logging.getLogger(__name__)


class Seen(Value):
    """`was`: where it stood before its last move."""

    booking: Booking
    was: Slot | None = None


class Telling(Value):
    """One time that people are told of what was read. `people`: the members who take part."""

    news: MeetingNews
    seen: Seen
    people: tuple[Person, ...]
    now: datetime


async def seen(news: MeetingNews, known: Notice | None, means: Means) -> Seen | None:
    """Read it again, and follow its moves. `known`: what anybody was shown of it.

    Where it cannot be read any more, what the news told; None: nothing, or something older than is known.
    Raises CalendarUnavailable when nobody can look just now, and DirectoryUnavailable.
    """
    try:
        return await _read(news, known, await _reader(news.calendar, means))
    except (CalendarError, NotConnected) as error:
        if isinstance(error, CalendarUnavailable) and not isinstance(error, StrangeAnswer):
            raise
        log.info("not seen meeting=%s error=%s", news.meeting, type(error).__name__)
        return _told(news, known)


def believed(news: MeetingNews, state: ThreadState) -> MeetingNews:
    """A copy that tells nothing of the booking where nobody can vouch for it.

    Whoever has a calendar knows the secret of its webhook, and may sign what they like: of a meeting that it
    does not show, too. They are believed about what is decided in that calendar.
    """
    notices = [one.plan for one in state.conversations if isinstance(one.plan, Notice)]
    is_hosts = any(one.decides and one.calendar == news.calendar for one in notices)
    if news.calendar == SHARED or is_hosts or news.id.startswith(OURS):
        return news
    return news.model_copy(update={"told": None, "was": None})


async def _reader(ref: CalendarRef, means: Means) -> CalendarReader:
    """Somebody's own calendar knows them by the address of their account, we by that of their profile."""
    reader = means.calendars.reader(ref)
    if not ref.person:
        return reader
    try:
        return owned(reader, (await means.directory.person(ref.person)).email)
    except SchedulingError:
        return reader


async def _read(news: MeetingNews, known: Notice | None, calendar: CalendarReader) -> Seen:
    booking, before = await calendar.booking(news.uid), None
    for _ in range(LONGEST_TRAIL):
        if booking.moved_to_uid is None:
            break
        booking, before = await calendar.booking(booking.moved_to_uid), booking
    was = before.slot if before else await _was(booking, news, known, calendar)
    return Seen(booking=_with_reason(booking, news, known), was=None if was == booking.slot else was)


def _with_reason(booking: Booking, news: MeetingNews, known: Notice | None) -> Booking:
    """Why a host declined is said once, by the news; the calendar itself does not show it."""
    if booking.status != "rejected" or booking.reason:
        return booking
    sources = (news.told, known.booking if known else None)
    said = (one.reason for one in sources if one and one.uid == booking.uid and not one.lasts and one.reason)
    return booking.model_copy(update={"reason": next(said, None)})


async def _was(
    booking: Booking, news: MeetingNews, known: Notice | None, calendar: CalendarReader
) -> Slot | None:
    """Older servers move in place: what they have moved is known from what was shown, or from the news."""
    if known and known.booking.uid == booking.uid:
        return known.was if known.booking.slot == booking.slot else known.booking.slot
    if booking.moved_from_uid is None:
        return news.was
    try:
        return (await calendar.booking(booking.moved_from_uid)).slot
    except CalendarError:
        return news.was


def _told(news: MeetingNews, known: Notice | None) -> Seen | None:
    """What ends a meeting, or follows on what is known, is newer than that."""
    told = news.told
    if told is None:
        return None
    is_newer = known is None or not told.lasts or told.moved_from_uid == known.booking.uid
    return Seen(booking=told, was=news.was) if is_newer else None

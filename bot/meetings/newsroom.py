"""Booking events become news of meetings: of which meeting, in which calendar, and whose doing it was.

What an event tells of the booking is not believed: whoever makes cards of the news reads it again.
"""

import logging
from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from bot.conversation.turns import MeetingNews
from bot.means import Means
from bot.meetings.authors import Authors
from bot.meetings.chains import Following
from bot.scheduling.errors import CalendarError, CalendarUnavailable
from bot.scheduling.model import SHARED, Booking, BookingEvent, BookingNews, CalendarRef, Slot

NOBODY: Final = ""  # whom no calendar but the workspace's serves

log = logging.getLogger(__name__)


class Found(NamedTuple):
    """The meeting of a booking, and a calendar that shows it."""

    meeting: str
    calendar: CalendarRef


class Newsroom:
    """Gives the news of each booking to the lane of its meeting."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._authors = Authors(means)

    async def take_in(self, event: BookingEvent, read: Booking | None = None) -> None:
        """Pass it on; a second time changes nothing. `read`: its booking, where that has just been read.

        Raises what the ports raise, CalendarUnavailable.
        """
        if event.news == "away":  # nobody's meeting
            return
        found = await self._found(event, read)
        if found is None:
            log.warning("news of a booking that nobody can read event=%s news=%s", event.id, event.news)
            return
        author = await self._authors.of(event, found.calendar)
        await self._means.queue.put(_news(event, event.news, found, author, self._means.team))
        await self._authors.forget(event)

    async def _found(self, event: BookingEvent, read: Booking | None) -> Found | None:
        async for ref in self._calendars(event):
            reader = self._means.calendars.reader(ref)
            follow = Following(self._means.team, self._means.chains, reader)
            try:
                return Found(await follow.meeting(event.about, read), ref)
            except CalendarUnavailable:
                raise
            except CalendarError as error:
                log.info("booking not read event=%s error=%s", event.id, type(error).__name__)
        return None

    async def _calendars(self, event: BookingEvent) -> AsyncIterator[CalendarRef]:
        """Where it may be read. News to a workspace's address may be of its people's own calendars."""
        calendars = self._means.calendars
        if event.calendar != SHARED or await calendars.serving(NOBODY) == SHARED:
            yield event.calendar
        if event.calendar == SHARED and event.booking:
            people = [await self._means.directory.by_email(one.email) for one in event.booking.participants]
            linked = await calendars.linked([one.id for one in people if one])
            for ref in linked.values():
                yield ref


def _news(event: BookingEvent, news: BookingNews, found: Found, author: str | None, team: str) -> MeetingNews:
    return MeetingNews(
        id=event.id,
        team=event.team or team,
        meeting=found.meeting,
        uid=event.about,
        calendar=found.calendar,
        news=news,
        told=event.booking,
        was=_was(event),
        author=author,
        at=event.at,
    )


def _was(event: BookingEvent) -> Slot | None:
    if event.was_start is None or event.booking is None:
        return None
    length = event.booking.end - event.booking.start
    return Slot(start=event.was_start, end=event.was_start + length)

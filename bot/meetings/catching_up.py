"""Tells what webhooks have missed: whatever changed at Cal.com since the last look is looked at again.

What people know already is told to nobody, so that it is told exactly once whichever way it comes.
"""

import logging
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.conversation.rounds import Round
from bot.conversation.state import Notice, ThreadState
from bot.conversation.turns import meeting_lane
from bot.means import Means
from bot.meetings.newsroom import Newsroom
from bot.scheduling.errors import NotSupported
from bot.scheduling.model import Booking, BookingEvent, BookingNews

log = logging.getLogger(__name__)

OVERLAP: Final = timedelta(minutes=10)  # the calendar's clock may be another than ours


class CatchingUp:
    """Looks at what has changed in one calendar after the other."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._newsroom = Newsroom(means)

    async def call(self, work: Round) -> None:
        """Read what changed since the last round, and give it to its meetings. The first only sets a mark.

        Raises CalendarError, DirectoryUnavailable, StoreUnavailable, QueueUnavailable.
        """
        began, marks = self._means.clock(), self._means.marks
        since = await marks.reached(work.team, work.calendar)
        if since is not None:
            try:
                await self._look(work, since - OVERLAP)
            except NotSupported:
                log.info("changes cannot be asked for team=%s", work.team)
        await marks.reach(work.team, work.calendar, began)

    async def _look(self, work: Round, since: datetime) -> None:
        reader, count = self._means.calendars.reader(work.calendar), 0
        own = (await reader.me()).email if work.calendar.person else None
        for one in await reader.changed(since):
            # Whoever leads an organisation is shown its other members' bookings, too.
            is_ours = one.moved_to_uid is None and (own is None or one.involves(own))
            if is_ours and not await self._is_known(work.team, one):
                count += 1
                await self._newsroom.take_in(event_of(one, work), one)
        log.info("caught up team=%s unknown=%d", work.team, count)

    async def _is_known(self, team: str, booking: Booking) -> bool:
        """Whether it is shown to people just so."""
        meeting = await self._means.chains.meeting(team, booking.uid)
        return meeting is not None and is_shown(
            booking, await self._means.store.peek(meeting_lane(team, meeting))
        )


def is_shown(booking: Booking, state: ThreadState) -> bool:
    """Whether the cards of its meeting show all that a card shows of it, and are not still to be sent."""
    shown = [one.plan for one in state.conversations if isinstance(one.plan, Notice)]
    return bool(shown) and all(not one.untold and _visible(one.booking) == _visible(booking) for one in shown)


def event_of(booking: Booking, work: Round) -> BookingEvent:
    """The news that it makes by itself."""
    name = sha256(f"{work.id}:{booking.uid}".encode()).hexdigest()[:32]
    return BookingEvent(
        id=name,
        team=work.team,
        calendar=work.calendar,
        news=_news(booking),
        booking=booking,
        at=work.at,
        was_uid=booking.moved_from_uid,
    )


def _news(booking: Booking) -> BookingNews:
    match booking.status:
        case "cancelled" | "rejected":
            return booking.status
        case "pending":
            return "requested"
        case "accepted":
            return "rescheduled" if booking.moved_from_uid else "created"


def _visible(booking: Booking) -> tuple[object, ...]:
    """Without addresses: somebody's own calendar knows them by another than their colleagues do."""
    who = (len(booking.hosts), len(booking.attendees))
    span = (booking.start, booking.end)
    return booking.uid, booking.status, booking.title, booking.location, booking.reason, *span, *who

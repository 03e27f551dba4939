"""Looks for meetings that begin within a day, and has their lanes know of them: then they are reminded of."""

import logging

from bot.conversation.rounds import Round
from bot.conversation.state import Notice, ThreadState
from bot.conversation.turns import MeetingNews, meeting_lane
from bot.means import Means
from bot.meetings.chains import Following
from bot.reminding.wanted import AHEAD, is_settled
from bot.scheduling.model import Booking, CalendarRef

log = logging.getLogger(__name__)


class Coming:
    """All of it raises what the calendar and the stores raise."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def call(self, work: Round) -> None:
        """Look at one calendar."""
        now = self._means.clock()
        found = await self._means.calendars.reader(work.calendar).bookings(after=now, before=now + AHEAD)
        for booking in found:
            if booking.start > now:
                await self.know(work.team, booking, work.calendar)

    async def know(self, team: str, booking: Booking, ref: CalendarRef) -> str:
        """See to it that its lane knows this booking as it is; the meeting's key."""
        follow = Following(team, self._means.chains, self._means.calendars.reader(ref))
        meeting = await follow.meeting(booking.uid, booking)
        state = await self._means.store.peek(meeting_lane(team, meeting))
        if not await self._is_known(state, team, meeting, booking):
            await self._means.queue.put(self._news(team, meeting, booking, ref))
        return meeting

    async def _is_known(self, state: ThreadState, team: str, meeting: str, booking: Booking) -> bool:
        notices = {one.owner: one.plan for one in state.conversations if isinstance(one.plan, Notice)}
        if not notices or any(_differ(one.booking, booking) for one in notices.values()):
            return False
        preferences = await self._means.preferences.several(team, tuple(notices))
        return is_settled(state, preferences, self._means.clock(), meeting)

    def _news(self, team: str, meeting: str, booking: Booking, ref: CalendarRef) -> MeetingNews:
        now = self._means.clock()
        return MeetingNews(
            id=f"soon:{meeting}:{now.timestamp():.0f}",
            team=team,
            meeting=meeting,
            uid=booking.uid,
            calendar=ref,
            news="upkeep",
            at=now,
        )


def _differ(known: Booking, found: Booking) -> bool:
    fields = ("uid", "title", "start", "end", "status", "location")
    return any(getattr(known, one) != getattr(found, one) for one in fields)

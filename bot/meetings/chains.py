"""Finds the meeting that a booking is of: back along its moves to the uid that it began with."""

from typing import Final

from bot.conversation.chains import Chains
from bot.meetings.naming import key_of
from bot.scheduling.errors import BookingNotFound
from bot.scheduling.model import Booking
from bot.scheduling.ports import CalendarReader

MOST_MOVES: Final = 100


class Following:
    """Follows bookings of one workspace as one calendar shows them."""

    def __init__(self, team: str, chains: Chains, reader: CalendarReader) -> None:
        self._team = team
        self._chains = chains
        self._reader = reader

    async def meeting(self, uid: str, read: Booking | None = None) -> str:
        """Its key (`key_of`). `read`: this very booking, where it has been read.

        Raises BookingNotFound where there is no such booking, CalendarError, StoreUnavailable.
        """
        passed: list[str] = []
        while (found := await self._chains.meeting(self._team, uid)) is None:
            passed.append(uid)
            before = await self._before(uid, read if len(passed) == 1 else None, is_first=len(passed) == 1)
            if before is None or before in passed or len(passed) >= MOST_MOVES:
                found = key_of(uid)
                break
            uid = before
        if passed:
            await self._chains.remember(self._team, passed, found)
        return found

    async def _before(self, uid: str, read: Booking | None, *, is_first: bool) -> str | None:
        """What it was moved from. An old one that is gone was the first, for all that can be known."""
        try:
            return (read or await self._reader.booking(uid)).moved_from_uid
        except BookingNotFound:
            if is_first:
                raise
            return None

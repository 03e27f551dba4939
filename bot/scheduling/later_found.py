"""A calendar whose account is looked up whenever something is asked of it: what was disconnected is gone."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from bot.scheduling.commands import (
    Adjusting,
    CancelBooking,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Account, Booking, EventType, Hold, Slot
from bot.scheduling.ports import Calendar, Holds


class HoldingCalendar(Calendar, Holds, Protocol):
    """A calendar that also holds slots, and can be used as a visitor would."""

    def as_visitor(self) -> "HoldingCalendar":
        """For its public kinds of meetings alone. Raises NotSupported where the server has no visitors."""

    def page(self, username: str, organization: str = "") -> "HoldingCalendar":
        """Somebody else's public page at the same server. Raises NotSupported."""

    async def subscribe(self, url: str, secret: str) -> None:
        """Have its news sent there, signed so; or mend that. Raises NotSupported where that cannot be."""

    async def unsubscribe(self, url: str) -> None:
        """Have nothing sent there any more. Raises NotSupported."""


class LaterFound:
    """`Calendar` and `Holds` of what `find` finds. All but the holds raises its CalendarErrors, too."""

    def __init__(self, find: Callable[[], Awaitable[HoldingCalendar]]) -> None:
        self._find = find

    async def me(self) -> Account:
        """Whose it is."""
        return await (await self._find()).me()

    async def event_types(self) -> tuple[EventType, ...]:
        """Its event types."""
        return await (await self._find()).event_types()

    async def team_event_types(self) -> tuple[EventType, ...]:
        """Those of its teams."""
        return await (await self._find()).team_event_types()

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        """Its bookable times."""
        found = await self._find()
        return await found.open_slots(
            event_type_id, start=start, end=end, minutes=minutes, moving_uid=moving_uid
        )

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Its bookings in a span."""
        found = await self._find()
        return await found.bookings(after=after, before=before, attendee_email=attendee_email)

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Its bookings that changed."""
        return await (await self._find()).changed(since)

    async def booking(self, uid: str) -> Booking:
        """One of its bookings."""
        return await (await self._find()).booking(uid)

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that a command made."""
        return await (await self._find()).find_by_request_id(command)

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book."""
        return await (await self._find()).create_booking(command)

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Move."""
        return await (await self._find()).reschedule_booking(command)

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel."""
        return await (await self._find()).cancel_booking(command)

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """Accept."""
        return await (await self._find()).confirm_booking(command)

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """Refuse."""
        return await (await self._find()).decline_booking(command)

    async def adjust_booking(self, command: Adjusting) -> Booking:
        """Change something of it but its time."""
        return await (await self._find()).adjust_booking(command)

    async def subscribe(self, url: str, secret: str) -> None:
        """Have its news sent there."""
        await (await self._find()).subscribe(url, secret)

    async def unsubscribe(self, url: str) -> None:
        """Have nothing sent there any more."""
        await (await self._find()).unsubscribe(url)

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """Hold a slot, as a courtesy."""
        try:
            return await (await self._find()).hold(event_type_id, start, minutes)
        except CalendarError:
            return None

    async def release(self, uid: str) -> None:
        """Let it go."""
        with suppress(CalendarError):
            await (await self._find()).release(uid)

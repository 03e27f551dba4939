"""An account's calendar as anybody on the web may use it: its public kinds of meetings, booked without a key.

What became of a booking is looked up with the owner's credential, which alone may list them. Their own
powers go into no write: whoever books so cannot overrule notice, limits, or the need to be accepted.
"""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol, TypeVar

from bot.calcom.api import CalcomApi
from bot.calcom.translating import booking_of, cancelling, creating
from bot.calcom.transport.client import CalcomClient
from bot.scheduling.commands import (
    Adjusting,
    CancelBooking,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.errors import NotAllowed, NotSupported, NotThere
from bot.scheduling.model import Account, Booking, EventType, Hold, Slot
from bot.scheduling.ports import CalendarReader, Holds

T = TypeVar("T")


class Visited(CalendarReader, Protocol):
    """The owner's own calendar."""

    async def title_answer(self, command: CreateBooking) -> str | None:
        """What to answer when bookers are asked for a title."""


class VisitorCalendar:
    """`Calendar` and `Holds` for a visitor. `owner`: the calendar itself; `door`: one without a credential,
    and `holds` through it. Where the owner's access does not work (any more), it raises NotThere: that is
    nothing which a visitor could mend.
    """

    def __init__(self, owner: Visited, door: CalcomClient, holds: Holds) -> None:
        self._owner = owner
        self._door = CalcomApi(door)
        self._on_news = door.heard_news
        self._holds = holds

    async def me(self) -> Account:
        """Whose it is."""
        return await _asked(self._owner.me())

    async def event_types(self) -> tuple[EventType, ...]:
        """Those that everybody may see."""
        return tuple(one for one in await _asked(self._owner.event_types()) if not one.hidden)

    async def team_event_types(self) -> tuple[EventType, ...]:
        """None: those of a team are not a person's."""
        return ()

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        """Bookable times; they are the same for everybody. Raises NotThere for what is not public."""
        await self._check(event_type_id)
        return await _asked(self._owner.open_slots(event_type_id, start=start, end=end, minutes=minutes))

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Nothing that a visitor may see."""
        raise _not_for_visitors()

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Nothing that a visitor may see."""
        raise _not_for_visitors()

    async def booking(self, uid: str) -> Booking:
        """One that was booked so. Raises BookingNotFound."""
        return await _asked(self._owner.booking(uid))

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that a command made, found with the owner's credential."""
        return await _asked(self._owner.find_by_request_id(command))

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book, once, as anybody may. Raises NotThere for what is not public (any more)."""
        await self._check(command.event_type_id)
        answer = await _asked(self._owner.title_answer(command))
        try:
            return booking_of((await self._door.bookings.create(creating(command, title_answer=answer)))[0])
        finally:
            self._on_news()

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Not for visitors."""
        raise _not_for_visitors()

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel, once, as whoever was mailed the link to it may: without a key."""
        try:
            return booking_of((await self._door.bookings.cancel(command.uid, cancelling(command)))[0])
        finally:
            self._on_news()

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """Not for visitors."""
        raise _not_for_visitors()

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """Not for visitors."""
        raise _not_for_visitors()

    async def adjust_booking(self, command: Adjusting) -> Booking:
        """Not for visitors."""
        raise _not_for_visitors()

    async def subscribe(self, url: str, secret: str) -> None:
        """Not for visitors."""
        raise _not_for_visitors()

    async def unsubscribe(self, url: str) -> None:
        """Not for visitors."""
        raise _not_for_visitors()

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """Hold a slot; None when it cannot be."""
        return await self._holds.hold(event_type_id, start, minutes)

    async def release(self, uid: str) -> None:
        """Let a held slot go."""
        await self._holds.release(uid)

    def as_visitor(self) -> "VisitorCalendar":
        """The same."""
        return self

    def page(self, username: str, organization: str = "") -> "VisitorCalendar":
        """Somebody else's page is found from one's own calendar. Raises NotSupported."""
        raise _not_for_visitors()

    async def _check(self, event_type_id: int) -> None:
        if not any(one.id == event_type_id for one in await self.event_types()):
            raise NotThere("not_public")


async def _asked(of_owner: Awaitable[T]) -> T:
    try:
        return await of_owner
    except NotAllowed as error:
        raise NotThere("not_open_to_visitors") from error


def _not_for_visitors() -> NotSupported:
    return NotSupported("not_for_visitors")

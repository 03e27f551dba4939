"""A calendar whose owner goes by the address that the workspace has of them, not by that of their account.

Those who work together know one address of each other; which one somebody has at Cal.com is their own affair.
"""

from datetime import datetime

from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import Account, Attendee, Booking, EventType, Slot
from bot.scheduling.ports import CalendarReader


def known_as(booking: Booking, account: str, email: str) -> Booking:
    """The booking with the one of the address `account` under the other one."""
    if account.lower() == email.lower() or not booking.involves(account):
        return booking
    changed = {
        "hosts": tuple(_renamed(one, account, email) for one in booking.hosts),
        "attendees": tuple(_renamed(one, account, email) for one in booking.attendees),
    }
    return booking.model_copy(update=changed)


def _renamed(one: Attendee, account: str, email: str) -> Attendee:
    return one.model_copy(update={"email": email}) if one.email.lower() == account.lower() else one


class OwnedReader:
    """`CalendarReader` of somebody's own calendar. `email`: by which they are known."""

    def __init__(self, reader: CalendarReader, email: str) -> None:
        self._reader = reader
        self._email = email

    async def me(self) -> Account:
        """Whose it is, under the known address."""
        return (await self._reader.me()).model_copy(update={"email": self._email})

    async def event_types(self) -> tuple[EventType, ...]:
        """Its event types."""
        return await self._reader.event_types()

    async def team_event_types(self) -> tuple[EventType, ...]:
        """Those of its teams."""
        return await self._reader.team_event_types()

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
        return await self._reader.open_slots(
            event_type_id, start=start, end=end, minutes=minutes, moving_uid=moving_uid
        )

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Its bookings in a span."""
        account = await self._reader.me()
        is_owner = attendee_email is not None and attendee_email.lower() == self._email.lower()
        found = await self._reader.bookings(
            after=after, before=before, attendee_email=account.email if is_owner else attendee_email
        )
        return tuple(known_as(one, account.email, self._email) for one in found)

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Its bookings that changed."""
        account, found = await self._reader.me(), await self._reader.changed(since)
        return tuple(known_as(one, account.email, self._email) for one in found)

    async def booking(self, uid: str) -> Booking:
        """One of its bookings."""
        account = await self._reader.me()
        return known_as(await self._reader.booking(uid), account.email, self._email)

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that a command made."""
        found = await self._reader.find_by_request_id(command)
        return known_as(found, (await self._reader.me()).email, self._email) if found else None


def owned(reader: CalendarReader, email: str | None) -> CalendarReader:
    """The reader with its owner under this address, where there is one."""
    return OwnedReader(reader, email) if email else reader

"""Somebody's public booking page at a server, read with the credential of whoever wants to book there."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.calcom.api import CalcomApi
from bot.calcom.endpoints.booking_lists import BookingsAsked
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.event_types import event_type_of, title_answer
from bot.calcom.translating import booking_of
from bot.calcom.transport.client import CalcomClient
from bot.scheduling.commands import CreateBooking
from bot.scheduling.errors import CalendarUnavailable, NotSupported, NotThere
from bot.scheduling.model import Account, Booking, EventType, Slot
from bot.scheduling.ports import CalendarReader

LONGEST = timedelta(hours=24)  # of a booking


class Looker(CalendarReader, Protocol):
    """The calendar of whoever wants to book."""


class PublicPage:
    """`visiting.Visited` of a page. `organization`: whose it is part of, by its slug. The owner's address is
    unknown, and so is their time zone."""

    def __init__(self, looker: Looker, client: CalcomClient, username: str, organization: str = "") -> None:
        self._looker = looker
        self._api = CalcomApi(client)
        self._anew = CalcomApi(client.anew())
        self._username = username
        self._organization = organization or None

    async def me(self) -> Account:
        """Whose page it is. Raises NotThere where it shows nothing."""
        users = (user for one in await self._records() for user in one.users)
        mine = next((one for one in users if (one.username or "").lower() == self._username), None)
        if mine is None:
            raise NotThere("no_such_page")
        return Account(id=mine.id or 0, username=self._username, email="", name=mine.name or self._username)

    async def event_types(self) -> tuple[EventType, ...]:
        """What everybody may book there."""
        return tuple(event_type_of(one) for one in await self._records())

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
        """Bookable times."""
        return await self._looker.open_slots(event_type_id, start=start, end=end, minutes=minutes)

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Nobody's to see."""
        raise NotSupported("not_for_visitors")

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Nobody's to see."""
        raise NotSupported("not_for_visitors")

    async def booking(self, uid: str) -> Booking:
        """One that was booked there. Raises BookingNotFound."""
        return await self._looker.booking(uid)

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that a command made, among those that the looker attends.

        Raises CalendarUnavailable where somebody else does: then nobody can see whether it is there.
        """
        account = await self._looker.me()
        if account.email.lower() != command.attendee.email.lower():
            raise CalendarUnavailable("nobody_can_look")
        around = timedelta(minutes=1)
        asked = BookingsAsked(after_start=command.start - around, before_end=command.start + LONGEST)
        async for page in self._anew.bookings.list(asked):
            for one in map(booking_of, page):
                if one.request_id == command.request_id and (one.lasts or one.moved_to_uid):
                    return one
        return None

    async def title_answer(self, command: CreateBooking) -> str | None:
        """What to answer when bookers are asked for a title; None: nothing."""
        kinds = (one for one in await self._records() if one.id == command.event_type_id)
        kind = next(kinds, None)
        return title_answer(kind, command.title) if kind else None

    async def _records(self) -> tuple[EventTypeRecord, ...]:
        found = await self._api.event_types.of_user(self._username, organization=self._organization)
        return tuple(one for one in found if not one.hidden)

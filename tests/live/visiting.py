"""A visit to a server: makes what a test needs, and leaves nothing behind."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.calcom.api import CalcomApi
from bot.calcom.calendar import CalcomCalendar
from bot.calcom.endpoints.booking_answers import BookingRecord
from bot.calcom.endpoints.booking_lists import ALL_BUT_GONE, BookingsAsked
from bot.calcom.endpoints.booking_requests import Cancel
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_type_requests import CreateEventType
from bot.scheduling.carrying import carry_out
from bot.scheduling.commands import CancelBooking, Command, CreateBooking
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Attendee, Booking, Hold, Slot
from bot.scheduling.outcome import Done, Outcome
from bot.scheduling.ports import BookingLocks
from tests.live.servers import Place

AHEAD = timedelta(days=60)  # where nobody else books
STRETCH, STRETCHES = timedelta(days=14), 4
COURTESIES = 60  # seconds
REASON = "A test of Slotwise"


@dataclass
class Visit:
    """One account at one server, for one test. `now` is the calendar as it is, `left` what stays behind."""

    place: Place
    api: CalcomApi
    calendar: CalcomCalendar
    now: CalcomCalendar
    locks: BookingLocks
    mark: str = field(default_factory=lambda: secrets.token_hex(5))
    made: int = 0
    left: list[str] = field(default_factory=list)

    async def kind(self, **fields: Any) -> EventTypeRecord:
        """An event type of 30 minutes that nobody else sees."""
        self.made += 1
        wanted = {
            "title": f"Slotwise test {self.mark}",
            "slug": f"slotwise-test-{self.mark}-{self.made}",
            "length_in_minutes": 30,
            "hidden": True,
            **fields,
        }
        return await self.api.event_types.create(CreateEventType(**wanted))

    async def slots(self, kind: EventTypeRecord, few: int = 3) -> list[Slot]:
        """The first open times months ahead, none overlapping another, whatever the working hours."""
        for number in range(STRETCHES):
            start = self.place.now() + AHEAD + number * STRETCH
            found = await self.calendar.open_slots(kind.id, start=start, end=start + STRETCH)
            if len(found) >= few:
                return list(found[:few])
        pytest.skip(f"there are no {few} open times in the {STRETCH * STRETCHES} after {AHEAD}")

    async def is_open(self, kind: EventTypeRecord, slot: Slot) -> bool:
        """Whether it is offered."""
        found = await self.now.open_slots(kind.id, start=slot.start, end=slot.end)
        return slot.start in [one.start for one in found]

    def wish(self, kind: EventTypeRecord, slot: Slot, number: int = 1) -> CreateBooking:
        """To book it."""
        attendee = Attendee(email=self.place.attendee, name="Slotwise Test", zone="Europe/Berlin")
        return CreateBooking(
            request_id=f"{self.mark}-{number}", event_type_id=kind.id, start=slot.start, attendee=attendee
        )

    async def outcome(self, command: Command) -> Outcome:
        """What came of it."""
        return await carry_out(command, self.calendar, self.locks)

    async def done(self, command: Command) -> Booking:
        """The booking as it is afterwards."""
        outcome = await self.outcome(command)
        assert isinstance(outcome, Done), outcome
        return outcome.booking

    async def booked(self, kind: EventTypeRecord, slot: Slot) -> Booking:
        """A fresh booking."""
        return await self.done(self.wish(kind, slot))

    async def held(self, kind: EventTypeRecord, slot: Slot) -> Hold:
        """Hold it: a courtesy, for which requests may be too short at first."""
        for _ in range(COURTESIES):
            hold = await self.calendar.hold(kind.id, slot.start)
            if hold:
                return hold
            await asyncio.sleep(1.0)
        pytest.fail("no hold was to be had")

    def cancelling(self, booking: Booking) -> CancelBooking:
        """To cancel it."""
        return CancelBooking(request_id=f"{self.mark}-cancel", uid=booking.uid, reason=REASON)

    async def leave(self) -> None:
        """Cancel what is still booked, and delete the event types, whatever else fails.

        They are looked for: one may have been made though the answer was lost.
        """
        ours: list[EventTypeRecord] = []
        with self._noting(f"perhaps event types of {self.mark}"):
            ours += [one for one in await self.api.event_types.own(order="desc") if self.mark in one.slug]
        for kind in ours:
            with self._noting(f"bookings of event type {kind.id}"):
                for booking in await self._lasting(kind):
                    await self.api.bookings.cancel(booking.uid, Cancel(cancellation_reason=REASON))
            with self._noting(f"event type {kind.id}"):
                await self.api.event_types.delete(kind.id)

    async def _lasting(self, kind: EventTypeRecord) -> list[BookingRecord]:
        """What is booked of it. Nobody's other bookings, even if the server had not minded the filter."""
        asked = BookingsAsked(statuses=ALL_BUT_GONE, event_type_id=kind.id)
        found = [one async for page in self.api.bookings.list(asked) for one in page]
        return [one for one in found if one.kind_id == kind.id]

    @contextmanager
    def _noting(self, what: str) -> Iterator[None]:
        try:
            yield
        except CalendarError as error:
            self.left.append(f"left behind: {what}, because of {error.for_operators}")


@asynccontextmanager
async def visited(place: Place) -> AsyncIterator[Visit]:
    """Come, and go."""
    client = place.client
    visit = Visit(
        place, CalcomApi(client), CalcomCalendar(client), CalcomCalendar(client.anew()), place.locks
    )
    try:
        yield visit
    finally:
        await visit.leave()

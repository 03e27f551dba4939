"""What scheduling needs from outside. Reading and writing are two ports, so that a skill cannot write."""

from collections.abc import Mapping, Sequence
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
from bot.scheduling.model import Account, Booking, CalendarRef, EventType, Hold, Hosts, Person, Slot
from bot.scheduling.rations import Allowance, Lease


class CalendarReader(Protocol):
    """Reads one account's calendar. Reads are retried with a bound, then raise CalendarUnavailable."""

    async def me(self) -> Account:
        """Whose key it is."""

    async def event_types(self) -> tuple[EventType, ...]:
        """The account's own event types, hidden ones included."""

    async def team_event_types(self) -> tuple[EventType, ...]:
        """Those of the teams that the account is in; none where the server has no teams."""

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        """Bookable times with `start <= slot.start < end`, in order, aware, in UTC.

        `minutes` only for event types with several lengths. `moving_uid`: that booking does not block itself.
        """

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Accepted and pending bookings that overlap the span, by start. All pages are read."""

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """Every booking made or changed since then, whatever its status. All pages are read.

        Raises NotSupported where that cannot be asked for.
        """

    async def booking(self, uid: str) -> Booking:
        """One booking, whatever its status. Raises BookingNotFound."""

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that was made with this command's request id, if there is one.

        It may have been moved since (`moved_to_uid`); one that was only cancelled or rejected does not count.
        """


class Calendar(CalendarReader, Protocol):
    """Writes too, once each: `carry_out` alone is given one, and makes an outcome of what these return or
    raise. Each returns the booking as it is afterwards; OutcomeUnknown says that the answer was lost."""

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book."""

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Move; the returned booking has a new uid."""

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel; the returned booking's status is `cancelled`."""

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """Accept; the returned booking's status is `accepted`."""

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """Refuse; the returned booking's status is `rejected`."""

    async def adjust_booking(self, command: Adjusting) -> Booking:
        """Change something of it but its time. Raises NotSupported where the server cannot."""


class CalendarReaders(Protocol):
    """The calendars of one workspace, for reading. All of it raises CalendarUnavailable."""

    async def serving(self, person_id: str) -> CalendarRef | None:
        """The calendar that serves this person: their own, or the workspace's. None: they have to connect."""

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        """Those of these people whose own calendar is connected, and which one serves them."""

    async def preferred_host(self, person_id: str) -> Hosts | None:
        """Who hosts where this person and whom they meet both could, as they said last."""

    async def usual_kind(self, channel: str) -> str | None:
        """The slug of the event type that an admin wants there where none was asked for."""

    def reader(self, ref: CalendarRef) -> CalendarReader:
        """Its reader. What it does raises ReconnectNeeded when the calendar is not connected any more."""


class Calendars(CalendarReaders, Protocol):
    """The same, for writing: the assistant alone is given this."""

    def calendar(self, ref: CalendarRef) -> Calendar:
        """The calendar itself; as a visitor it books and does nothing else."""

    def holds(self, ref: CalendarRef) -> "Holds":
        """What holds its slots."""

    def for_a_turn(self) -> CalendarReaders:
        """The same for one turn: who has connected what is asked for once. For reading alone."""

    async def prefer_host(self, person_id: str, hosts: Hosts) -> None:
        """Remember what `preferred_host` says from now on."""


class BookingLocks(Protocol):
    """One change of a booking at a time, over all processes: of two moves at once Cal.com makes two bookings.

    `holder` names who changes it: the request id, so that whoever tries the same write again is let in.
    """

    async def take(self, uid: str, holder: str) -> bool:
        """Have this booking to oneself, for longer than the longest write. Waits a while; False: in vain."""

    async def release(self, uid: str, holder: str) -> None:
        """Let it go, if it is still this holder's. Never fails: it lapses by itself."""


class Holds(Protocol):
    """Keeps a slot out of others' sight while a person decides. A courtesy: failures are only logged."""

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """Hold a slot; None when it could not be held, or when the rate budget is short."""

    async def release(self, uid: str) -> None:
        """Let it go; harmless when it is gone already."""


class Directory(Protocol):
    """Who people are."""

    async def person(self, person_id: str) -> Person:
        """Raises UnknownPerson, or DirectoryUnavailable when nobody can be asked just now."""

    async def person_now(self, person_id: str) -> Person:
        """The same, as they are at this moment and not a few minutes ago; for what only admins may do."""

    async def by_email(self, email: str) -> Person | None:
        """The member of the workspace with this address, whatever its case."""

    async def group(self, group_id: str) -> tuple[str, ...]:
        """The ids of a user group's members. Raises UnknownPerson."""

    async def thread(self, channel: str, ts: str) -> tuple[str, ...]:
        """The ids of the people who have written in a thread, in order; nobody where it cannot be read."""


class Budget(Protocol):
    """What may be sent with each credential, counted for all processes together. A credential is opaque."""

    @property
    def allowance(self) -> Allowance:
        """Of each credential."""

    async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
        """Take up to so many requests, and leave so many. Raises CalendarUnavailable when nobody counts."""

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        """The server says how many it takes for so long; it is believed where it is less. Raises nothing."""

    async def left(self, credential: str) -> int:
        """How many could be sent at once. Raises CalendarUnavailable."""

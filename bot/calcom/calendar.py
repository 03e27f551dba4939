"""One account's calendar at Cal.com, behind scheduling's ports `Calendar` and `Holds`."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.calcom.asking import Decline, Reserve, cancelling, creating, rescheduling
from bot.calcom.client import CalcomClient
from bot.calcom.endpoints.event_type_answers import EventTypeRecord
from bot.calcom.endpoints.event_types import read_event_types
from bot.calcom.event_types import event_type_of, title_answer
from bot.calcom.models import read_nothing, utc, zulu
from bot.calcom.remembering import Remembered
from bot.calcom.wire import (
    read_booking,
    read_bookings,
    read_hold,
    read_me,
    read_slots,
)
from bot.scheduling.commands import (
    CancelBooking,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Account, Booking, EventType, Hold, Slot

PAGE = 250  # the most that one page may hold (tests/samples/calcom: bookings-list-filter-take-too-big)
LONGEST = timedelta(hours=24)  # of a booking; whatever overlaps a span starts at most this long before it
LASTING = ("accepted", "pending")
SPARED = 20  # requests kept back from courtesies
FRESH = 60.0  # seconds

log = logging.getLogger(__name__)


class CalcomCalendar:
    """`Calendar` and `Holds` of the account whose key the client has."""

    def __init__(
        self, client: CalcomClient, *, fresh: float = FRESH, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._me = Remembered(self._ask_me, keep=fresh, seconds=seconds)
        self._types = Remembered(self._ask_types, keep=fresh, seconds=seconds)

    async def me(self) -> Account:
        """Whose key it is; asked at most once a minute."""
        return await self._me.get()

    async def event_types(self) -> tuple[EventType, ...]:
        """The account's own event types, hidden ones included; asked at most once a minute."""
        return tuple(event_type_of(one) for one in await self._types.get())

    async def open_slots(
        self,
        event_type_id: int,
        *,
        start: datetime,
        end: datetime,
        minutes: int | None = None,
        moving_uid: str | None = None,
    ) -> tuple[Slot, ...]:
        """Bookable times with `start <= slot.start < end`, in order, in UTC."""
        if start >= end:
            return ()
        wanted = {"duration": minutes, "bookingUidToReschedule": moving_uid}
        params: dict[str, str | int] = {
            "eventTypeId": event_type_id,
            "start": zulu(start),
            "end": _not_midnight(end),
            "timeZone": "UTC",
            "format": "range",
            **{name: value for name, value in wanted.items() if value is not None},
        }
        found = await self._client.read("/slots", read_slots, params=params)
        return tuple(slot for slot in found if start <= slot.start < end)

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Accepted and pending bookings that overlap the span, by start."""
        # The address is compared here: Cal.com's own filter minds capitals.
        return tuple(
            one
            for one in await self._starting(after - LONGEST, before + LONGEST)
            if one.start < before and one.end > after and _is_attended_by(one, attendee_email)
        )

    async def booking(self, uid: str) -> Booking:
        """One booking, whatever its status. Raises BookingNotFound."""
        return await self._client.read("/bookings/{uid}", read_booking, uid=uid)

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The accepted or pending booking that carries this command's request id, if there is one."""
        around = timedelta(minutes=1)  # whether the filters take in their own ends is not documented
        span = (command.start - around, command.start + LONGEST + around)
        found = await self._starting(*span, command.event_type_id)
        return next((one for one in found if _answers(one, command)), None)

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book, once."""
        body = creating(command, title_answer=await self._title_answer(command))
        return await self._client.write("POST", "/bookings", read_booking, body=body)

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Move, once; the returned booking has a new uid."""
        return await self._client.write(
            "POST",
            "/bookings/{uid}/reschedule",
            read_booking,
            body=rescheduling(command),
            uid=command.uid,
        )

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel, once."""
        return await self._client.write(
            "POST",
            "/bookings/{uid}/cancel",
            read_booking,
            body=cancelling(command),
            uid=command.uid,
        )

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """Accept, once."""
        return await self._client.write("POST", "/bookings/{uid}/confirm", read_booking, uid=command.uid)

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """Refuse, once."""
        body = Decline(reason=command.reason)
        return await self._client.write(
            "POST", "/bookings/{uid}/decline", read_booking, body=body, uid=command.uid
        )

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """Hold a slot for Cal.com's own few minutes; None when it cannot be, or when requests are short."""
        if self._client.budget.is_short(SPARED):
            return None
        body = Reserve(event_type_id=event_type_id, slot_start=zulu(start), slot_duration=minutes)
        try:
            return await self._client.write("POST", "/slots/reservations", read_hold, body=body)
        except CalendarError as error:
            log.info("slot of event type %d not held: %s", event_type_id, error.for_operators)
            return None

    async def release(self, uid: str) -> None:
        """Let a held slot go; it lapses by itself when this fails."""
        try:
            await self._client.write("DELETE", "/slots/reservations/{uid}", read_nothing, uid=uid)
        except CalendarError as error:
            log.info("hold not released: %s", error.for_operators)

    def forget(self) -> None:
        """Remember nothing of the account, its event types and what is left of its requests."""
        self._me.forget()
        self._types.forget()
        self._client.budget.forget()

    async def _starting(
        self, start: datetime, end: datetime, event_type_id: int | None = None
    ) -> tuple[Booking, ...]:
        """All lasting bookings that start and end within the span, by start; page by page."""
        of_type = {"eventTypeId": event_type_id} if event_type_id is not None else {}
        params: dict[str, str | int] = {
            "status": "upcoming,unconfirmed,past",  # all but the cancelled and rejected
            "afterStart": zulu(start),
            "beforeEnd": zulu(end),
            "sortStart": "asc",
            "take": PAGE,
            **of_type,
        }
        found: dict[str, Booking] = {}
        more, skip = True, 0
        while more:
            page, more = await self._client.read("/bookings", read_bookings, params={**params, "skip": skip})
            found.update((one.uid, one) for one in page if one.status in LASTING)
            more, skip = more and bool(page), skip + PAGE
        return tuple(sorted(found.values(), key=lambda one: (one.start, one.uid)))

    async def _title_answer(self, command: CreateBooking) -> str | None:
        types = [one for one in await self._types.get() if one.id == command.event_type_id]
        return title_answer(types[0], command.title) if types else None

    async def _ask_me(self) -> Account:
        return await self._client.read("/me", read_me)

    async def _ask_types(self) -> tuple[EventTypeRecord, ...]:
        return await self._client.read("/event-types", read_event_types)


def _not_midnight(end: datetime) -> str:
    """The end of a search. Cal.com takes one at exactly 00:00:00 for the end of the day that begins then."""
    at = utc(end)
    return zulu(at - timedelta(seconds=1) if (at.hour, at.minute, at.second) == (0, 0, 0) else at)


def _is_attended_by(booking: Booking, email: str | None) -> bool:
    return email is None or any(one.email.lower() == email.lower() for one in booking.attendees)


def _answers(booking: Booking, command: CreateBooking) -> bool:
    return booking.request_id == command.request_id and booking.start == command.start

"""An account's calendar at an older server, behind scheduling's ports `Calendar` and `Holds`. Experimental.

The uid that the bot keeps is Cal.com's, as with API v2: webhooks name it, and it cannot be guessed. API v1
asks for the booking's number instead; it is remembered from what was read, or looked up in the list.
"""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

import httpx

from bot.calcom.models import read_nothing, zulu
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.reads import Question, Reads
from bot.calcom.transport.sending import OnCall
from bot.calcom.transport.turnstile import Turnstile
from bot.calcom.v1.answers import (
    V1Booking,
    V1EventType,
    read_booking,
    read_bookings,
    read_event_types,
    read_slots,
    read_user,
)
from bot.calcom.v1.client import Call, V1Client
from bot.calcom.v1.requests import creating, moving
from bot.scheduling.asking import who_asks
from bot.scheduling.commands import (
    Adjusting,
    CancelBooking,
    ConfirmBooking,
    CreateBooking,
    DeclineBooking,
    RescheduleBooking,
)
from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarError,
    NotAllowed,
    NotBookable,
    NotSupported,
    NotThere,
    SlotTaken,
)
from bot.scheduling.model import Account, Booking, EventType, Hold, Slot

LONGEST = timedelta(hours=24)  # of a booking; whatever overlaps a span starts at most this long before it
LASTING = ("ACCEPTED", "PENDING")
WHO = Question("", "/me", "/me", (), None)
TYPES = Question("", "/event-types", "/event-types", (), None)
MOST_NUMBERS = 5000

log = logging.getLogger(__name__)


class V1Calendar:
    """`Calendar` and `Holds` of the account whose key the client has."""

    def __init__(self, client: V1Client, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._reads = Reads(seconds)
        self._numbers: dict[str, int] = {}  # uid -> the booking's number

    async def me(self) -> Account:
        """Whose key it is."""
        return await self._reads.get(WHO, self._ask_me, urgency=who_asks().urgency)

    def as_visitor(self) -> "V1Calendar":
        """Nobody is answered without a key. Raises NotSupported."""
        raise NotSupported("no_visitors")

    def page(self, username: str, organization: str = "") -> "V1Calendar":
        """Nobody is answered without a key. Raises NotSupported."""
        raise NotSupported("no_visitors")

    async def event_types(self) -> tuple[EventType, ...]:
        """The account's own event types, hidden ones included."""
        return tuple(one.event_type() for one in await self._types())

    async def team_event_types(self) -> tuple[EventType, ...]:
        """Not known of."""
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
        """Bookable times with `start <= slot.start < end`, in order, in UTC. Raises NotThere."""
        if start >= end:
            return ()
        length = timedelta(minutes=minutes or (await self._type(event_type_id)).length)
        wanted = {"duration": str(minutes) if minutes else None, "rescheduleUid": moving_uid}
        params = {
            "eventTypeId": str(event_type_id),
            "startTime": zulu(start),
            "endTime": zulu(end + length),  # a slot has to fit in
            "timeZone": "UTC",
            **{name: value for name, value in wanted.items() if value is not None},
        }
        found = await self._client.ask(
            Call("GET", "/slots", params=params), partial(read_slots, length=length)
        )
        return tuple(slot for slot in found if start <= slot.start < end)

    async def bookings(
        self, *, after: datetime, before: datetime, attendee_email: str | None = None
    ) -> tuple[Booking, ...]:
        """Accepted and pending bookings that overlap the span, by start."""
        found = [one for one in await self._listed(after, before) if one.start < before and one.end > after]
        return tuple(one for one in found if attendee_email is None or one.is_attended_by(attendee_email))

    async def changed(self, since: datetime) -> tuple[Booking, ...]:
        """API v1 does not know when they changed. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    async def booking(self, uid: str) -> Booking:
        """One booking, whatever its status. Raises BookingNotFound."""
        found = await self._record(uid)
        booking = found.booking(await self.me())
        if found.status != "CANCELLED":
            return booking
        return _followed(booking, await self._all())

    async def find_by_request_id(self, command: CreateBooking) -> Booking | None:
        """The booking that carries this command's request id, if there is one; moved ones count."""
        everything = await self._all()  # a move leaves it in place: it may stand at any time by now
        account = await self.me()
        for one in everything:
            if one.request_id == command.request_id and one.involves(account):
                found = _followed(one.booking(account), everything)
                if found.lasts or found.moved_to_uid:
                    return found
        return None

    async def create_booking(self, command: CreateBooking) -> Booking:
        """Book, once."""
        body = creating(command, await self._type(command.event_type_id))
        account = await self.me()
        booked = await self._client.ask(Call("POST", "/bookings", body=body), read_booking)
        return self._known(booked).booking(account)

    async def reschedule_booking(self, command: RescheduleBooking) -> Booking:
        """Move; the booking keeps its uid.

        API v1 only writes the new times down: it does not look whether they are free, so that is done here
        first, and it tells nobody.
        """
        before = await self._open_record(command.uid)
        await self._look_whether_free(command, before)
        account = await self.me()
        after = await self._moved(before, command.start)
        log.warning("API v1 has moved a booking: Cal.com tells nobody, and changes no other calendar")
        times = {"start_time": after.start_time, "end_time": after.end_time, "status": after.status}
        return before.model_copy(update=times).booking(account)

    async def cancel_booking(self, command: CancelBooking) -> Booking:
        """Cancel, once. Raises BookingClosed when it is cancelled already."""
        before = await self._open_record(command.uid)
        booking = before.booking(await self.me())
        reason = {"cancellationReason": command.reason}
        await self._client.ask(Call("DELETE", "/bookings/{id}", before.id, reason), read_nothing)
        return booking.model_copy(update={"status": "cancelled", "reason": command.reason})

    async def confirm_booking(self, command: ConfirmBooking) -> Booking:
        """API v1 would only write the status down, with no invitation. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    async def decline_booking(self, command: DeclineBooking) -> Booking:
        """The same. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    async def adjust_booking(self, command: Adjusting) -> Booking:
        """The same. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    async def hold(self, event_type_id: int, start: datetime, minutes: int | None = None) -> Hold | None:
        """API v1 holds nothing."""
        return None

    async def release(self, uid: str) -> None:
        """API v1 holds nothing."""

    async def subscribe(self, url: str, secret: str) -> None:
        """By hand alone. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    async def unsubscribe(self, url: str) -> None:
        """By hand alone. Raises NotSupported."""
        raise NotSupported("not_in_v1")

    def forget(self) -> None:
        """Remember nothing of the account and its event types."""
        self._reads.forget()

    async def _moved(self, before: V1Booking, start: datetime) -> V1Booking:
        """PATCH the times. Servers differ in the names they take; one that is refused has changed nothing."""
        refusal: CalendarError = NotSupported("move_ignored")
        for body in moving(start, before.length):
            try:
                call = Call("PATCH", "/bookings/{id}", before.id, body=body)
                after = await self._client.ask(call, read_booking)
            except NotBookable as error:
                refusal = error
                continue
            if after.start_time == start:
                return after
        raise refusal

    async def _look_whether_free(self, command: RescheduleBooking, before: V1Booking) -> None:
        """Raise SlotTaken unless Cal.com offers this very time."""
        if before.event_type_id is None:
            raise NotBookable("no_event_type")
        kind = (await self._type(before.event_type_id)).event_type()
        minutes = int(before.length / timedelta(minutes=1))
        free = await self.open_slots(
            kind.id,
            start=command.start,
            end=command.start + timedelta(minutes=1),
            minutes=minutes if len(kind.lengths) > 1 else None,
            moving_uid=command.uid,
        )
        if command.start not in [slot.start for slot in free]:
            raise SlotTaken("slot_taken")

    async def _open_record(self, uid: str) -> V1Booking:
        found = await self._record(uid)
        if found.status not in LASTING:
            raise BookingClosed("already_cancelled", await self._moved_to(uid))
        return found

    async def _record(self, uid: str) -> V1Booking:
        """The booking as it is now. API v1 says 403 of what is not there, or not ours to see."""
        number = await self._number(uid)
        try:
            return self._known(await self._client.ask(Call("GET", "/bookings/{id}", number), read_booking))
        except (NotAllowed, NotThere) as error:
            if str(error) not in ("not_allowed_403", "missing"):
                raise
            raise BookingNotFound("booking_missing") from error

    async def _number(self, uid: str) -> int:
        if uid in self._numbers:
            return self._numbers[uid]
        number = next((one.id for one in await self._all() if one.uid == uid), None)
        if number is None:
            raise BookingNotFound("booking_missing")
        return number

    async def _moved_to(self, uid: str) -> str | None:
        return _successor(uid, await self._all())

    async def _listed(self, start: datetime, end: datetime) -> tuple[Booking, ...]:
        """Our accepted and pending bookings around a span, by start. Older servers ignore the dates."""
        account = await self.me()
        span = {"dateFrom": zulu(start - LONGEST), "dateTo": zulu(end + LONGEST)}
        lasting = [one for one in await self._all(span) if one.status in LASTING]
        found = [one.booking(account) for one in lasting if one.involves(account)]
        return tuple(sorted(found, key=lambda one: (one.start, one.uid)))

    async def _all(self, span: dict[str, str] | None = None) -> tuple[V1Booking, ...]:
        found = await self._client.ask(Call("GET", "/bookings", params=span), read_bookings)
        return tuple(self._known(one) for one in found)

    def _known(self, found: V1Booking) -> V1Booking:
        if len(self._numbers) >= MOST_NUMBERS:
            self._numbers.clear()
        self._numbers[found.uid] = found.id
        return found

    async def _type(self, event_type_id: int) -> V1EventType:
        types = [one for one in await self._types() if one.id == event_type_id]
        if not types:
            raise NotThere("event_type_missing")
        return types[0]

    async def _types(self) -> tuple[V1EventType, ...]:
        return await self._reads.get(TYPES, self._ask_types, urgency=who_asks().urgency)

    async def _ask_me(self) -> Account:
        return (await self._client.ask(Call("GET", "/me"), read_user)).account()

    async def _ask_types(self) -> tuple[V1EventType, ...]:
        return await self._client.ask(Call("GET", "/event-types"), read_event_types)


def open_v1_calendar(
    http: httpx.AsyncClient,
    base_url: str,
    key: str,
    *,
    pace: Pace | None = None,
    on_call: OnCall | None = None,
    breaker: Breaker | None = None,
    turnstile: Turnstile | None = None,
) -> V1Calendar:
    """The calendar at `…/api/v1` or `…/v1` of an older server. Raises NotSupported for the hosted API v1."""
    client = V1Client(http, base_url, key, pace=pace, on_call=on_call, breaker=breaker, turnstile=turnstile)
    calendar = V1Calendar(client)
    log.warning("API v1 is experimental: moving a booking changes it at Cal.com alone, and nobody is told")
    return calendar


def _followed(booking: Booking, everything: Iterable[V1Booking]) -> Booking:
    """The same, and where it went."""
    return booking.model_copy(update={"moved_to_uid": _successor(booking.uid, everything)})


def _successor(uid: str, everything: Iterable[V1Booking]) -> str | None:
    """What a booking became when somebody moved it in Cal.com's own pages."""
    return next((one.uid for one in everything if one.from_reschedule == uid), None)

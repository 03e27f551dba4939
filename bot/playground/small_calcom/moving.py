"""Moves bookings: the old one is cancelled and points to the new one. Who knows a uid may move."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.records import Account, Booking, EventType, Participant
from bot.playground.small_calcom.refusals import Refusal, booking_closed


class CheckTime(Protocol):
    """Raises Refusal for a time that cannot be booked."""

    def __call__(
        self,
        kind: EventType,
        start: datetime,
        end: datetime,
        *,
        ignoring: tuple[str, ...] = (),
        allowing: frozenset[str] = frozenset(),
    ) -> EventType:
        """How it is held then."""


NO_OTHER_HOST = "Can't reassign the booking because no other host is available at that time."


@dataclass(frozen=True)
class Move:
    """A move as asked for. `by`: an address; `seat`: of a seated booking; `came`: when the call arrived.

    `allowing`: which rules the host waives.
    """

    start: datetime
    by: str | None = None
    reason: str | None = None
    seat: str | None = None
    came: float | None = None
    allowing: frozenset[str] = frozenset()


class Moves:
    """Reschedules. `check_time` raises Refusal for a time that cannot be booked."""

    def __init__(self, ledger: Ledger, check_time: CheckTime) -> None:
        self._ledger = ledger
        self._check_time = check_time

    async def reschedule(self, uid: str, move: Move, caller: Account | None) -> Booking:
        """Move all of a booking, or one seat of it. The new one keeps the metadata. Raises Refusal."""
        before = self._movable(uid, move.came)
        if before.event_type.seats:
            return await self._move_seat(before, move)
        kind, end = before.event_type, move.start + _length(before)
        allowing = move.allowing if caller in kind.holders else frozenset()
        self._check_time(kind, move.start, end, ignoring=(uid,), allowing=allowing)
        after = self._ledger.store.keep(self._moved(before, move, caller))
        gone = before if before.moved_to else before.but(moved_to=after.uid)
        self._ledger.changed(gone, status="cancelled", rescheduled_by=move.by)
        trigger = "BOOKING_REQUESTED" if after.status == "pending" else "BOOKING_RESCHEDULED"
        await self._ledger.tell_end(before, News(trigger, after, before, move.by))
        return after

    async def reassign(self, uid: str, to: int | None, caller: Account) -> Booking:
        """Give it to another host of its round robin. Raises Refusal."""
        before = self._ledger.owned(uid, caller)
        kind = self._ledger.store.event_type(before.event_type.id)
        if before.status != "accepted" or kind is None:
            raise Refusal(400, NO_OTHER_HOST)
        others = [one for one in kind.as_held() if one.owner != before.host and to in (None, one.owner.id)]
        free = [one for one in others if self._ledger.store.is_free(one, before.start, before.end)]
        if not free:
            raise Refusal(400, NO_OTHER_HOST)
        return self._ledger.changed(before, event_type=free[0])

    def _moved(self, before: Booking, move: Move, caller: Account | None) -> Booking:
        store, now = self._ledger.store, self._ledger.store.clock()
        is_host = move.by == before.host.email or caller == before.host
        return before.but(
            id=store.new_id(),
            uid=store.new_uid(),
            start=move.start,
            end=move.start + _length(before),
            attendees=_carried(before.attendees),
            status="pending" if before.event_type.confirms and not is_host else "accepted",
            created_at=now,
            updated_at=now,
            rescheduling_reason=move.reason,
            rescheduled_by=move.by,
            moved_from=before.uid,
            sequence=before.sequence + 1,
            moved_to=None,
            host_is_absent=False,
        )

    async def _move_seat(self, before: Booking, move: Move) -> Booking:
        """The seat's owner changes over to the booking at the other time, made where there is none."""
        if move.seat is None:
            raise Refusal(400, _seat_needed(before.uid))
        moving = tuple(one for one in before.attendees if one.seat == move.seat)
        if not moving:
            raise Refusal(404, "Seat not found")
        after = self._seated_at(before, move, moving)
        left = tuple(one for one in before.attendees if one.seat != move.seat)
        closed = {} if left else {"status": "cancelled", "moved_to": after.uid}
        self._ledger.changed(before, attendees=left or before.attendees, **closed)
        news = News("BOOKING_RESCHEDULED", after.but(attendees=moving), before.but(attendees=moving), move.by)
        await self._ledger.tell(news)
        return after

    def _seated_at(self, before: Booking, move: Move, moving: tuple[Participant, ...]) -> Booking:
        kind = before.event_type
        shared = self._ledger.store.seated(kind, move.start)
        if shared is None:
            self._check_time(kind, move.start, move.start + _length(before), ignoring=(before.uid,))
            made = self._moved(before, move, None).but(attendees=moving, status="accepted")
            return self._ledger.store.keep(made)
        if len(shared.attendees) >= (kind.seats or 0):
            raise Refusal(409, "No more seats left at this seated booking.")
        return self._ledger.changed(shared, attendees=(*shared.attendees, *moving))

    def _movable(self, uid: str, came: float | None) -> Booking:
        booking = self._ledger.booking(uid)
        if booking.moved_to:
            if self._ledger.saw_it_open(uid, came):
                return booking
            raise Refusal(400, _moved_already(uid, booking.moved_to))
        if booking.status in ("cancelled", "rejected"):
            raise booking_closed("reschedule", uid, "it has been cancelled.")
        return booking


def _length(booking: Booking) -> timedelta:
    return booking.end - booking.start


def _carried(attendees: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """A move keeps of the guests only their addresses, and forgets who did not come."""
    here = tuple(replace(one, is_absent=False) for one in attendees)
    return tuple(replace(one, name="", zone=here[0].zone) if one.is_guest else one for one in here)


def _moved_already(uid: str, to: str) -> str:
    return (
        f"Can't reschedule booking with uid={uid} because it has been cancelled and rescheduled "
        "already to booking with "
        f"uid={to}. You probably want to reschedule {to} instead by passing it within the request URL."
    )


def _seat_needed(uid: str) -> str:
    return (
        f"Booking with uid={uid} is a seated booking. Please provide 'seatUid' in the request body to "
        "specify which seat specifically should be rescheduled."
    )

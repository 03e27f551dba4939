"""Books, moves, cancels, confirms and declines, by Cal.com's rules. Who knows a uid may move or cancel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.playground.small_calcom.reading import EMAIL, Wish
from bot.playground.small_calcom.records import Account, Booking, EventType, Participant, Reservation
from bot.playground.small_calcom.refusals import IN_THE_PAST, OUT_OF_BOUNDS, TAKEN, Refusal, booking_missing
from bot.playground.small_calcom.store import Store

RESERVED_FOR = 5  # minutes


@dataclass(frozen=True)
class News:
    """What a webhook tells. `before` is the booking that was moved."""

    trigger: str
    booking: Booking
    before: Booking | None = None
    by: str | None = None


Tell = Callable[[News], Awaitable[None]]


class Desk:
    """Everything that changes a booking goes through here. News goes out before the caller gets an answer."""

    def __init__(self, store: Store, tell: Tell, changed: Callable[[], None]) -> None:
        self._store = store
        self._send = tell
        self._notice = changed  # what no webhook tells
        self._under_way: set[str] = set()  # uids whose creation has not been answered yet

    async def create(self, wish: Wish, caller: Account | None) -> list[Booking]:
        """Book; a recurring event type gives as many bookings as it occurs. Raises Refusal."""
        _check_caller(wish.kind, caller)
        _check_email(wish.email)
        shared = self._store.seated(wish.kind, wish.start)
        if shared:
            return [await self._seat(shared, wish)]
        made = self._book_all(wish)
        for booking in made:
            trigger = "BOOKING_REQUESTED" if booking.status == "pending" else "BOOKING_CREATED"
            await self._tell(News(trigger, booking))
        return made

    async def reschedule(
        self, uid: str, start: datetime, *, by: str | None, reason: str | None, caller: Account | None
    ) -> Booking:
        """Move: the old booking is cancelled and points to the new one, which keeps its metadata."""
        before = self._movable(uid)
        end = start + timedelta(minutes=before.minutes)
        self._check_time(before.event_type, start, end, ignoring=(uid,))
        now = self._store.clock()
        is_host = by == before.host.email or caller == before.host
        after = before.but(
            id=self._store.new_id(),
            uid=self._store.new_uid(),
            start=start,
            end=end,
            attendees=_carried(before.attendees),
            status="pending" if before.event_type.confirms and not is_host else "accepted",
            created_at=now,
            updated_at=now,
            rescheduling_reason=reason,
            rescheduled_by=by,
            moved_from=uid,
        )
        gone = before.but(status="cancelled", moved_to=after.uid, rescheduled_by=by, updated_at=now)
        self._store.keep(gone)
        self._store.keep(after)
        trigger = "BOOKING_REQUESTED" if after.status == "pending" else "BOOKING_RESCHEDULED"
        await self._tell(News(trigger, after, before, by))
        return after

    async def cancel(self, uid: str, reason: str | None, caller: Account | None) -> Booking:
        """Cancel. The host must say why; nobody else need. Raises Refusal."""
        booking = self._booking(uid, cancelling=True)
        if booking.status == "cancelled":
            raise Refusal(400, _closed("cancel", uid, "it has been cancelled already."))
        if booking.event_type.disable_cancelling:
            raise Refusal(400, "This event type does not allow cancellations", bare=True)
        if caller == booking.host and not reason:
            raise Refusal(400, "Cancellation reason is required", bare=True)
        if booking.end < self._store.clock():
            raise Refusal(400, "Cannot cancel a booking that has already ended", bare=True)
        done = self._changed(booking, status="cancelled", cancellation_reason=reason or "")
        await self._tell(News("BOOKING_CANCELLED", done))
        return done

    async def give_up_seat(self, uid: str, seat: str) -> Booking:
        """Cancel one attendee of a seated booking; the last one's cancels all of it. Raises Refusal."""
        booking = self._booking(uid, cancelling=True)
        left = tuple(one for one in booking.attendees if one.seat != seat)
        if len(left) == len(booking.attendees):
            raise Refusal(404, "Seat not found")
        if not left:
            return await self.cancel(uid, None, None)
        gone = tuple(one for one in booking.attendees if one.seat == seat)
        await self._tell(News("BOOKING_CANCELLED", booking.but(attendees=gone)))
        return self._changed(booking, attendees=left)

    async def confirm(self, uid: str, caller: Account | None) -> Booking:
        """Accept a pending booking, as its host. Raises Refusal."""
        booking = self._pending(uid, caller)
        done = self._changed(booking, status="accepted")
        await self._tell(News("BOOKING_CREATED", done))
        return done

    async def decline(self, uid: str, reason: str | None, caller: Account | None) -> Booking:
        """Reject a pending booking, as its host. Raises Refusal."""
        booking = self._pending(uid, caller)
        done = self._changed(booking, status="rejected", rejection_reason=reason or "")
        await self._tell(News("BOOKING_REJECTED", done))
        return done

    def reserve(self, kind: EventType, start: datetime, minutes: int, uid: str | None = None) -> Reservation:
        """Hide a slot for five minutes. Raises Refusal."""
        end = start + timedelta(minutes=minutes)
        others = [one for one in self._store.live_reservations() if one.uid != uid]
        if any(one.event_type.id == kind.id and one.start == start for one in others):
            text = "This time slot is already reserved by another user. Please choose a different time."
            raise Refusal(422, text)
        if any(_is_at(one, kind, start) for one in self._store.bookings.values()):
            raise Refusal(422, "Can't reserve a slot if the event is already booked.")
        until = self._store.clock() + timedelta(minutes=RESERVED_FOR)
        reservation = Reservation(uid or self._store.new_uuid(), kind, start, end, minutes, until)
        self._store.reservations[reservation.uid] = reservation
        self._notice()
        return reservation

    def release(self, uid: str) -> None:
        """Show a hidden slot again; as often as one likes."""
        if self._store.reservations.pop(uid, None):
            self._notice()

    def _book_all(self, wish: Wish) -> list[Booking]:
        weeks = range(wish.kind.occurrences or 1)
        series = self._store.new_uuid() if wish.kind.occurrences else None
        return [self._book(wish, wish.start + timedelta(weeks=week), series) for week in weeks]

    def _book(self, wish: Wish, start: datetime, series: str | None) -> Booking:
        self._check_time(wish.kind, start, start + timedelta(minutes=wish.minutes))
        if self._store.is_full_day(wish.kind, start):
            raise Refusal(401, "booking_limit_reached", bare=True)
        return self.enter(wish, start, series)

    def enter(self, wish: Wish, start: datetime, series: str | None = None) -> Booking:
        """Put a booking there, unchecked and untold."""
        end = start + timedelta(minutes=wish.minutes)
        now, uid = self._store.clock(), self._store.new_uid()
        return self._store.keep(
            Booking(
                id=self._store.new_id(),
                uid=uid,
                event_type=wish.kind,
                title=f"{wish.kind.title} between {wish.kind.owner.name} and {wish.name}",
                start=start,
                end=end,
                status="pending" if wish.kind.confirms else "accepted",
                attendees=self._attendees(wish),
                created_at=now,
                updated_at=now,
                metadata=wish.metadata,
                responses=wish.responses,
                location=wish.location or wish.kind.place,
                ics_uid=f"{uid}@Cal.diy",
                series=series,
            )
        )

    async def _seat(self, shared: Booking, wish: Wish) -> Booking:
        if len(shared.attendees) >= (wish.kind.seats or 0):
            raise Refusal(409, "No more seats left at this seated booking.")
        if any(one.email == wish.email for one in shared.attendees):
            raise Refusal(409, "already_signed_up_for_this_booking_error", bare=True)
        joined = self._changed(shared, attendees=(*shared.attendees, *self._attendees(wish)))
        await self._tell(News("BOOKING_CREATED", joined.but(attendees=joined.attendees[-1:])))
        return joined

    def _attendees(self, wish: Wish) -> tuple[Participant, ...]:
        seat = self._store.new_uuid() if wish.kind.seats else None
        booker = Participant(wish.name, wish.email, wish.zone, wish.language, seat)
        guests = () if wish.kind.disable_guests else wish.guests
        return (booker, *(Participant("", one, wish.zone, wish.language, is_guest=True) for one in guests))

    def _check_time(
        self, kind: EventType, start: datetime, end: datetime, ignoring: tuple[str, ...] = ()
    ) -> None:
        now = self._store.clock()
        if start < now:
            raise Refusal(400, IN_THE_PAST)
        if start < now + timedelta(minutes=kind.notice):
            raise Refusal(400, OUT_OF_BOUNDS)
        if not self._store.is_free(kind, start, end, ignoring=ignoring):
            raise self._clash(kind, start, end)

    def _clash(self, kind: EventType, start: datetime, end: datetime) -> Refusal:
        """Of requests for one time at once, all but the first hit the unique key, not the check before it."""
        racing = (one for uid, one in self._store.bookings.items() if uid in self._under_way)
        if any((one.host, one.start, one.end) == (kind.owner, start, end) for one in racing):
            return Refusal(409, "booking_conflict_error", bare=True)
        return Refusal(400, TAKEN)

    async def _tell(self, news: News) -> None:
        self._under_way.add(news.booking.uid)
        try:
            await self._send(news)
        finally:
            self._under_way.discard(news.booking.uid)

    def _movable(self, uid: str) -> Booking:
        booking = self._booking(uid)
        if booking.moved_to:
            raise Refusal(400, _moved(uid, booking.moved_to))
        if booking.status in ("cancelled", "rejected"):
            raise Refusal(400, _closed("reschedule", uid, "it has been cancelled."))
        return booking

    def _pending(self, uid: str, caller: Account | None) -> Booking:
        booking = self._booking(uid)
        if caller != booking.host:
            text = "User is not authorized to confirm this booking"
            raise Refusal(401, text, code="TRPCError", has_details=False)
        if booking.status != "pending":
            raise Refusal(400, "Booking already confirmed", code="TRPCError", has_details=False)
        return booking

    def _booking(self, uid: str, *, cancelling: bool = False) -> Booking:
        if uid not in self._store.bookings:
            raise booking_missing(uid, cancelling=cancelling)
        return self._store.bookings[uid]

    def _changed(self, booking: Booking, **changes: object) -> Booking:
        return self._store.keep(booking.but(updated_at=self._store.clock(), **changes))


def _carried(attendees: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """A move keeps of the guests only their addresses."""
    booker = attendees[0]
    return tuple(replace(one, name="", zone=booker.zone) if one.is_guest else one for one in attendees)


def _check_caller(kind: EventType, caller: Account | None) -> None:
    if not kind.requires_auth or caller == kind.owner:
        return
    if caller is None:
        raise Refusal(
            401,
            "checkBookingRequiresAuthentication - request must be authenticated by passing "
            "credentials belonging to "
            "event type owner, host or team or org admin or owner.",
        )
    raise Refusal(
        403,
        "checkBookingRequiresAuthentication - user is not authorized to access this event type. User "
        "has to be either "
        "event type owner, host, team admin or owner or org admin or owner.",
    )


def _check_email(email: str) -> None:
    if EMAIL.fullmatch(email):
        return
    complaint = "email_validation_error" if email else "error_required_field"
    raise Refusal(400, f"responses - {{email}}{complaint}, ", code="BAD_REQUEST", has_details=False)


def _closed(verb: str, uid: str, why: str) -> str:
    ending = "Please provide uid of a booking that is not cancelled."
    return f"Can't {verb} booking with uid={uid} because {why} {ending}"


def _moved(uid: str, to: str) -> str:
    return (
        f"Can't reschedule booking with uid={uid} because it has been cancelled and rescheduled "
        "already to booking with "
        f"uid={to}. You probably want to reschedule {to} instead by passing it within the request URL."
    )


def _is_at(booking: Booking, kind: EventType, start: datetime) -> bool:
    """Only a booking of the same event type at the very start counts; others may overlap."""
    same = booking.event_type.id == kind.id and booking.start == start
    return same and booking.status == "accepted" and not kind.seats

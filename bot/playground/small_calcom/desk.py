"""Books, and holds slots for a while, by Cal.com's rules. Nobody needs a key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.pipes import EMAIL
from bot.playground.small_calcom.reading import Wish
from bot.playground.small_calcom.records import Account, Booking, EventType, Participant, Reservation
from bot.playground.small_calcom.refusals import (
    IN_THE_PAST,
    OUT_OF_BOUNDS,
    TAKEN,
    TAKEN_FOR_HOSTS,
    Refusal,
)

RESERVED_FOR = 5  # minutes
CONFLICTS, OUT_OF_TIME, LIMITS = "allowConflicts", "allowBookingOutOfBounds", "skipBookingLimits"


class Desk:
    """Makes bookings and reservations. `changed` is called for what no webhook tells."""

    def __init__(self, ledger: Ledger, changed: Callable[[], None]) -> None:
        self._ledger = ledger
        self._store = ledger.store
        self._notice = changed

    async def create(self, wish: Wish, caller: Account | None) -> list[Booking]:
        """Book; a recurring event type gives as many bookings as it occurs. Raises Refusal."""
        _check_caller(wish.kind, caller)
        _check_email(wish.email)
        shared = self._store.seated(wish.kind, wish.start)
        if shared:
            return [await self._seat(shared, wish)]
        known = self._asked_before(wish)
        if known:
            return [known]
        made = self._book_all(wish if caller in wish.kind.holders else replace(wish, allowing=frozenset()))
        for booking in made:
            trigger = "BOOKING_REQUESTED" if booking.status == "pending" else "BOOKING_CREATED"
            await self._ledger.tell(News(trigger, booking))
        return made

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
        starts = [wish.start + timedelta(weeks=week) for week in range(wish.times)]
        series = self._store.new_uuid() if wish.kind.occurrences else None
        held = [self._held(wish, start) for start in starts]
        pairs = zip(held, starts, strict=True)
        return [self.enter(replace(wish, kind=kind), start, series) for kind, start in pairs]

    def _held(self, wish: Wish, start: datetime) -> EventType:
        """How it is held then. Raises Refusal."""
        kind = self.check_time(
            wish.kind, start, start + timedelta(minutes=wish.minutes), allowing=wish.allowing
        )
        if self._store.is_full_day(kind, start) and LIMITS not in wish.allowing:
            raise Refusal(401, "booking_limit_reached", bare=True)
        return kind

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
                co_hosts=tuple(one for one in wish.kind.holders if one != wish.kind.owner),
            )
        )

    def _asked_before(self, wish: Wish) -> Booking | None:
        """The booking that this attendee has there: of these kinds, asking again makes no second one."""
        if not (wish.kind.confirms or wish.kind.scheduling == "roundRobin"):
            return None
        there = (one for one in self._store.bookings.values() if one.event_type.id == wish.kind.id)
        open_ones = (one for one in there if one.status in ("accepted", "pending"))
        return next((one for one in open_ones if _is_same(one, wish)), None)

    async def _seat(self, shared: Booking, wish: Wish) -> Booking:
        if len(shared.attendees) >= (wish.kind.seats or 0):
            raise Refusal(409, "No more seats left at this seated booking.")
        if any(one.email == wish.email for one in shared.attendees):
            raise Refusal(409, "already_signed_up_for_this_booking_error", bare=True)
        joined = self._ledger.changed(shared, attendees=(*shared.attendees, *self._attendees(wish)))
        await self._ledger.tell(News("BOOKING_CREATED", joined.but(attendees=joined.attendees[-1:])))
        return joined

    def _attendees(self, wish: Wish) -> tuple[Participant, ...]:
        seat = self._store.new_uuid() if wish.kind.seats else None
        booker = Participant(
            wish.name, wish.email, wish.zone, wish.language, seat, id=self._store.new_attendee_id()
        )
        guests = () if wish.kind.disable_guests else wish.guests
        return (booker, *(self._guest(one, wish) for one in guests))

    def _guest(self, email: str, wish: Wish) -> Participant:
        number = self._store.new_attendee_id()
        return Participant("", email, wish.zone, wish.language, is_guest=True, id=number)

    def check_time(
        self,
        kind: EventType,
        start: datetime,
        end: datetime,
        *,
        ignoring: tuple[str, ...] = (),
        allowing: frozenset[str] = frozenset(),
    ) -> EventType:
        """How it is held then. Raises Refusal for a time at which it cannot, but for what is allowed."""
        now = self._store.clock()
        if start < now:
            raise Refusal(400, IN_THE_PAST)
        if start < now + timedelta(minutes=kind.notice) and OUT_OF_TIME not in allowing:
            raise Refusal(400, OUT_OF_BOUNDS)
        if CONFLICTS in allowing:
            return kind
        held = self._store.held_at(kind, start, end, ignoring=ignoring)
        if held is None:
            raise self._clash(kind, start, end)
        return held

    def _clash(self, kind: EventType, start: datetime, end: datetime) -> Refusal:
        """Of requests for one time at once, all but the first hit the unique key, not the check before it."""
        if self._ledger.is_racing(kind, (start, end)):
            return Refusal(409, "booking_conflict_error", bare=True)
        return Refusal(400, TAKEN_FOR_HOSTS if kind.hosts else TAKEN)


def _check_caller(kind: EventType, caller: Account | None) -> None:
    if not kind.requires_auth or caller in kind.holders:
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


def _is_same(booking: Booking, wish: Wish) -> bool:
    return booking.start == wish.start and booking.attendees[0].email.lower() == wish.email.lower()


def _is_at(booking: Booking, kind: EventType, start: datetime) -> bool:
    """Only a booking of the same event type at the very start counts; others may overlap."""
    same = booking.event_type.id == kind.id and booking.start == start
    return same and booking.status == "accepted" and not kind.seats

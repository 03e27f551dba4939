"""Ends bookings, and answers those that wait for their host. Who knows a uid may cancel."""

from bot.playground.small_calcom.ledger import Ledger
from bot.playground.small_calcom.news import News
from bot.playground.small_calcom.records import Account, Booking
from bot.playground.small_calcom.refusals import Refusal, booking_closed


class Endings:
    """Cancels, confirms and declines."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def cancel(
        self, uid: str, reason: str | None, caller: Account | None, came: float | None = None
    ) -> Booking:
        """Cancel. The host must say why; nobody else need. Raises Refusal. `came`: when the call arrived."""
        booking = self._ledger.booking(uid, cancelling=True)
        if booking.status == "cancelled" and not self._ledger.saw_it_open(uid, came):
            raise booking_closed("cancel", uid, "it has been cancelled already.")
        self._check(booking, reason, caller)
        done = self._ledger.changed(booking, status="cancelled", cancellation_reason=reason or "")
        await self._ledger.tell_end(done, News("BOOKING_CANCELLED", done))
        return done

    async def cancel_series(
        self, first: Booking, reason: str | None, caller: Account | None
    ) -> list[Booking]:
        """Cancel a booking and all after it in its series. Raises Refusal."""
        series = [one for one in self._ledger.store.of_series(first.series) if one.start >= first.start]
        return [await self.cancel(one.uid, reason, caller) for one in series if one.status != "cancelled"]

    async def ask_to_move(self, uid: str, reason: str | None, caller: Account) -> Booking:
        """Cancel as its host, and ask whoever booked for another time. Raises Refusal."""
        booking = self._ledger.owned(uid, caller)
        if booking.status not in ("accepted", "pending"):
            raise Refusal(400, f"Can't request to reschedule booking with uid={uid}: it is not open.")
        done = self._ledger.changed(booking, status="cancelled", cancellation_reason=reason or "")
        await self._ledger.tell_end(done, News("BOOKING_CANCELLED", done, asks_to_move=True))
        return done

    async def give_up_seat(self, uid: str, seat: str) -> Booking:
        """Cancel one attendee of a seated booking; the last one's cancels all of it. Raises Refusal."""
        booking = self._ledger.booking(uid, cancelling=True)
        left = tuple(one for one in booking.attendees if one.seat != seat)
        if len(left) == len(booking.attendees):
            raise Refusal(404, "Seat not found")
        gone = tuple(one for one in booking.attendees if one.seat == seat)
        if not left:
            ended = self._ledger.changed(booking, status="cancelled")
            await self._ledger.tell_end(ended, News("BOOKING_CANCELLED", ended))
            return ended
        await self._ledger.tell(News("BOOKING_CANCELLED", booking.but(attendees=gone)))
        return self._ledger.changed(booking, attendees=left)

    async def confirm(self, uid: str, caller: Account | None) -> Booking:
        """Accept a pending booking, as its host. Raises Refusal."""
        done = self._ledger.changed(self._pending(uid, caller), status="accepted")
        await self._ledger.tell(News("BOOKING_CREATED", done, answers=True))
        return done

    async def decline(self, uid: str, reason: str | None, caller: Account | None) -> Booking:
        """Reject a pending booking, as its host. Raises Refusal."""
        booking = self._pending(uid, caller)
        done = self._ledger.changed(booking, status="rejected", rejection_reason=reason or "")
        await self._ledger.tell(News("BOOKING_REJECTED", done, answers=True))
        return done

    def _check(self, booking: Booking, reason: str | None, caller: Account | None) -> None:
        is_host = caller in booking.all_hosts
        if booking.event_type.seats and not is_host and caller is not None:
            raise Refusal(401, "User not a host of this event", bare=True)
        if booking.event_type.disable_cancelling:
            raise Refusal(400, "This event type does not allow cancellations", bare=True)
        if is_host and not reason:
            raise Refusal(400, "Cancellation reason is required", bare=True)
        if booking.end < self._ledger.store.clock():
            raise Refusal(400, "Cannot cancel a booking that has already ended", bare=True)

    def _pending(self, uid: str, caller: Account | None) -> Booking:
        booking = self._ledger.booking(uid)
        if caller not in booking.all_hosts:
            text = "User is not authorized to confirm this booking"
            raise Refusal(401, text, code="TRPCError", has_details=False)
        if booking.status != "pending":
            raise Refusal(400, "Booking already confirmed", code="TRPCError", has_details=False)
        return booking

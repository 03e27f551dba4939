"""The bookings as those see them who change them, and which of two changes at once came too late."""

import math

from bot.playground.small_calcom.news import News, Tell
from bot.playground.small_calcom.records import Account, Booking, EventType
from bot.playground.small_calcom.refusals import Refusal, booking_missing
from bot.playground.small_calcom.store import Store


class Ledger:
    """Every change of a booking goes through here. News goes out before the caller gets an answer."""

    def __init__(self, store: Store, send: Tell) -> None:
        self.store = store
        self._send = send

    def booking(self, uid: str, *, cancelling: bool = False) -> Booking:
        """The booking of this uid. Raises Refusal."""
        if uid not in self.store.bookings:
            raise booking_missing(uid, cancelling=cancelling)
        return self.store.bookings[uid]

    def owned(self, uid: str, caller: Account) -> Booking:
        """A booking that the caller holds. Raises Refusal."""
        found = self.booking(uid)
        if caller not in found.all_hosts:
            raise Refusal(403, f"User with id={caller.id} is not authorized to access booking with uid={uid}")
        return found

    def changed(self, booking: Booking, **changes: object) -> Booking:
        """Keep it changed."""
        return self.store.keep(booking.but(updated_at=self.store.clock(), **changes))

    async def tell(self, news: News) -> None:
        """Deliver it; meanwhile the booking is under way."""
        self.store.under_way.add(news.booking.uid)
        try:
            await self._send(news)
        finally:
            self.store.under_way.discard(news.booking.uid)

    async def tell_end(self, ended: Booking, *news: News) -> None:
        """Deliver what ends a booking; calls that came before this is done do not see it ended yet."""
        self.store.ended[ended.uid] = math.inf
        for one in news:
            await self.tell(one)
        self.store.ended[ended.uid] = self.store.arrival()

    def saw_it_open(self, uid: str, came: float | None) -> bool:
        """Whether a call that came then read the booking before its end was written.

        The real server checks first and writes later: two cancels at once both succeed, and two moves at once
        leave two bookings (recordings bookings-race-double-cancel, …-double-reschedule-different-times).
        """
        return came is not None and came < self.store.ended.get(uid, -math.inf)

    def is_racing(self, kind: EventType, span: tuple[object, object]) -> bool:
        """Whether a booking of that host for just that span is being made at this very moment."""
        found = (self.store.bookings.get(uid) for uid in self.store.under_way)
        return any(one and (one.host, (one.start, one.end)) == (kind.owner, span) for one in found)

"""Everybody's calendar at a glance, titles included: for the page and for tests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.playground.small_calcom.records import Account, Booking, BusyTime, EventType, Reservation
from bot.playground.small_calcom.store import Store

SHOWN = ("accepted", "pending")


@dataclass(frozen=True)
class Entry:
    """Something in one person's calendar. `uid`, `status` and `booking_id` only for bookings.

    `event_type`: its title, for bookings and holds. A uid never reaches a page: whoever knows it may cancel.
    """

    person_id: str
    kind: Literal["booking", "busy", "hold"]
    start: datetime
    end: datetime
    title: str
    status: str | None = None
    uid: str | None = None
    booking_id: int | None = None
    event_type: str = ""


def entries(store: Store, start: datetime, end: datetime) -> tuple[Entry, ...]:
    """All of it within `[start, end)`, by time. A booking stands with everybody who takes part."""
    found = [
        _of_booking(account, booking)
        for account in store.accounts
        for booking in store.bookings.values()
        if booking.status in SHOWN and _takes_part(account, booking)
    ]
    found += [_of_hold(one) for one in store.live_reservations()]
    found += [_of_busy(one) for one in store.busy_times]
    found += [_of_busy(one) for account in store.accounts for one in store.weekly_busy(account, start, end)]
    within = (one for one in found if one.start < end and one.end > start)
    return tuple(sorted(within, key=lambda one: (one.start, one.person_id, one.end)))


def on_menu(kind: EventType) -> dict[str, Any]:
    """An event type as the page offers it. Minutes."""
    return {
        "owner": kind.owner.person_id,
        "slug": kind.slug,
        "title": kind.title,
        "minutes": kind.minutes,
        "lengths": list(kind.lengths),
        "confirms": kind.confirms,
    }


def _takes_part(account: Account, booking: Booking) -> bool:
    addresses = {one.email.lower() for one in booking.attendees}
    return booking.host == account or account.email.lower() in addresses


def _of_booking(account: Account, booking: Booking) -> Entry:
    return Entry(
        account.person_id,
        "booking",
        booking.start,
        booking.end,
        booking.title,
        booking.status,
        booking.uid,
        booking.id,
        booking.event_type.title,
    )


def _of_hold(hold: Reservation) -> Entry:
    kind = hold.event_type
    return Entry(kind.owner.person_id, "hold", hold.start, hold.end, kind.title, event_type=kind.title)


def _of_busy(busy: BusyTime) -> Entry:
    return Entry(busy.person_id, "busy", busy.start, busy.end, busy.title)

"""Reads the bodies that move or end a booking, or hold a slot, as strictly as Cal.com does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.small_calcom.moving import Move
from bot.playground.small_calcom.pipes import (
    A_DATE,
    bad_date,
    bad_texts,
    instant,
    is_date,
    is_small,
    refuse_any,
    unknown,
)
from bot.playground.small_calcom.records import EventType
from bot.playground.small_calcom.refusals import Refusal, invalid_fields
from bot.playground.small_calcom.store import Store

RESCHEDULE_FIELDS = frozenset(
    {"start", "rescheduledBy", "reschedulingReason", "seatUid", "emailVerificationCode"}
)
WAIVING = frozenset({"allowConflicts", "allowBookingOutOfBounds", "skipBookingLimits"})
NEWER_RESCHEDULE_FIELDS = RESCHEDULE_FIELDS | WAIVING | {"rescheduleWithSameHost"}
RESCHEDULE_TEXTS = ("rescheduledBy", "reschedulingReason", "seatUid")
CANCEL_FIELDS = frozenset({"cancellationReason", "cancelSubsequentBookings", "seatUid"})


@dataclass(frozen=True)
class Cancelling:
    """A cancellation as asked for. `seat`: of one attendee only; `and_later`: the rest of the series too."""

    reason: str | None
    seat: str | None
    and_later: bool


def read_reschedule(body: dict[str, Any], *, newer: bool = False) -> Move:
    """Read POST /bookings/{uid}/reschedule; `newer`: of 2026-02-25. Raises Refusal."""
    known = NEWER_RESCHEDULE_FIELDS if newer else RESCHEDULE_FIELDS
    refuse_any([*unknown(body, known), *bad_date(body, "start"), *bad_texts(body, RESCHEDULE_TEXTS)])
    return Move(
        instant(body["start"]),
        by=body.get("rescheduledBy"),
        reason=body.get("reschedulingReason"),
        seat=body.get("seatUid"),
        allowing=frozenset(name for name in WAIVING if body.get(name) is True),
    )


def read_cancel(body: dict[str, Any]) -> Cancelling:
    """Read POST /bookings/{uid}/cancel. Raises Refusal."""
    refuse_any([*unknown(body, CANCEL_FIELDS), *bad_texts(body, ("cancellationReason", "seatUid"))])
    return Cancelling(
        body.get("cancellationReason"),
        body.get("seatUid"),
        and_later=bool(body.get("cancelSubsequentBookings")),
    )


def read_reservation(body: dict[str, Any], store: Store) -> tuple[EventType, datetime, int]:
    """Read POST /slots/reservations: what, when, and for how many minutes it lasts. Raises Refusal."""
    for extra in body.keys() - {"eventTypeId", "slotStart", "slotDuration", "reservationDuration"}:
        raise invalid_fields(body, extra, "whitelistValidation", f"property {extra} should not exist")
    if not is_date(body.get("slotStart")):
        raise invalid_fields(body, "slotStart", "isDateString", f"slotStart {A_DATE}")
    for name in ("eventTypeId", "slotDuration", "reservationDuration"):
        if body.get(name) is not None and not is_small(body[name]):
            raise invalid_fields(body, name, "isInt", f"{name} must be an integer number")
    kind = store.event_type(body.get("eventTypeId") or 0)
    if kind is None:
        raise Refusal(404, f"Event Type with ID={body.get('eventTypeId')} not found")
    return kind, instant(body["slotStart"]), int(body.get("slotDuration") or kind.minutes)

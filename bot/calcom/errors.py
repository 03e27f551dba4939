"""Decides which of our errors an answer of Cal.com means: by status first, then by fragments of its message.

The messages of our errors are codes for operators; Cal.com's own texts may hold uids and are dropped here.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotBookable,
    OutcomeUnknown,
    SlotTaken,
)


class Sign(NamedTuple):
    """A fragment of a message (lower case), where its meaning does not follow from the status."""

    fragment: str
    kind: Callable[[str], CalendarError]
    code: str


# In order: the first that fits decides. Texts: tests/samples/calcom, and Cal.com's source where noted.
SIGNS = (
    Sign("already has booking at this time or is not available", SlotTaken, "slot_taken"),
    Sign("no_available_users_found", SlotTaken, "slot_taken"),
    Sign("booking_conflict_error", SlotTaken, "slot_taken"),
    Sign("can't be booked at the", SlotTaken, "out_of_bounds"),
    Sign("booking_time_out_of_bounds", SlotTaken, "out_of_bounds"),
    Sign("meeting in the past", SlotTaken, "in_the_past"),
    Sign("no more seats left", SlotTaken, "no_seats_left"),
    Sign("event is already booked", SlotTaken, "slot_taken"),
    Sign("already reserved by another", SlotTaken, "slot_reserved"),
    Sign("cancelled and rescheduled already", BookingClosed, "already_moved"),
    Sign("has been cancelled", BookingClosed, "already_cancelled"),
    Sign("has already ended", BookingClosed, "already_over"),
    Sign("already confirmed", BookingClosed, "already_confirmed"),
    Sign("booking_limit_reached", NotBookable, "booking_limit_reached"),  # comes as a 401
    Sign("duration_limit_reached", NotBookable, "duration_limit_reached"),
    Sign("maximum number of active bookings", NotBookable, "attendee_limit_reached"),
    Sign("already_signed_up", NotBookable, "already_signed_up"),
    Sign("does not allow cancellations", NotBookable, "cancelling_disabled"),
    Sign("cancellation reason is required", NotBookable, "reason_required"),
    Sign("minimum notice period", NotBookable, "too_late_to_move"),
    Sign("missing required booking field", NotBookable, "required_field_missing"),
    Sign("email_verification_required", NotBookable, "email_verification_required"),
    Sign("invalid event length", NotBookable, "length_not_offered"),
    Sign("lengthinminutes", NotBookable, "length_not_offered"),
    Sign("booking location with type", NotBookable, "location_not_offered"),
    Sign("{email}", NotBookable, "bad_email"),
    Sign("event type with id", NotBookable, "event_type_missing"),
    Sign("event type not found", NotBookable, "event_type_missing"),
    Sign("event_type_not_found", NotBookable, "event_type_missing"),
    Sign("booking with uid", BookingNotFound, "booking_missing"),
    Sign("cannot get /", CalendarUnavailable, "no_such_route"),
    Sign("cannot post /", CalendarUnavailable, "no_such_route"),
    Sign("cannot delete /", CalendarUnavailable, "no_such_route"),
)

MOVED_TO = re.compile(r"rescheduled already to booking with uid=([\w-]+)")
UNDECIDED = 408  # a timeout on the way: the request may have been carried out


def message_of(body: object) -> str:
    """Cal.com's text, from either of its error shapes; empty for anything else (a proxy's page)."""
    if not isinstance(body, dict):
        return ""
    wrapped = body.get("error")
    message = wrapped.get("message") if isinstance(wrapped, dict) else body.get("message")
    if isinstance(message, list):
        return ", ".join(str(one) for one in message)
    return message if isinstance(message, str) else ""


def error_of(status: int, body: object, *, writing: bool, retry_after: float | None = None) -> CalendarError:
    """Say what an answer that is not a success means. `body`: parsed JSON, or None when it is none."""
    if status == 429:
        return CalendarUnavailable("rate_limited", retry_after)
    if status >= 500 or status == UNDECIDED:
        return _lost(status, writing)
    message = message_of(body)
    sign = next((one for one in SIGNS if one.fragment in message.lower()), None)
    if sign is None:
        return _by_status(status, writing)
    if sign.kind is BookingClosed:
        return BookingClosed(sign.code, _moved_to(message))
    return sign.kind(sign.code)


def _lost(status: int, writing: bool) -> CalendarError:
    code = f"server_error_{status}"
    return OutcomeUnknown(code) if writing else CalendarUnavailable(code)


def _moved_to(message: str) -> str | None:
    found = MOVED_TO.search(message)
    return found[1] if found else None


def _by_status(status: int, writing: bool) -> CalendarError:
    if status in (401, 403):
        return NotAllowed(f"not_allowed_{status}")
    if status == 404 or 300 <= status < 400:
        return CalendarUnavailable(f"wrong_address_{status}")
    return NotBookable(f"refused_{status}") if writing else CalendarUnavailable(f"refused_{status}")

"""What Cal.com writes when it refuses: fragments of its messages, each with the error of ours that it means.

Only where the status alone does not tell. Sources: tests/samples/calcom for what was recorded, else Cal.com's
source or documents. `code` is for operators and holds nothing of the message.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarError,
    NotAllowed,
    NotBookable,
    NotSupported,
    NotThere,
    ReconnectNeeded,
    SlotTaken,
)


class Sign(NamedTuple):
    """A fragment of a message, in small letters."""

    fragment: str
    kind: Callable[[str], CalendarError]
    code: str


TIMES = (
    Sign("already has booking at this time or is not available", SlotTaken, "slot_taken"),
    Sign("no_available_users_found", SlotTaken, "slot_taken"),
    Sign("hosts_unavailable_for_booking", SlotTaken, "slot_taken"),
    Sign("round_robin_host_unavailable", SlotTaken, "slot_taken"),
    Sign("booking_conflict_error", SlotTaken, "race_lost"),
    Sign("event is already booked", SlotTaken, "slot_taken"),
    Sign("already reserved by another", SlotTaken, "slot_reserved"),
    Sign("can't be booked at the", SlotTaken, "out_of_bounds"),
    Sign("booking_time_out_of_bounds", SlotTaken, "out_of_bounds"),
    Sign("not_allowed_by_restriction_schedule", SlotTaken, "out_of_bounds"),
    Sign("meeting in the past", SlotTaken, "in_the_past"),
    Sign("no more seats left", SlotTaken, "no_seats_left"),
    Sign("booking_seats_full", SlotTaken, "no_seats_left"),
    Sign("not_enough_available_seats", SlotTaken, "no_seats_left"),
    Sign("no other host is available", SlotTaken, "no_other_host"),
)

CLOSED = (
    Sign("cancelled and rescheduled already", BookingClosed, "already_moved"),
    Sign("has been cancelled", BookingClosed, "already_cancelled"),
    Sign("already been cancelled", BookingClosed, "already_cancelled"),  # a seat
    Sign("cancelled_bookings_cannot_be_rescheduled", BookingClosed, "already_cancelled"),
    Sign("has already ended", BookingClosed, "already_over"),
    Sign("already confirmed", BookingClosed, "already_confirmed"),
)

# What API v1 says with a 400, too.
GONE = (
    Sign("booking not found", BookingNotFound, "booking_missing"),
    Sign("booking_not_found", BookingNotFound, "booking_missing"),
    Sign("event_type_not_found", NotThere, "event_type_missing"),
)

# Some of these come as 401 or 403, and say nothing against the key.
REFUSED = (
    Sign("booking_limit_reached", NotBookable, "booking_limit_reached"),  # 401
    Sign("duration_limit_reached", NotBookable, "duration_limit_reached"),  # 403
    Sign("maximum number of active bookings", NotBookable, "attendee_limit_reached"),
    Sign("booker_limit_exceeded", NotBookable, "attendee_limit_reached"),
    Sign("already_signed_up", NotBookable, "already_signed_up"),
    Sign("minimum notice period", NotBookable, "too_late_to_move"),  # 403
    Sign("does not allow cancellations", NotBookable, "cancelling_disabled"),
    Sign("cancellation reason is required", NotBookable, "reason_required"),
    Sign("marked as absent after", NotBookable, "too_early_for_absence"),
    Sign("cannot use this email to create", NotBookable, "booker_blocked"),  # 403
    Sign("booker_email_blocked", NotBookable, "booker_blocked"),
    Sign("attendee email has been blocked", NotBookable, "booker_must_log_in"),  # 403
    Sign("booker_email_requires_login", NotBookable, "booker_must_log_in"),
    Sign("email_verification_required", NotBookable, "email_verification_required"),
    Sign("invalid_verification_code", NotBookable, "wrong_verification_code"),
    Sign("invalid verification code", NotBookable, "wrong_verification_code"),
    Sign("validating the verification code", NotBookable, "wrong_verification_code"),
    Sign("missing attendee phone number", NotBookable, "phone_required"),
    Sign("missing required booking field", NotBookable, "required_field_missing"),
    Sign("{email}error_required_field", NotBookable, "email_required"),  # a phone number alone
    Sign("error_required_field", NotBookable, "required_field_missing"),
    Sign("for booking field", NotBookable, "bad_field_answer"),
    Sign("email_validation_error", NotBookable, "bad_email"),
    Sign("emails_must_be_unique_valid", NotBookable, "guests_known_already"),
    Sign("invalid event length", NotBookable, "length_not_offered"),
    Sign("'lengthinminutes'", NotBookable, "length_not_offered"),
    Sign("booking location with type", NotBookable, "location_not_offered"),
    Sign("parent managed event type", NotBookable, "managed_parent"),
    Sign("only supported for team event types", NotBookable, "team_event_types_only"),
    Sign("event_type_no_hosts", NotBookable, "no_hosts"),
    Sign("has no hosts", NotBookable, "no_hosts"),
    Sign("not a valid round robin host", NotBookable, "not_a_host_of_it"),
    Sign("invalid_round_robin_host", NotBookable, "not_a_host_of_it"),
    Sign("invalid seatuid", NotBookable, "seat_missing"),
    Sign("seated", NotBookable, "seats_not_offered"),
    Sign("not part of a recurring booking", NotBookable, "not_recurring"),
    Sign("payment_", NotBookable, "payment_required"),
    Sign("private_link_expired", NotBookable, "link_expired"),
    Sign("invalid time range", NotBookable, "bad_time_range"),
    Sign("event type with this slug", NotBookable, "slug_taken"),
    Sign("webhook with this subscriber url already", NotBookable, "webhook_known_already"),
    Sign("webhook url is not allowed", NotBookable, "webhook_address_refused"),
)

ACCESS = (
    Sign("access_token_is_expired", NotAllowed, "token_expired"),  # 498
    Sign("invalid api key", NotAllowed, "bad_key"),
    Sign("api key is not valid", NotAllowed, "bad_key"),
    Sign("api key is expired", NotAllowed, "key_expired"),
    Sign("invalid access token", NotAllowed, "bad_token"),
    Sign("invalid_access_token", NotAllowed, "bad_token"),
    Sign("no authentication method provided", NotAllowed, "no_credentials"),
    Sign("no authentication provided", NotAllowed, "no_credentials"),
    Sign("no apikey provided", NotAllowed, "no_credentials"),  # API v1
    Sign("apikey is not valid", NotAllowed, "bad_key"),  # API v1
    Sign("apikey is expired", NotAllowed, "key_expired"),  # API v1
    Sign("invalid_grant", ReconnectNeeded, "reconnect"),
    Sign("invalid_client", NotAllowed, "bad_client"),
    Sign("unauthorized_client", NotAllowed, "bad_client"),
    Sign("insufficient_scope", NotAllowed, "scope_missing"),
    Sign("checkbookingrequiresauthentication", NotAllowed, "for_hosts_only"),
    Sign("reservationduration can only be used", NotAllowed, "for_members_only"),
    Sign("not owner of event type", NotAllowed, "for_members_only"),
    Sign("not a host of this event", NotAllowed, "for_hosts_only"),
    Sign("not authorized to confirm", NotAllowed, "for_hosts_only"),
    Sign("credentials do not belong to you", NotAllowed, "not_yours"),
    Sign("does not own schedule", NotAllowed, "not_yours"),
    Sign("is not the owner of", NotAllowed, "not_yours"),
)

# Within a 404 only: what of Cal.com's is not there. "Cannot GET /v2/…" is an endpoint that the server lacks.
NOT_THERE = (
    Sign("cannot get /", NotSupported, "no_such_endpoint"),
    Sign("cannot post /", NotSupported, "no_such_endpoint"),
    Sign("cannot patch /", NotSupported, "no_such_endpoint"),
    Sign("cannot put /", NotSupported, "no_such_endpoint"),
    Sign("cannot delete /", NotSupported, "no_such_endpoint"),
    Sign("booking with uid", BookingNotFound, "booking_missing"),
    Sign("booking with bookinguid", BookingNotFound, "booking_missing"),
    Sign("booking with id", BookingNotFound, "booking_missing"),
    Sign("booking with seatuid", BookingNotFound, "booking_missing"),
    Sign("event type", NotThere, "event_type_missing"),
    Sign("user with", NotThere, "user_missing"),
    Sign("team with", NotThere, "team_missing"),
    Sign("organization with", NotThere, "organization_missing"),
    Sign("schedule with", NotThere, "schedule_missing"),
    Sign("webhook", NotThere, "webhook_missing"),
    Sign("private link", NotThere, "link_missing"),
    Sign(" not found", NotThere, "missing"),
    Sign("does not exist", NotThere, "missing"),
)

"""What each recorded refusal of Cal.com means to us."""

import pytest

from bot.calcom.errors import error_of, message_of
from bot.scheduling.errors import (
    BookingClosed,
    BookingNotFound,
    CalendarUnavailable,
    NotAllowed,
    NotBookable,
    OutcomeUnknown,
    SlotTaken,
)
from tests.contracts.calcom.recorded import Exchange, exchange, session

MEANINGS = {
    SlotTaken: """
        bookings-create-double-booking-other-attendee bookings-create-double-booking-same-attendee
        bookings-create-in-the-past bookings-create-outside-hours
        bookings-create-overlap-other-event-type bookings-create-race-4-parallel.1
        bookings-create-race-4-parallel.2 bookings-create-race-4-parallel.3
        bookings-create-race-identical-2-parallel.1 bookings-create-seat-full
        bookings-create-weekend bookings-create-too-soon-minimum-notice
        bookings-race-double-reschedule-same-time.2 bookings-reschedule-in-the-past
        bookings-reschedule-outside-hours bookings-reschedule-to-taken-slot
        reservations-create-booked-slot reservations-create-custom-duration
        reservations-create-same-slot-again
    """,
    NotBookable: """
        bookings-cancel-disabled bookings-cancel-no-reason-with-key bookings-create-bad-email
        bookings-create-bad-language bookings-create-bad-start bookings-create-bad-timezone
        bookings-create-empty-body bookings-create-length-on-fixed-event
        bookings-create-limit-reached bookings-create-location-not-offered
        bookings-create-malformed-json bookings-create-metadata-not-string
        bookings-create-metadata-value-too-long bookings-create-missing-attendee
        bookings-create-missing-event-type bookings-create-missing-required-field
        bookings-create-missing-start bookings-create-no-attendee-email
        bookings-create-no-version-header bookings-create-phone-only-attendee
        bookings-create-unknown-event-type bookings-create-unknown-extra-fields
        bookings-create-variable-length-not-allowed bookings-create-version-2026-02-25
        bookings-reschedule-missing-start reservations-create-bad-start
        reservations-create-unknown-event event-types-get-not-found event-types-get-other-users
        slots-unknown-event-type
    """,
    BookingClosed: """
        bookings-cancel-old-uid-of-rescheduled bookings-cancel-past bookings-cancel-twice
        bookings-confirm-twice bookings-reschedule-cancelled bookings-reschedule-old-uid-again
    """,
    BookingNotFound: "bookings-cancel-bad-uid bookings-get-bad-uid bookings-reschedule-bad-uid",
    NotAllowed: """
        auth-api-key-in-query auth-bearer-without-cal-prefix auth-expired-api-key
        auth-invalid-api-key auth-lowercase-bearer-scheme auth-missing
        bookings-confirm-other-users-key bookings-create-requires-auth-none
        bookings-create-requires-auth-other-user bookings-create-with-invalid-key
        bookings-list-no-auth reservations-create-custom-duration-no-auth
        reservations-create-custom-duration-other-user
    """,
    CalendarUnavailable: """
        bookings-list-filter-bad-date bookings-list-filter-bad-status
        bookings-list-filter-take-too-big event-types-get-not-a-number rate-limit-exceeded
        route-unknown slots-bad-date slots-bad-timezone slots-missing-end slots-missing-selector
        slots-no-version-header slots-unknown-username slots-version-2026-02-25
    """,
}
MEANING = {name: kind for kind, names in MEANINGS.items() for name in names.split()}
REFUSED = [one for one in session() if one.status >= 400]


def meant(one: Exchange, *, writing: bool | None = None):
    sends = one.method != "GET" if writing is None else writing
    return error_of(one.status, one.answer, writing=sends)


@pytest.mark.parametrize("one", REFUSED, ids=str)
def test_every_recorded_refusal_has_its_meaning(one: Exchange):
    assert type(meant(one)) is MEANING[one.name]


@pytest.mark.parametrize("one", REFUSED, ids=str)
def test_the_message_of_an_error_quotes_nothing(one: Exchange):
    code = str(meant(one))

    assert code == code.lower()
    assert not set(code) & set("@ =,{}'")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bookings-cancel-disabled", "cancelling_disabled"),
        ("bookings-cancel-no-reason-with-key", "reason_required"),
        ("bookings-create-limit-reached", "booking_limit_reached"),
        ("bookings-create-missing-required-field", "required_field_missing"),
        ("bookings-create-bad-email", "bad_email"),
        ("bookings-create-length-on-fixed-event", "length_not_offered"),
        ("bookings-create-variable-length-not-allowed", "length_not_offered"),
        ("bookings-create-unknown-event-type", "event_type_missing"),
        ("bookings-create-too-soon-minimum-notice", "out_of_bounds"),
        ("bookings-create-in-the-past", "in_the_past"),
        ("bookings-cancel-twice", "already_cancelled"),
        ("bookings-reschedule-old-uid-again", "already_moved"),
        ("bookings-create-unknown-extra-fields", "refused_400"),
    ],
)
def test_the_message_of_an_error_is_a_code_for_operators(name: str, code: str):
    assert str(meant(exchange(name))) == code


def test_where_a_booking_was_moved_to_is_told_but_not_in_the_message():
    one = exchange("bookings-reschedule-old-uid-again")
    error = meant(one)

    assert isinstance(error, BookingClosed)
    assert error.moved_to == "71Cu42bD2Qnkb43V1p4X1y"
    assert error.moved_to not in str(error)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_broken_server_leaves_a_write_unknown_and_a_read_unanswered(status: int):
    assert isinstance(error_of(status, None, writing=True), OutcomeUnknown)
    assert isinstance(error_of(status, None, writing=False), CalendarUnavailable)


def test_too_many_requests_means_that_nothing_was_written():
    error = error_of(429, exchange("rate-limit-exceeded").answer, writing=True, retry_after=60)

    assert isinstance(error, CalendarUnavailable)
    assert error.retry_after == 60


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "wrapped"}}, "wrapped"),
        ({"statusCode": 409, "message": "bare"}, "bare"),
        ({"message": ["one", "two"]}, "one, two"),
        ({"error": {"message": ["one", "two"]}}, "one, two"),
        ({"error": "a word"}, ""),
        ({"message": {"not": "text"}}, ""),
        (["a list"], ""),
        (None, ""),
    ],
)
def test_messages_are_found_in_either_shape(body: object, message: str):
    assert message_of(body) == message


@pytest.mark.parametrize(
    ("status", "kind"), [(401, NotAllowed), (403, NotAllowed), (404, CalendarUnavailable)]
)
def test_a_proxys_page_is_judged_by_its_status(status: int, kind: type):
    assert type(error_of(status, None, writing=False)) is kind


def test_a_redirect_is_a_wrong_address():
    assert isinstance(error_of(302, None, writing=True), CalendarUnavailable)

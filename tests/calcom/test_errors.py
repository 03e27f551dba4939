"""What each refusal of Cal.com means to us. The table: tests/samples/calcom/errors.toml."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calcom.errors import error_of, message_of, refuses_credentials
from bot.calcom.signs import ACCESS, CLOSED, GONE, NOT_THERE, REFUSED, TIMES
from bot.scheduling import errors
from bot.scheduling.errors import BookingClosed, CalendarError, CalendarUnavailable
from tests.contracts.calcom.recorded import SAMPLES, Exchange, exchange, session

TABLE = tomllib.loads(SAMPLES.joinpath("errors.toml").read_text("utf-8"))
RECORDED, TOLD = TABLE["recorded"], TABLE["told"]
REFUSED_THERE = [one for one in session() if one.status >= 400]


def meant(one: Exchange) -> CalendarError:
    return error_of(one.status, one.answer, writing=one.method != "GET")


def body_of(row: dict) -> object:
    if "message" in row:
        wrapped = {"code": "SomeException", "message": row["message"], "details": {"message": row["message"]}}
        return {"status": "error", "path": "/v2/bookings/secret-uid", "error": wrapped}
    return {"statusCode": row["status"], "message": row["bare"]} if "bare" in row else row.get("body")


def told(row: dict) -> CalendarError:
    return error_of(row["status"], body_of(row), writing=row.get("writing", True))


def named(row: dict) -> str:
    return f"{row['status']}-{row['code']}"


def test_every_recorded_refusal_is_in_the_table_and_nothing_else():
    assert set(RECORDED) == {one.name for one in REFUSED_THERE}


@pytest.mark.parametrize("one", REFUSED_THERE, ids=str)
def test_every_recorded_refusal_has_its_meaning(one: Exchange):
    error = meant(one)

    assert [type(error).__name__, str(error)] == RECORDED[one.name]


@pytest.mark.parametrize("row", TOLD, ids=named)
def test_every_refusal_that_is_told_of_has_its_meaning(row: dict):
    error = told(row)

    assert (type(error).__name__, str(error)) == (row["kind"], row["code"])
    assert getattr(error, "moved_to", None) == row.get("moved_to")


@pytest.mark.parametrize("error", [*map(meant, REFUSED_THERE), *map(told, TOLD)], ids=str)
def test_the_message_of_an_error_quotes_nothing(error: CalendarError):
    code = str(error)

    assert code == code.lower()
    assert not set(code) & set("@ =,{}'./")


def test_the_table_has_every_kind_that_an_answer_can_mean():
    never_answered = {"CalendarError", "BookingBusy", "NotWritten", "StrangeAnswer"}
    kinds = {name for name, one in vars(errors).items() if isinstance(one, type)}
    of_calendars = {name for name in kinds if issubclass(getattr(errors, name), CalendarError)}

    assert {row["kind"] for row in TOLD} == of_calendars - never_answered


@pytest.mark.parametrize(
    "sign", [*TIMES, *CLOSED, *GONE, *REFUSED, *ACCESS, *NOT_THERE], ids=lambda one: one.fragment
)
def test_a_sign_is_written_as_it_is_looked_for(sign):
    assert sign.fragment == sign.fragment.lower()
    assert sign.code == sign.code.lower()


def test_no_sign_stands_in_the_way_of_a_later_one():
    signs = (*TIMES, *CLOSED, *GONE, *REFUSED, *ACCESS, *NOT_THERE)
    hidden = [
        (first.fragment, later.fragment)
        for place, first in enumerate(signs)
        for later in signs[place + 1 :]
        if first.fragment in later.fragment
    ]

    assert hidden == []


def test_where_a_booking_was_moved_to_is_told_but_not_in_the_message():
    error = meant(exchange("bookings-reschedule-old-uid-again"))

    assert isinstance(error, BookingClosed)
    assert error.moved_to == "71Cu42bD2Qnkb43V1p4X1y"
    assert error.moved_to not in error.for_operators


def test_too_many_requests_means_that_nothing_was_written():
    error = error_of(429, exchange("rate-limit-exceeded").answer, writing=True, retry_after=60)

    assert isinstance(error, CalendarUnavailable)
    assert error.retry_after == 60


@pytest.mark.parametrize("row", TOLD, ids=named)
def test_every_error_keeps_the_requests_id_for_the_operator_and_out_of_its_message(row: dict):
    error = error_of(row["status"], body_of(row), writing=True, request_id="689702d3-b0dd-46fc")

    assert error.request_id == "689702d3-b0dd-46fc"
    assert error.for_operators.endswith("request_id=689702d3-b0dd-46fc")
    assert "689702d3" not in str(error)


@pytest.mark.parametrize(
    ("name", "is_bad"),
    [
        ("auth-invalid-api-key", True),
        ("auth-expired-api-key", True),
        ("auth-bearer-without-cal-prefix", True),
        ("auth-missing", True),
        ("bookings-create-limit-reached", False),
        ("bookings-create-requires-auth-none", False),
        ("bookings-confirm-other-users-key", False),
        ("calendars-busy-times", False),
    ],
)
def test_newer_credentials_are_fetched_only_where_the_old_ones_are_refused(name: str, is_bad: bool):
    assert refuses_credentials(meant(exchange(name))) is is_bad


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": {"message": "wrapped"}}, "wrapped"),
        ({"statusCode": 409, "message": "bare"}, "bare"),
        ({"message": ["one", "two"]}, "one, two"),
        ({"error": {"message": ["one", "two"]}}, "one, two"),
        ({"error": {"details": "a text"}}, "a text"),
        ({"error": {"details": {"message": "an object"}}}, "an object"),
        ({"error": "a word"}, "a word"),
        ({"message": {"not": "text"}}, ""),
        ({"error": {"message": None, "details": [1, None, {"message": "x"}]}}, "x"),
        (["a list"], ""),
        (None, ""),
        (7, ""),
    ],
)
def test_messages_are_found_in_every_shape(body: object, message: str):
    assert message_of(body) == message


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["error", "message", "details", "errors"]), inner)
    ),
)


@settings(max_examples=60, deadline=None)
@given(status=st.integers(300, 599), body=ANYTHING, writing=st.booleans())
def test_whatever_a_server_answers_is_one_of_our_errors_and_is_not_quoted(status: int, body, writing: bool):
    error = error_of(status, body, writing=writing)

    assert isinstance(error, CalendarError)
    assert str(error).isascii()
    assert str(error) == str(error).lower()


def test_a_message_may_be_wrapped_ever_so_deep():
    body: object = "no_available_users_found"
    for _ in range(5000):
        body = [body]

    assert isinstance(error_of(400, {"message": body}, writing=True), CalendarError)

"""The samples of API v1, which come from documents: each is read, or means what it is said to mean."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.calcom.errors import error_of
from bot.calcom.v1.answers import (
    read_booking,
    read_bookings,
    read_event_types,
    read_slots,
    read_user,
)
from tests.calcom.v1.small_v1 import sample

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("one", sample("errors"), ids=lambda one: f"{one['status']}-{one['code']}")
def test_every_refusal_has_its_meaning(one: dict):
    error = error_of(one["status"], one["body"], writing=False)

    assert (type(error).__name__, str(error)) == (one["kind"], one["code"])


def test_every_answer_is_read():
    assert read_user(sample("me")).account().email == "ana@acme.example"
    assert len(read_event_types(sample("event_types"))) == 8
    assert len(read_slots(sample("slots"), HOUR)) == 3
    assert [one.id for one in read_bookings(sample("bookings"))] == [92, 90, 93]
    assert {read_booking(sample(name)).uid for name in ("booking", "created", "moved")} == {
        "bFJeNb2uX8ANpT3JL5EfXw",
        "qW3rTy",
    }


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (read_user, {"status": "success", "data": {"id": 1}}),
        (read_event_types, {"status": "success", "data": []}),
        (read_event_types, {"event_types": {}}),
        (read_bookings, {"status": "success", "data": []}),
        (read_bookings, ["a list"]),
        (lambda body: read_slots(body, HOUR), {"data": {}}),
        (lambda body: read_slots(body, HOUR), {"slots": []}),
    ],
)
def test_the_answers_of_another_api_are_refused(read, body):
    with pytest.raises(ValueError, match=r"another API version|validation error"):
        read(body)


def test_a_status_in_small_letters_is_of_another_api():
    with pytest.raises(ValueError, match="status"):
        read_booking({"booking": {**sample("booking")["booking"], "status": "accepted"}})


SCRAPS = [None, 7, "text", [], {}, [[]], [None], {"a": None}, {"a": 7}, {"a": [7]}, {"a": [{}]}]


@pytest.mark.parametrize("scrap", SCRAPS, ids=repr)
@pytest.mark.parametrize("name", ["user", "event_types", "bookings", "booking", "slots", None])
@pytest.mark.parametrize("read", [read_user, read_event_types, read_bookings, read_booking, None])
def test_no_scrap_of_an_answer_raises_anything_but_that_it_cannot_be_read(read, name: str | None, scrap):
    body = scrap if name is None else {name: scrap}

    with suppress(ValueError):  # pydantic's too
        (read or (lambda found: read_slots(found, HOUR)))(body)


def test_what_others_note_in_a_booking_is_no_request_of_ours():
    noted = {"slotwise_request_id": 5, "slotwise_title": {"not": "text"}, "other": None}
    found = read_booking({"booking": {**sample("booking")["booking"], "metadata": noted}})

    booking = found.booking(read_user(sample("me")).account())
    assert booking.request_id is None

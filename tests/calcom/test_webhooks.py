"""Recorded deliveries are read, and only those that are signed with our secret."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from bot.calcom.webhooks import BadSignature, UnreadableEvent, read_event
from tests.contracts.calcom.recorded import Delivery, deliveries, exchange

SIGNED = [name for name, one in deliveries().items() if one.is_signed]
UNSIGNED = [name for name, one in deliveries().items() if not one.is_signed]


def read(name: str):
    one = deliveries()[name]
    return read_event(one.raw, one.signature, one.secret)


def changed(name: str, *, payload: dict | None = None, **fields) -> Delivery:
    """The delivery with other contents, signed anew."""
    one = deliveries()[name]
    body = {**one.body, **fields}
    body["payload"] = {**body.get("payload", {}), **(payload or {})}
    return signed(json.dumps(body).encode(), one)


def signed(raw: bytes, like: Delivery) -> Delivery:
    signature = hmac.new(like.secret.encode(), raw, hashlib.sha256).hexdigest()
    return replace(like, raw=raw, signature=signature)


def read_again(one: Delivery):
    return read_event(one.raw, one.signature, one.secret)


@pytest.mark.parametrize(
    ("name", "news", "status"),
    [
        ("booking-created", "created", "accepted"),
        ("booking-confirmed", "created", "accepted"),
        ("booking-requested", "requested", "pending"),
        ("booking-rescheduled", "rescheduled", "accepted"),
        ("booking-cancelled", "cancelled", "cancelled"),
        ("booking-declined", "rejected", "rejected"),
        ("pending-type-rescheduled", "requested", "pending"),
    ],
)
def test_recorded_news_is_read(name: str, news: str, status: str):
    event = read(name)

    assert (event.news, event.booking.status) == (news, status)
    assert event.booking.hosts[0].email == "ada@example.com"
    assert event.booking.start < event.booking.end


@pytest.mark.parametrize("name", SIGNED)
def test_every_signed_delivery_passes_and_no_other_bytes_do(name: str):
    one = deliveries()[name]
    read(name)

    with pytest.raises(BadSignature):
        read_event(one.raw + b" ", one.signature, one.secret)
    with pytest.raises(BadSignature):
        read_event(one.raw, one.signature, one.secret + "x")


@pytest.mark.parametrize("name", UNSIGNED)
def test_a_delivery_without_a_signature_is_refused(name: str):
    with pytest.raises(BadSignature):
        read(name)


@pytest.mark.parametrize("signature", [None, "", "no-secret-provided", "sha256=x", "ä€", "0" * 64])
def test_other_signatures_are_refused(signature: str | None):
    one = deliveries()["booking-created"]

    with pytest.raises(BadSignature):
        read_event(one.raw, signature, one.secret)


def test_an_empty_secret_signs_nothing():
    one = replace(deliveries()["booking-created"], secret="")

    with pytest.raises(BadSignature):
        read_again(signed(one.raw, one))


def test_a_capital_signature_is_another():
    one = deliveries()["booking-created"]

    with pytest.raises(BadSignature):
        read_event(one.raw, one.signature.upper(), one.secret)


def test_a_move_says_what_it_was_and_who_moved_it():
    event = read("booking-rescheduled")

    recorded = exchange("bookings-reschedule").answer["data"]
    assert event.booking.uid == recorded["uid"]
    assert event.was_uid == recorded["rescheduledFromUid"] == event.booking.moved_from_uid
    assert event.was_start.isoformat() == "2026-11-23T12:30:00+00:00"
    assert event.by_email == "ada@example.com"


def test_reasons_are_told():
    assert read("booking-cancelled").booking.reason == "No longer needed"
    assert read("booking-declined").booking.reason == "Busy"


def test_our_request_id_and_title_are_read_from_the_metadata():
    noted = {"metadata": {"slotwise_request_id": "r1", "slotwise_title": "Roof"}}
    event = read_again(changed("booking-created", payload=noted))

    assert (event.booking.request_id, event.booking.title) == ("r1", "Roof")
    assert read("booking-cancelled").booking.request_id is None


def test_the_same_delivery_has_the_same_id_and_other_news_another():
    ids = {name: read(name).id for name in SIGNED if name != "no-show"}

    assert read("booking-created").id == ids["booking-created"]
    assert ids["booking-requested"] == ids["booking-requested-to-et"]  # two subscriptions, one piece of news
    assert ids["race-double-cancel"] == ids["race-double-cancel-2"]  # a millisecond apart
    names = ("booking-created", "booking-confirmed", "booking-requested", "booking-rescheduled")
    assert len({ids[name] for name in names}) == 4


def test_each_seat_of_one_booking_is_news():
    others = [{"email": "eve@example.org", "name": "Eve", "timeZone": "UTC"}]

    assert (
        read_again(changed("booking-created", payload={"attendees": others})).id != read("booking-created").id
    )


@pytest.mark.parametrize(
    "raw",
    [
        b'{"triggerEvent":"PING","createdAt":"2026-11-20T19:10:00.000Z","payload":{"type":"Test"}}',
        b'{"triggerEvent":"MEETING_ENDED","id":1,"startTime":"2026-11-20T19:10:00.000Z"}',
        b'{"triggerEvent":"SOMETHING_NEW","createdAt":"x"}',
    ],
)
def test_news_that_is_not_told_is_none(raw: bytes):
    assert read_again(signed(raw, deliveries()["booking-created"])) is None


def test_a_no_show_is_not_told():
    assert read("no-show") is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'"x"',
        b"{}",
        b'{"triggerEvent":"BOOKING_CREATED"}',
        b'{"triggerEvent":"BOOKING_CREATED","createdAt":"2026-11-20T19:10:00Z","payload":{"uid":"u"}}',
        b'{"triggerEvent":["BOOKING_CREATED"]}',
    ],
)
def test_a_signed_body_in_another_shape_is_unreadable(raw: bytes):
    with pytest.raises(UnreadableEvent):
        read_again(signed(raw, deliveries()["booking-created"]))


def test_what_is_unreadable_is_not_quoted():
    one = changed("booking-created", payload={"startTime": "jo@example.com"})

    with pytest.raises(UnreadableEvent) as caught:
        read_again(one)

    assert "jo@example.com" not in f"{caught.value} {caught.value.__cause__}"


@pytest.mark.parametrize("name", SIGNED)
def test_times_are_in_utc_in_whatever_format_they_came(name: str):
    event = read(name)

    if event:
        assert event.at.utcoffset() == event.booking.start.utcoffset()
        assert event.booking.start.tzname() == "UTC"

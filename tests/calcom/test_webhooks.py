"""Recorded deliveries are read, and only those that are signed with our secret."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import datetime

import pytest

from bot.calcom.webhooks import (
    AWAY,
    FLAT,
    HEARD,
    NO_SHOW,
    TOLD,
    BadSignature,
    Hook,
    UnreadableEvent,
    read_event,
)
from bot.scheduling.model import CalendarRef
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


def test_a_no_show_names_its_booking_and_each_mark_is_news():
    event = read("no-show")
    back = {"attendees": [{"email": "bob@example.org", "noShow": False}]}
    again = read_again(changed("no-show", createdAt="2026-11-20T19:12:00.000Z"))

    assert (event.news, event.about, event.booking) == ("no_show", "8ELzNWPaZShyK2dzxA4Nqj", None)
    assert len({event.id, again.id, read_again(changed("no-show", payload=back)).id}) == 3


@pytest.mark.parametrize(
    ("trigger", "news"),
    [
        ("BOOKING_PAID", "paid"),
        ("BOOKING_LOCATION_UPDATED", "place_changed"),
        ("BOOKING_REASSIGNED", "reassigned"),
    ],
)
def test_what_else_befalls_a_booking_is_read_as_other_news(trigger: str, news: str):
    event = read_again(changed("booking-created", triggerEvent=trigger))

    assert (event.news, event.about) == (news, read("booking-created").about)
    assert event.id != read("booking-created").id


def test_a_place_that_is_changed_back_is_news_again():
    there = changed("booking-created", triggerEvent="BOOKING_LOCATION_UPDATED")
    later = "2026-11-20T21:10:00.000Z"
    back = changed("booking-created", triggerEvent="BOOKING_LOCATION_UPDATED", createdAt=later)

    assert read_again(there).id != read_again(back).id


@pytest.mark.parametrize(
    ("trigger", "news", "at"),
    [
        ("MEETING_STARTED", "started", "2026-11-20T19:10:00Z"),
        ("MEETING_ENDED", "ended", "2026-11-20T19:40:00Z"),
    ],
)
def test_a_meeting_that_begins_or_ends_is_told_without_an_envelope(trigger: str, news: str, at: str):
    """Its `createdAt` is when it was booked, long ago: news of it are as old as their hour."""
    booking = {"id": 1, "uid": "b1", "title": "T", "createdAt": "2026-01-01T00:00:00.000Z"}
    times = {"startTime": "2026-11-20T19:10:00.000Z", "endTime": "2026-11-20T19:40:00.000Z"}
    raw = json.dumps({"triggerEvent": trigger, **booking, **times}).encode()
    event = read_again(signed(raw, deliveries()["booking-created"]))

    assert (event.news, event.about, event.at) == (news, "b1", datetime.fromisoformat(at))


def test_an_absence_is_read():
    entry = {"id": 1, "start": "2026-12-01T00:00:00.000Z", "end": "2026-12-03T23:59:59.999Z"}
    user = {"id": 1, "name": "Ada", "email": "ada@example.com", "timeZone": "Europe/Berlin"}
    body = {"triggerEvent": "OOO_CREATED", "createdAt": "2026-11-20T19:10:00.000Z"}
    raw = json.dumps(body | {"payload": {"oooEntry": entry | {"user": user}}}).encode()
    event = read_again(signed(raw, deliveries()["booking-created"]))

    assert (event.news, event.about) == ("away", "")
    assert event.away.email == "ada@example.com"
    assert event.away.start < event.away.end


def test_news_say_from_which_calendar_they_are():
    one, hook = deliveries()["booking-created"], Hook("T1", "U1", "a1")
    signature = hmac.new(hook.secret("all").encode(), one.raw, hashlib.sha256).hexdigest()
    event = read_event(one.raw, signature, "all", hook)

    assert (event.team, event.calendar) == ("T1", CalendarRef(person="U1", account="a1"))


@pytest.mark.parametrize("hook", [Hook("T1"), Hook("T1", "U1", "a1")])
def test_an_empty_secret_signs_nothing_of_a_workspace_either(hook: Hook):
    one = deliveries()["booking-created"]
    signature = hmac.new(hook.secret("").encode(), one.raw, hashlib.sha256).hexdigest()

    with pytest.raises(BadSignature):
        read_event(one.raw, signature, "", hook)


def test_each_seat_of_one_booking_is_news():
    others = [{"email": "eve@example.org", "name": "Eve", "timeZone": "UTC"}]

    assert (
        read_again(changed("booking-created", payload={"attendees": others})).id != read("booking-created").id
    )


@pytest.mark.parametrize(
    "raw",
    [
        b'{"triggerEvent":"PING","createdAt":"2026-11-20T19:10:00.000Z","payload":{"type":"Test"}}',
        b'{"triggerEvent":"FORM_SUBMITTED","id":1,"startTime":"2026-11-20T19:10:00.000Z"}',
        b'{"triggerEvent":"SOMETHING_NEW","createdAt":"x"}',
    ],
)
def test_news_that_is_not_told_is_none(raw: bytes):
    assert read_again(signed(raw, deliveries()["booking-created"])) is None


def test_all_that_cal_com_is_asked_to_tell_is_read():
    assert set(HEARD) == {*TOLD, *FLAT, NO_SHOW, AWAY}


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

    assert event.at.tzname() == "UTC"
    if event.booking:
        assert event.booking.start.tzname() == "UTC"

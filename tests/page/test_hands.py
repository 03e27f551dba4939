"""What is done to the world by hand, and what the world does not let happen."""

from datetime import timedelta

import pytest

from tests.page.means import TUESDAY

BOOK = {
    "do": "book",
    "owner": "UANA",
    "slug": "quick-chat",
    "start": "2026-07-15T12:00:00+00:00",
    "name": "Gil",
    "email": "gil@partner.example",
}


async def booked(setting) -> int:
    assert await setting.ask("outside", BOOK) == (200, {})
    return setting.calcom.bookings()[-1].id


async def test_a_booking_is_made_moved_and_cancelled_from_outside(setting):
    first = await booked(setting)

    moved = await setting.ask("outside", {"do": "move", "booking": first, "start": "2026-07-15T13:00:00Z"})
    second = setting.calcom.bookings()[-1]
    cancelled = await setting.ask("outside", {"do": "cancel", "booking": second.id})

    assert (moved, cancelled) == ((200, {}), (200, {}))
    assert second.start.hour == 13
    assert [one.status for one in setting.calcom.bookings()] == ["cancelled", "cancelled"]


@pytest.mark.parametrize(("answer", "status"), [("confirm", "accepted"), ("decline", "rejected")])
async def test_a_request_is_answered_from_outside(setting, answer, status):
    kind = next(one for one in setting.calcom.menu() if one["confirms"])
    await setting.ask("outside", BOOK | {"owner": kind["owner"], "slug": kind["slug"]})
    [asked] = setting.calcom.bookings()

    told = await setting.ask("outside", {"do": answer, "booking": asked.id})

    assert (asked.status, told) == ("pending", (200, {}))
    assert setting.calcom.bookings()[0].status == status


async def test_busy_times_and_event_types_are_added(setting):
    event_type = {"do": "event_type", "owner": "UANA", "slug": "tea", "name": "Tea", "minutes": 20}
    busy = {"do": "busy", "owner": "UANA", "start": "2026-07-15T12:00Z", "end": "2026-07-15T13:00Z"}

    assert await setting.ask("outside", event_type) == (200, {})
    assert await setting.ask("outside", busy) == (200, {})
    assert "tea" in [one["slug"] for one in setting.calcom.menu()]
    assert await setting.ask("outside", BOOK) == (409, {"error": "slot_taken"})


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"start": "2026-07-13T12:00:00Z"}, 409, "in_the_past"),
        ({"start": "2026-07-14T09:15:00Z"}, 409, "out_of_bounds"),
        ({"start": "2026-07-15T22:00:00Z"}, 409, "slot_taken"),
        ({"email": "nobody"}, 409, "invalid_email"),
        ({"slug": "nothing"}, 409, "not_found"),
        ({"owner": "UNOBODY"}, 409, "not_found"),
        ({"start": "2026-07-15T12:00:00"}, 422, "wrong_shape"),
        ({"start": "soon"}, 422, "wrong_shape"),
        ({"start": None}, 422, "wrong_shape"),
        ({"do": "burn"}, 422, "wrong_shape"),
        ({"uid": "x"}, 422, "wrong_shape"),
    ],
)
async def test_cal_coms_refusals_have_a_code_each(setting, change, status, code):
    assert await setting.ask("outside", BOOK | change) == (status, {"error": code})
    assert setting.calcom.bookings() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"start": "9999-12-31T23:59:00Z"},
        {"start": "0001-01-01T00:00:00Z"},
        {"minutes": 10**12},
        {"minutes": -5},
        {"zone": "Nowhere/At-All"},
        {"zone": "../../etc/passwd"},
    ],
)
async def test_odd_values_are_refused_and_harm_nothing(setting, change):
    status, told = await setting.ask("outside", BOOK | change)

    assert status in (409, 422), told
    assert setting.calcom.bookings() == ()
    assert (await setting.http.get("/page/calendar?viewer=UANA")).status_code == 200


@pytest.mark.parametrize("deed", ["cancel", "move", "confirm", "decline"])
async def test_what_is_over_says_so_without_a_uid(setting, deed):
    number = await booked(setting)
    await setting.ask("outside", {"do": "cancel", "booking": number})
    [booking] = setting.calcom.bookings()

    status, told = await setting.ask("outside", {"do": deed, "booking": number, "start": "2026-07-15T13:00Z"})
    unknown = await setting.ask("outside", {"do": deed, "booking": 4711, "start": "2026-07-15T13:00Z"})

    assert (status, booking.uid in told["error"]) == (409, False)
    assert deed not in ("cancel", "move") or told == {"error": "already_cancelled"}
    assert unknown == (409, {"error": "not_found"})


async def test_a_booking_that_was_moved_says_that(setting):
    number = await booked(setting)
    move = {"do": "move", "booking": number, "start": "2026-07-15T13:00:00Z"}
    await setting.ask("outside", move)

    assert await setting.ask("outside", move) == (409, {"error": "already_moved"})


async def test_trouble_is_switched_on_and_off(setting):
    for name in setting.controls.standing():
        assert await setting.ask("trouble", {"name": name, "on": True}) == (200, {})
    standing = set(setting.controls.standing().values())

    assert standing == {True}
    assert await setting.ask("trouble", {"name": "calcom_down", "on": False}) == (200, {})
    assert not setting.controls.standing()["calcom_down"]
    assert await setting.ask("trouble", {"name": "other", "on": True}) == (404, {"error": "unknown_switch"})
    assert await setting.ask("trouble", {"name": "calcom_down", "on": 1}) == (422, {"error": "wrong_shape"})


async def test_time_is_moved_forward_only(setting):
    assert await setting.ask("clock", {"minutes": 90}) == (200, {})
    assert setting.clock() == TUESDAY + timedelta(minutes=90)
    for wrong in ({"minutes": -1}, {"minutes": 0}, {"minutes": 10**9}, {}, {"minutes": 5, "zone": "UTC"}):
        assert await setting.ask("clock", wrong) == (422, {"error": "wrong_shape"})
    assert setting.clock() == TUESDAY + timedelta(minutes=90)


async def test_time_moves_to_a_change_of_the_clocks_where_there_is_one(setting):
    assert await setting.ask("clock", {"zone": "Europe/Berlin"}) == (200, {})
    assert setting.clock().isoformat() == "2026-10-25T00:00:00+00:00"
    for zone in ("Asia/Tokyo", "Nowhere/At-All", "../zones"):
        assert await setting.ask("clock", {"zone": zone}) == (409, {"error": "not_possible"})


async def test_everything_begins_again(setting):
    await booked(setting)
    await setting.ask("say", {"person": "UANA", "channel": "C0GENERAL", "text": "hello"})
    await setting.ask("clock", {"minutes": 90})

    assert await setting.ask("reset", {}) == (200, {})
    assert setting.forgotten == 1
    assert setting.clock() == TUESDAY
    assert setting.slack.messages("C0GENERAL") == ()
    assert setting.calcom.bookings() == ()


async def test_somebodys_slack_is_in_another_language_until_the_world_begins_again(setting):
    german = {"person": "UANA", "locale": "de-DE"}

    assert await setting.ask("locale", german) == (200, {})
    told = setting.slack.citizen("UANA").locale
    assert await setting.ask("locale", german | {"locale": "tlh"}) == (409, {"error": "not_possible"})
    await setting.ask("reset", {})

    assert (told, setting.slack.citizen("UANA").locale) == ("de-DE", "en-GB")

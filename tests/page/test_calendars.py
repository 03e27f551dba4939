"""A week of everybody's calendar, in the viewer's wall time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.playground.page.calendars import elsewhere, laid_out, week_bounds
from bot.playground.small_calcom import Entry


def _at(day: int, hour: int, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def _week(zone: str, now: datetime, *entries: Entry, viewer: str = "UANA", open_hours=None):
    return laid_out(entries, week_bounds(now, zone, 0), viewer=viewer, now=now, open_hours=open_hours or {})


def _booking(start: datetime, end: datetime, person: str = "UANA", status: str = "accepted") -> Entry:
    return Entry(person, "booking", start, end, "Private talk", status, "uid-1", 7, "Quick chat")


def _dates(week) -> list[str]:
    return [day["date"] for day in week["days"]]


def _spans(week) -> list[tuple[int, int, int]]:
    return [(one["day"], one["from"], one["to"]) for one in week["pieces"]]


def test_the_week_begins_on_monday_in_the_viewers_zone():
    late_sunday = datetime(2026, 7, 12, 20, 0, tzinfo=UTC)  # Monday in Tokyo already

    assert _dates(_week("Asia/Tokyo", late_sunday))[0] == "2026-07-13"
    assert _dates(_week("Europe/Berlin", _at(16, 9)))[0] == "2026-07-13"


def test_at_the_weekend_the_next_week_is_shown():
    assert _dates(_week("Europe/Berlin", _at(18, 9)))[0] == "2026-07-20"


@pytest.mark.parametrize(
    ("zone", "start"), [("Europe/Berlin", 11 * 60), ("Asia/Tokyo", 18 * 60), ("UTC", 9 * 60)]
)
def test_times_are_on_the_viewers_wall(zone, start):
    assert _spans(_week(zone, _at(14, 9), _booking(_at(14, 9), _at(14, 10)))) == [(1, start, start + 60)]


def test_what_is_booked_in_other_weeks_is_pointed_to_once_and_only_while_it_is_to_come():
    here, later = _booking(_at(14, 9), _at(14, 10)), _booking(_at(21, 9), _at(21, 10))
    both = (later, replace(later, person_id="UBEN"))  # it stands with everybody who takes part
    other = replace(here, booking_id=8)

    assert elsewhere((other, *both), _at(13, 9), "Europe/Berlin", 0) == [
        {"booking": 7, "date": "2026-07-20", "ahead": 1}
    ]
    assert elsewhere((other, *both), _at(13, 9), "Europe/Berlin", 1) == [
        {"booking": 8, "date": "2026-07-13", "ahead": 0}
    ]
    assert elsewhere((other,), _at(15, 9), "Europe/Berlin", 1) == []


def test_what_crosses_midnight_stands_in_both_days():
    week = _week("UTC", _at(14, 9), _booking(_at(14, 22), _at(15, 2)))

    assert _spans(week) == [(1, 22 * 60, 24 * 60), (2, 0, 2 * 60)]


def test_the_week_the_clocks_change_keeps_wall_times():
    in_winter = datetime(2026, 10, 28, 9, 0, tzinfo=UTC)
    midnights = week_bounds(datetime(2026, 10, 21, 9, 0, tzinfo=UTC), "Europe/Berlin", 0)
    week = _week("Europe/Berlin", in_winter, _booking(in_winter, in_winter.replace(hour=10)))

    assert midnights[-1].astimezone(UTC) - midnights[-2].astimezone(UTC) == timedelta(hours=25)
    assert _spans(week) == [(2, 10 * 60, 11 * 60)]


def test_in_the_hour_that_the_clocks_repeat_nothing_ends_before_it_begins():
    half_past_two = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # for the first time in Berlin
    now = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
    week = _week("Europe/Berlin", now, _booking(half_past_two, half_past_two + timedelta(minutes=45)))

    assert _spans(week) == [(6, 150, 195)]


def test_the_last_hour_of_a_week_of_169_hours_is_its_own():
    now = datetime(2026, 10, 21, 9, 0, tzinfo=UTC)
    late = datetime(2026, 10, 25, 22, 0, tzinfo=UTC)  # 23:00 in Berlin, on Sunday

    assert _spans(_week("Europe/Berlin", now, _booking(late, late + timedelta(hours=2)))) == [
        (6, 23 * 60, 24 * 60)
    ]


def test_a_day_without_a_midnight_ends_the_day_before_it_all_the_same():
    now = datetime(2026, 9, 2, 12, 0, tzinfo=UTC)  # Santiago's clocks jump from Saturday's 24:00 to 01:00
    night = datetime(2026, 9, 6, 2, 0, tzinfo=UTC)

    week = _week("America/Santiago", now, _booking(night, night + timedelta(hours=4)))

    assert _spans(week) == [(5, 22 * 60, 24 * 60), (6, 60, 3 * 60)]


def test_titles_are_for_those_who_take_part():
    talk = [_booking(_at(14, 9), _at(14, 10)), _booking(_at(14, 9), _at(14, 10), "UBEN")]
    lunch = Entry("UDEV", "busy", _at(14, 12), _at(14, 13), "Dentist")

    seen = _week("UTC", _at(14, 8), *talk, lunch, viewer="UBEN")["pieces"]
    hidden = _week("UTC", _at(14, 8), *talk, lunch, viewer="UCHI")["pieces"]

    assert [one["title"] for one in seen] == ["Private talk", "Private talk", ""]
    assert [one.get("event_type") for one in seen] == ["Quick chat", "Quick chat", None]
    assert [one["title"] for one in hidden] == ["", "", ""]
    assert not [one for one in hidden if "event_type" in one]


@pytest.mark.parametrize(("status", "kind"), [("accepted", "booked"), ("pending", "pending")])
def test_what_is_not_yet_accepted_says_so(status, kind):
    [piece] = _week("UTC", _at(14, 9), _booking(_at(15, 9), _at(15, 10), status=status))["pieces"]

    assert piece["kind"] == kind


def test_a_held_time_is_shown_as_held_and_cannot_be_taken_hold_of():
    hold = Entry("UBEN", "hold", _at(14, 12), _at(14, 13), "Quick chat", event_type="Quick chat")

    assert _week("UTC", _at(14, 9), hold)["pieces"] == [
        {"day": 1, "from": 720, "to": 780, "person": "UBEN", "kind": "hold", "title": ""}
    ]


def test_only_what_can_still_be_moved_or_cancelled_has_a_number():
    over, ahead = _booking(_at(14, 9), _at(14, 10)), _booking(_at(14, 11), _at(14, 12))

    pieces = _week("UTC", _at(14, 10), over, ahead)["pieces"]

    assert [one.get("booking") for one in pieces] == [None, 7]


def test_open_hours_stand_in_the_viewers_days():
    hours = {"UBEN": [(_at(14, 14), _at(14, 22))], "UCHI": [(_at(14, 0), _at(14, 8))]}

    days = _week("Asia/Tokyo", _at(14, 9), open_hours=hours)["days"]

    assert [day["open"] for day in days[:3]] == [
        {},
        {"UBEN": [[23 * 60, 24 * 60]], "UCHI": [[9 * 60, 17 * 60]]},
        {"UBEN": [[0, 7 * 60]]},
    ]


async def test_the_page_is_told_the_week_with_open_hours_and_pieces(setting):
    setting.calcom.add_busy("UANA", _at(15, 8), _at(15, 9), "Dentist")

    week = (await setting.http.get("/page/calendar?viewer=UANA&week=0")).json()

    assert _dates(week) == [f"2026-07-{day}" for day in range(13, 20)]
    assert week["zone"] == setting.slack.world.citizen("UANA").zone
    assert {"UANA", "UBEN"} <= set(week["days"][0]["open"])
    assert [one["kind"] for one in week["pieces"] if one["title"] == "Dentist"] == ["busy"]
    assert not week["days"][6]["open"]


async def test_a_change_of_the_clocks_loses_no_hour_of_the_week(setting):
    setting.clock.move(datetime(2026, 10, 21, 9, 0, tzinfo=UTC) - setting.clock())
    late = datetime(2026, 10, 25, 22, 15, tzinfo=UTC)  # 23:15 in Berlin
    setting.calcom.add_busy("UANA", late, late + timedelta(minutes=15), "Late")
    assert setting.slack.world.citizen("UANA").zone == "Europe/Berlin"

    week = (await setting.http.get("/page/calendar?viewer=UANA")).json()

    assert [(one["day"], one["from"]) for one in week["pieces"] if one["title"] == "Late"] == [(6, 1395)]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("viewer=UNOBODY", 404),
        ("", 404),
        ("viewer=UANA&week=x", 422),
        ("viewer=UANA&week=61", 422),
        ("viewer=UANA&week=--1", 422),
        ("viewer=UANA&week=-60", 200),
    ],
)
async def test_only_weeks_of_the_cast_within_a_year_or_so_are_shown(setting, query, status):
    assert (await setting.http.get(f"/page/calendar?{query}")).status_code == status

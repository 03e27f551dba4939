"""A week of everybody's calendar, in the viewer's wall time."""

from datetime import UTC, datetime

import pytest

from bot.playground.page.calendars import laid_out, week_bounds
from bot.playground.small_calcom import Entry


def _at(day: int, hour: int, month: int = 7) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def _week(zone: str, now: datetime, *entries: Entry, viewer: str = "UANA"):
    return laid_out(entries, week_bounds(now, zone, 0), viewer)


def _booking(start: datetime, end: datetime, person: str = "UANA", **more) -> Entry:
    return Entry(person, "booking", start, end, "Private talk", "accepted", "uid-1", **more)


def test_the_week_begins_on_monday_in_the_viewers_zone():
    late_sunday = datetime(2026, 7, 12, 20, 0, tzinfo=UTC)  # Monday in Tokyo already

    assert _week("Asia/Tokyo", late_sunday)["days"][0] == {"date": "2026-07-13"}
    assert _week("Europe/Berlin", _at(16, 9))["days"][0] == {"date": "2026-07-13"}


def test_at_the_weekend_the_next_week_is_shown():
    assert _week("Europe/Berlin", _at(18, 9))["days"][0] == {"date": "2026-07-20"}


@pytest.mark.parametrize(
    ("zone", "start"), [("Europe/Berlin", 11 * 60), ("Asia/Tokyo", 18 * 60), ("UTC", 9 * 60)]
)
def test_times_are_on_the_viewers_wall(zone, start):
    [piece] = _week(zone, _at(14, 9), _booking(_at(14, 9), _at(14, 10)))["pieces"]

    assert (piece["day"], piece["from"], piece["to"]) == (1, start, start + 60)


def test_what_crosses_midnight_stands_in_both_days():
    pieces = _week("UTC", _at(14, 9), _booking(_at(14, 22), _at(15, 2)))["pieces"]

    assert [(one["day"], one["from"], one["to"]) for one in pieces] == [(1, 22 * 60, 24 * 60), (2, 0, 2 * 60)]


def test_the_week_the_clocks_change_keeps_wall_times():
    in_winter = datetime(2026, 10, 28, 9, 0, tzinfo=UTC)
    midnights = week_bounds(datetime(2026, 10, 21, 9, 0, tzinfo=UTC), "Europe/Berlin", 0)
    [piece] = _week("Europe/Berlin", in_winter, _booking(in_winter, in_winter.replace(hour=10)))["pieces"]

    assert midnights[-1].astimezone(UTC) - midnights[-2].astimezone(UTC) == 25 * (_at(1, 1) - _at(1, 0))
    assert piece["from"] == 10 * 60


def test_titles_are_for_those_who_take_part():
    talk = [_booking(_at(14, 9), _at(14, 10)), _booking(_at(14, 9), _at(14, 10), "UBEN")]
    lunch = Entry("UDEV", "busy", _at(14, 12), _at(14, 13), "Dentist")

    seen = _week("UTC", _at(14, 9), *talk, lunch, viewer="UBEN")["pieces"]
    hidden = _week("UTC", _at(14, 9), *talk, lunch, viewer="UCHI")["pieces"]

    assert [one["title"] for one in seen] == ["Private talk", "Private talk", ""]
    assert [one["title"] for one in hidden] == ["", "", ""]


def test_what_is_not_yet_accepted_says_so():
    asked = Entry("UANA", "booking", _at(14, 9), _at(14, 10), "Intro call", "pending", "uid-2")

    assert _week("UTC", _at(14, 9), asked)["pieces"][0]["kind"] == "pending"

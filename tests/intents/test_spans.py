from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intents.frames import Hours, When, Window
from intents.spans import fits, narrow, spans

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
MORNING = Hours(start=8 * 60, end=12 * 60)
NIGHT = Hours(start=0, end=6 * 60)


def at(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def window(start, end, zone=BERLIN):
    return Window(start=at(start, zone), end=at(end, zone))


def wall(found, zone=BERLIN):
    return [
        tuple(f"{moment.astimezone(zone):%m-%d %H:%M}" for moment in (one.start, one.end) if moment)
        for one in found
    ]


WEEK = window("2026-07-13T00:00", "2026-07-20T00:00")


def test_a_when_that_says_nothing_accepts_all():
    assert spans(When(zone="Europe/Berlin"), WEEK) == (WEEK,)


def test_hours_are_cut_from_every_local_day():
    when = When(zone="Europe/Berlin", hours=(MORNING,))

    found = spans(when, window("2026-07-14T10:00", "2026-07-16T09:00"))

    assert wall(found) == [
        ("07-14 10:00", "07-14 12:00"),
        ("07-15 08:00", "07-15 12:00"),
        ("07-16 08:00", "07-16 09:00"),
    ]


def test_windows_are_cut_to_the_bounds_and_made_disjoint():
    windows = (window("2026-07-15T09:00", "2026-07-15T12:00"), window("2026-07-15T11:00", "2026-07-15T14:00"))

    found = spans(When(zone="Europe/Berlin", windows=windows), window("2026-07-15T10:00", "2026-07-18T00:00"))

    assert wall(found) == [("07-15 10:00", "07-15 14:00")]


def test_what_is_ruled_out_is_cut_away():
    when = When(
        zone="Europe/Berlin",
        without=(window("2026-07-13T00:00", "2026-07-15T15:00"),),
        without_hours=(Hours(start=0, end=12 * 60),),
        without_weekdays=(4, 5, 6),
    )

    assert wall(spans(when, WEEK)) == [("07-15 15:00", "07-16 00:00"), ("07-16 12:00", "07-17 00:00")]


def test_a_point_stays_a_point():
    point = Window(start=at("2026-07-15T15:00"), is_point=True)

    found = spans(When(zone="Europe/Berlin", windows=(point,)), WEEK)

    assert found == (point,)
    assert found[0].is_point


def test_a_point_that_is_ruled_out_or_outside_is_gone():
    point = Window(start=at("2026-07-15T09:00"), is_point=True)

    ruled_out = When(zone="Europe/Berlin", windows=(point,), without_hours=(MORNING,))
    outside = window("2026-07-16T00:00", "2026-07-17T00:00")

    assert spans(ruled_out, WEEK) == ()
    assert spans(When(zone="Europe/Berlin", windows=(point,)), outside) == ()


def test_an_open_window_ends_with_the_bounds():
    when = When(zone="Europe/Berlin", windows=(Window(start=at("2026-07-16T00:00")),))

    assert wall(spans(when, WEEK)) == [("07-16 00:00", "07-20 00:00")]


def test_an_open_window_is_empty_before_it_begins():
    when = When(zone="Europe/Berlin", windows=(Window(start=at("2026-08-01T00:00")),))

    assert spans(when, WEEK) == ()


def test_hours_are_those_of_the_whens_zone():
    when = When(zone="America/New_York", hours=(MORNING,))

    found = spans(when, window("2026-07-15T00:00", "2026-07-16T00:00"))

    assert wall(found) == [("07-15 14:00", "07-15 18:00")]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 5),  # 02:00 becomes 03:00
        ("Europe/Berlin", "2026-10-25", 7),  # 03:00 becomes 02:00
        ("America/New_York", "2026-03-08", 5),
        ("America/New_York", "2026-11-01", 7),
    ],
)
def test_hours_are_wall_clock_hours_when_clocks_change(zone, day, hours):
    here = ZoneInfo(zone)
    start = at(f"{day}T00:00", here)
    within = Window(start=start, end=start + timedelta(days=1))

    found = spans(When(zone=zone, hours=(NIGHT,)), within)

    assert [f"{one.end.astimezone(here):%H:%M}" for one in found] == ["06:00"]
    assert (found[0].end - found[0].start) == timedelta(hours=hours)


def test_spans_compare_as_instants_across_a_change_of_clocks():
    when = When(zone="Europe/Berlin", windows=(window("2026-10-25T00:00", "2026-10-26T00:00"),))

    (found,) = spans(when, Window(start=at("2026-10-20T00:00"), end=at("2026-10-30T00:00")))

    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=25)
    assert found.end - found.start == timedelta(hours=25)


def test_an_unknown_zone_is_read_as_utc():
    found = spans(When(zone="Nowhere/Else", hours=(MORNING,)), window("2026-07-15T00:00", "2026-07-16T00:00"))

    assert wall(found, UTC) == [("07-15 08:00", "07-15 12:00")]


def test_fits_takes_the_start_alone():
    when = When(zone="Europe/Berlin", hours=(MORNING,))

    assert fits(when, at("2026-07-15T11:59"))
    assert not fits(when, at("2026-07-15T12:00"))


def test_fits_finds_a_point():
    when = When(zone="Europe/Berlin", windows=(Window(start=at("2026-07-15T10:30"), is_point=True),))

    assert fits(when, at("2026-07-15T10:30"))
    assert not fits(when, at("2026-07-15T10:31"))


def test_the_first_thing_said_is_what_is_wanted():
    said = When(zone="Europe/Berlin", hours=(MORNING,))

    assert narrow(None, said) == said


def test_new_hours_replace_hours_and_keep_the_days():
    before = When(zone="Europe/Berlin", windows=(WEEK,), hours=(MORNING,), without_weekdays=(4,))
    said = When(zone="Europe/Berlin", hours=(Hours(start=900),))

    after = narrow(before, said)

    assert after.windows == (WEEK,)
    assert after.hours == (Hours(start=900),)
    assert after.without_weekdays == (4,)


def test_new_hours_replace_the_hours_of_a_named_day():
    before = When(zone="Europe/Berlin", windows=(window("2026-07-15T12:00", "2026-07-15T17:00"),))
    said = When(zone="Europe/Berlin", hours=(MORNING,))

    found = spans(narrow(before, said), WEEK)

    assert wall(found) == [("07-15 08:00", "07-15 12:00")]


def test_new_days_replace_days():
    before = When(zone="Europe/Berlin", windows=(WEEK,), hours=(MORNING,), hours_implied=True)
    thursday = window("2026-07-16T00:00", "2026-07-17T00:00")

    after = narrow(before, When(zone="Europe/Berlin", windows=(thursday,)))

    assert after.windows == (thursday,)


def test_hours_said_for_any_day_stay_when_another_day_is_named():
    before = When(zone="Europe/Berlin", windows=(WEEK,), hours=(MORNING,))
    thursday = window("2026-07-23T00:00", "2026-07-24T00:00")

    after = narrow(before, When(zone="Europe/Berlin", windows=(thursday,)))

    assert after.hours == (MORNING,)


def test_hours_of_one_day_go_with_it():
    before = When(zone="Europe/Berlin", windows=(window("2026-07-15T12:00", "2026-07-15T17:00"),))
    thursday = window("2026-07-16T00:00", "2026-07-17T00:00")

    found = spans(narrow(before, When(zone="Europe/Berlin", windows=(thursday,))), WEEK)

    assert wall(found) == [("07-16 00:00", "07-17 00:00")]


def test_a_new_time_of_a_day_needs_no_older_hours():
    before = When(zone="Europe/Berlin", windows=(WEEK,), hours=(MORNING,))
    point = Window(start=at("2026-07-16T15:00"), is_point=True)

    assert spans(narrow(before, When(zone="Europe/Berlin", windows=(point,))), WEEK) == (point,)


def test_exclusions_add_up():
    before = When(zone="Europe/Berlin", windows=(WEEK,), without_weekdays=(4,))

    after = narrow(before, When(zone="Europe/Berlin", without_weekdays=(0,), without_hours=(MORNING,)))

    assert after.windows == (WEEK,)
    assert after.without_weekdays == (0, 4)
    assert after.without_hours == (MORNING,)


def test_a_zone_that_was_named_stays():
    before = When(zone="Europe/London", hours=(MORNING,), zone_said=True)

    after = narrow(before, When(zone="Europe/Berlin", without_weekdays=(4,)))

    assert after.zone == "Europe/London"
    assert after.zone_said

"""Choices among times."""

from bot.scheduling.offers import choose_offer, evenly, is_within_day, kindest, nearest
from tests.skills.calendars import BERLIN, at, local, slot

DAY = tuple(slot(f"07-15 {hour:02}:{minute:02}") for hour in range(9, 17) for minute in (0, 30))


def test_the_first_of_each_half_day_and_the_last_of_one_day() -> None:
    shown = choose_offer(DAY, BERLIN)

    assert [local(one.start) for one in shown] == ["07-15 09:00", "07-15 12:00", "07-15 16:30"]


def test_a_single_half_day_is_spread_evenly() -> None:
    shown = choose_offer(DAY[:6], BERLIN)

    assert [local(one.start) for one in shown] == ["07-15 09:00", "07-15 10:00", "07-15 11:30"]


def test_half_days_are_those_of_the_zone() -> None:
    shown = choose_offer([slot("07-15 11:00"), slot("07-15 11:30")], "Asia/Tokyo", limit=1)

    assert [local(one.start, "Asia/Tokyo") for one in shown] == ["07-15 18:00"]


def test_few_slots_are_all_shown() -> None:
    assert choose_offer(DAY[:2], BERLIN) == DAY[:2]
    assert choose_offer((), BERLIN) == ()
    assert evenly(DAY[:2], 3) == DAY[:2]


def test_kindest_widens_the_day_only_where_needed() -> None:
    early, noon, late = slot("07-15 07:00"), slot("07-15 12:00"), slot("07-15 23:00")

    assert kindest([early, noon, late], [BERLIN]) == [noon]
    assert kindest([early, late], [BERLIN]) == [early]
    assert kindest([late], [BERLIN]) == [late]
    assert kindest([], [BERLIN]) == []


def test_a_usual_day_ends_at_its_last_hour() -> None:
    assert is_within_day(slot("07-15 08:00"), BERLIN)
    assert is_within_day(slot("07-15 17:30"), BERLIN)
    assert not is_within_day(slot("07-15 17:45"), BERLIN)
    assert not is_within_day(slot("07-15 07:45"), BERLIN)
    assert not is_within_day(slot("07-15 23:30", 60), BERLIN, (6, 22))


def test_nearest_first_and_the_earlier_of_two_as_near() -> None:
    shown = nearest(DAY, at("07-15 11:15"), 3)

    assert [local(one.start) for one in shown] == ["07-15 11:00", "07-15 11:30", "07-15 10:30"]

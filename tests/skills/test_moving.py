"""Where a booking is to be moved to."""

from bot.conversation.state import Move
from bot.scheduling.model import Booking
from bot.skills.common.moving import other_reading, turned, wanted
from intents.frames import More, When
from tests.skills.calendars import BERLIN, NOW, at, hours, local, point, when, window

WEDNESDAY = Booking(uid="1", title="Talk", start=at("07-15 15:00"), end=at("07-15 15:30"), status="accepted")


def starts(plan: Move, booking: Booking = WEDNESDAY) -> list[str]:
    return [local(one.start) for one in wanted(plan, booking, NOW, BERLIN).windows]


def test_a_shift_is_real_time() -> None:
    assert starts(Move(shift=90)) == ["07-15 16:30"]
    assert starts(Move(shift=-24 * 60)) == ["07-14 15:00"]


def test_a_shift_of_whole_days_keeps_the_clock_when_clocks_change() -> None:
    friday = WEDNESDAY.model_copy(update={"start": at("10-23 15:00"), "end": at("10-23 15:30")})

    assert starts(Move(shift=7 * 24 * 60), friday) == ["10-30 15:00"]


def test_without_a_time_it_is_looked_for_from_the_meetings_own_day_on() -> None:
    assert starts(Move()) == ["07-15 00:00"]


def test_a_meeting_of_today_is_not_moved_into_the_past() -> None:
    today = WEDNESDAY.model_copy(update={"start": at("07-14 15:00"), "end": at("07-14 15:30")})

    assert starts(Move(), today) == [local(NOW)]


def test_the_same_time_next_week_is_on_the_same_weekday() -> None:
    week = when(window("07-20 00:00", "07-27 00:00"))

    assert starts(Move(to=week, keeps_time=True)) == ["07-22 15:00"]


def test_the_same_time_on_days_without_that_weekday_is_on_each() -> None:
    days = when(window("07-16 00:00", "07-18 00:00"))

    assert starts(Move(to=days, keeps_time=True)) == ["07-16 15:00", "07-17 15:00"]


def test_the_same_time_is_that_of_the_clock_when_clocks_change() -> None:
    friday = WEDNESDAY.model_copy(update={"start": at("10-23 15:00"), "end": at("10-23 15:30")})
    monday = when(window("10-26 00:00", "10-27 00:00"))

    assert starts(Move(to=monday, keeps_time=True), friday) == ["10-26 15:00"]


def test_a_bare_time_means_the_meetings_own_day_and_maybe_the_next_such_time() -> None:
    plan = Move(to=when(point("07-14 16:00")))

    assert starts(plan) == ["07-15 16:00"]
    assert other_reading(plan, WEDNESDAY, NOW) == plan.to


def test_a_time_on_a_day_farther_off_is_that_day() -> None:
    plan = Move(to=when(point("07-17 16:00")))

    assert starts(plan) == ["07-17 16:00"]
    assert other_reading(plan, WEDNESDAY, NOW) is None


def test_hours_alone_are_meant_on_its_own_day_exclusions_are_not() -> None:
    assert starts(Move(to=when(hours=(hours(12, 17),)))) == ["07-15 00:00"]

    found = wanted(Move(to=when(without_hours=(hours(0, 12),))), WEDNESDAY, NOW, BERLIN)
    assert found.windows[0].end == WEDNESDAY.start.replace(day=29)
    assert found.without_hours == (hours(0, 12),)


def test_hours_go_on_to_other_days_when_its_own_is_excluded() -> None:
    found = wanted(Move(to=when(hours=(hours(12, 17),), without_weekdays=(2,))), WEDNESDAY, NOW, BERLIN)

    assert local(found.windows[0].start) == "07-15 00:00"
    assert local(found.windows[0].end or NOW) == "07-29 15:00"


def test_other_times_leave_a_single_time_and_keep_a_stretch() -> None:
    stretch: When = when(window("07-16 00:00", "07-17 00:00"))

    assert turned(Move(to=when(point("07-17 16:00"))), More()).to is None
    assert turned(Move(shift=60), More()).shift is None
    assert turned(Move(to=stretch), More(direction="later")).to == stretch

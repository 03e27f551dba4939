"""What preferences mean for the meeting that is being looked for."""

from bot.skills.common.habits import as_refinement
from intents.frames import Habit, SetPreferences
from tests.skills.calendars import BERLIN, hours


def change(*habits: Habit, **parts: object):
    return as_refinement(SetPreferences.model_validate({"habits": habits, **parts}), BERLIN)


def test_what_is_never_wanted_is_ruled_out() -> None:
    found = change(Habit(what="never", hours=(hours(0, 10),)), Habit(what="never", weekdays=(0,)))

    assert found.when.without_hours == (hours(0, 10),)
    assert found.when.without_weekdays == (0,)


def test_working_hours_are_the_hours_and_the_days_that_are_left() -> None:
    found = change(Habit(what="works", weekdays=(0, 1, 2, 3), hours=(hours(9, 17),)))

    assert found.when.hours == (hours(9, 17),)
    assert found.when.without_weekdays == (4, 5, 6)


def test_a_usual_length_is_a_length() -> None:
    assert change(minutes=25).minutes == 25


def test_what_a_wish_cannot_hold_changes_nothing() -> None:
    assert change(Habit(what="never", weekdays=(4,), hours=(hours(12, 17),))) is None
    assert change(does="show") is None
    assert change() is None

"""Rules hold where nothing else is asked for, and give way where it is; the card says which."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.skills.common.ruling import ruled
from intents import understand
from intents.frames import BookMeeting, Habit, When, Window
from intents.spans import spans
from tests.skills.calendars import BERLIN, hours

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=ZoneInfo(BERLIN))  # a Tuesday
NO_MORNINGS = Habit(what="never", hours=(hours(0, 10),))
NO_FRIDAYS = Habit(what="never", weekdays=(4,))
NO_FRIDAY_AFTERNOONS = Habit(what="never", weekdays=(4,), hours=(hours(12, 24),))
WORKS = Habit(what="works", weekdays=(0, 1, 2, 3), hours=(hours(9, 17),))


def said(text: str) -> When:
    frame = understand(f"book 30 min with <@U2> {text}", now=NOW, tz=BERLIN).frame
    assert isinstance(frame, BookMeeting)
    return frame.when or When(zone=BERLIN)


def left(when: When, day: int) -> list[tuple[str, str]]:
    """What is left of a day in July, in Berlin."""
    start = datetime(2026, 7, day, tzinfo=ZoneInfo(BERLIN))
    within = Window(start=start, end=start.replace(hour=23, minute=59))
    found = [(one.start, one.end) for one in spans(when, within)]
    zone = ZoneInfo(BERLIN)
    return [(f"{a.astimezone(zone):%H:%M}", f"{b.astimezone(zone):%H:%M}" if b else "") for a, b in found]


def test_a_rule_cuts_what_it_forbids_out_of_the_wish() -> None:
    found = ruled(said("tomorrow morning"), (NO_MORNINGS,), BERLIN, NOW)

    assert left(found.when, 15) == [("10:00", "12:00")]
    assert found.kept == (NO_MORNINGS,)


@pytest.mark.parametrize("text", ["tomorrow at 9", "tomorrow between 8 and 9"])
def test_what_is_asked_for_in_spite_of_a_rule_is_looked_for(text: str) -> None:
    when = said(text)

    found = ruled(when, (NO_MORNINGS,), BERLIN, NOW)

    assert found.when == when
    assert found.broken == (NO_MORNINGS,)


def test_a_weekday_that_is_named_beats_the_rule_against_it() -> None:
    assert ruled(said("on friday"), (NO_FRIDAYS,), BERLIN, NOW).broken == (NO_FRIDAYS,)
    assert left(ruled(said("this week"), (NO_FRIDAYS,), BERLIN, NOW).when, 17) == []


def test_hours_of_certain_weekdays_leave_other_days_alone() -> None:
    found = ruled(said("this week"), (NO_FRIDAY_AFTERNOONS,), BERLIN, NOW).when

    assert left(found, 16) == [("00:00", "23:59")]
    assert left(found, 17) == [("00:00", "12:00")]


def test_working_hours_are_what_is_left_of_a_day_and_of_a_week() -> None:
    found = ruled(When(zone=BERLIN), (WORKS,), BERLIN, NOW).when

    assert left(found, 15) == [("09:00", "17:00")]
    assert left(found, 17) == []


def test_rules_are_meant_in_the_zone_of_whose_they_are() -> None:
    found = ruled(When(zone="America/New_York"), (NO_MORNINGS, NO_FRIDAYS), BERLIN, NOW).when

    assert left(found, 15) == [("10:00", "23:59")]
    assert left(found, 17) == []


def test_also_on_the_day_when_the_clocks_change() -> None:
    autumn = datetime(2026, 10, 24, 9, 0, tzinfo=ZoneInfo(BERLIN))
    found = ruled(When(zone="America/New_York"), (NO_MORNINGS,), BERLIN, autumn).when
    day = datetime(2026, 10, 25, tzinfo=ZoneInfo(BERLIN))

    [stretch] = spans(found, Window(start=day, end=day.replace(hour=12)))

    assert stretch.start.astimezone(ZoneInfo(BERLIN)).hour == 10


def test_what_one_likes_rather_is_not_asked_for_where_hours_are_named() -> None:
    rather = Habit(what="rather", hours=(hours(13, 17),))

    assert ruled(said("tomorrow"), (rather,), BERLIN, NOW).kept == (rather,)
    assert ruled(said("tomorrow morning"), (rather,), BERLIN, NOW).kept == ()


def test_no_rules_no_words() -> None:
    assert ruled(said("tomorrow"), (), BERLIN, NOW).notes == ()

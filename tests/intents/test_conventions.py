"""What can be meant in two ways, and how a region or a person decides it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.ambiguity import both
from intents.frames import Context, Conventions

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 7, 14, 10, 0, tzinfo=BERLIN)  # a Tuesday


def heard(text, language="en", **conventions):
    context = Context(conventions=Conventions(**conventions))
    return understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context)


def starts(frame):
    return [f"{one.start:%m-%d %H:%M}" for one in frame.when.windows]


@pytest.mark.parametrize(
    ("text", "ambiguity", "either"),
    [
        ("meet <@U2> on 8/9 at 10", "date_order", ["08-09 10:00", "09-08 10:00"]),
        ("meet <@U2> 8/9/2026 at 10", "date_order", ["08-09 10:00", "09-08 10:00"]),
        ("meet <@U2> next friday at 10", "next_weekday", ["07-17 10:00", "07-24 10:00"]),
        ("meet <@U2> tomorrow at 7", "half_of_day", ["07-15 07:00", "07-15 19:00"]),
    ],
)
def test_two_readings_are_told_and_can_be_joined(text, ambiguity, either):
    understanding = heard(text)

    assert understanding.ambiguity == ambiguity
    assert len(understanding.alternatives) == 1
    assert starts(both(understanding)) == either
    assert both(understanding).when.unsure == ambiguity


@pytest.mark.parametrize(
    "text",
    [
        "meet <@U2> on 8/20 at 10",  # there is no 20th month
        "meet <@U2> on 8/8 at 10",
        "meet <@U2> on 8.9. at 10",
        "meet <@U2> on 2026-08-09 at 10",
        "meet <@U2> next monday at 10",  # this week's is over
        "meet <@U2> next tuesday at 10",
        "meet <@U2> friday next week at 10",
        "meet <@U2> this friday at 10",
        "meet <@U2> tomorrow at 7am",
        "meet <@U2> tomorrow at 07:00",
        "meet <@U2> tomorrow evening at 7",
        "dinner with <@U2> tomorrow at 7",
        "meet <@U2> tomorrow at 9",
        "meet <@U2> today at 7",  # the morning is over
        "what's on next friday?",
    ],
)
def test_what_is_clear_is_not_asked(text):
    understanding = heard(text)

    assert understanding.ambiguity is None
    assert understanding.alternatives == ()
    assert both(understanding) == understanding.frame


def test_of_two_readings_the_one_that_is_not_over_is_meant():
    assert starts(heard("meet <@U2> today at 7").frame) == ["07-14 19:00"]


@pytest.mark.parametrize(("language", "start"), [("en-US", "08-09 10:00"), ("en-GB", "09-08 10:00")])
def test_the_region_tells_whether_day_or_month_come_first(language, start):
    understanding = heard("meet <@U2> on 8/9 at 10", language)

    assert (starts(understanding.frame), understanding.ambiguity) == ([start], None)


@pytest.mark.parametrize(
    ("text", "conventions", "start"),
    [
        ("meet <@U2> on 8/9 at 10", {"month_first": False}, "09-08 10:00"),
        ("meet <@U2> on 8/9 at 10", {"month_first": True}, "08-09 10:00"),
        ("meet <@U2> next friday at 10", {"next_weekday": "coming"}, "07-17 10:00"),
        ("meet <@U2> next friday at 10", {"next_weekday": "week"}, "07-24 10:00"),
        ("meet <@U2> tomorrow at 6", {"first_hour": 6 * 60}, "07-15 06:00"),
        ("meet <@U2> tomorrow at 8", {"first_hour": 9 * 60}, "07-15 20:00"),
        ("meet <@U2> tomorrow afternoon", {"dayparts": {"afternoon": (13 * 60, 18 * 60)}}, "07-15 13:00"),
    ],
)
def test_a_person_decides_what_their_words_mean(text, conventions, start):
    assert starts(heard(text, **conventions).frame) == [start]

"""Dates and times of day that there are not are never passed over in silence."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.frames import BookMeeting, Context, NotUnderstood, Stop

NOW = datetime(2026, 7, 14, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def hear(text, question=None):
    return understand(text, now=NOW, tz="Europe/Berlin", context=Context(question=question))


@pytest.mark.parametrize(
    "text",
    [
        "30 min with <@U2> on 31 february",
        "30 min with <@U2> feb 30 at 3pm",
        "30 min with <@U2> from april 28 to april 31",
        "lunch with <@U2>, but not on feb 30",
        "find time with <@U2> on 2/30",
        "30 min with <@U2> on 2026-13-45",
        "30 min with <@U2> on the 32nd",
        "30 min with <@U2> on february 45",
        "30 min with <@U2> tomorrow at 25:00",
        "30 min with <@U2> monday at 9:75",
        "30 min with <@U2> tomorrow at 25",
        "30 min with <@U2> tomorrow at 13am",
        "30 min with <@U2> from 14:00 to 25:30",
        "move my 3pm with <@U2> to feb 30",
        "move my 3pm to 25:00",
        "cancel my meeting on feb 30",
        "what's on feb 30?",
    ],
)
def test_a_request_for_no_day_at_all_is_not_taken_for_any_day(text):
    heard = hear(text)

    assert heard.frame == NotUnderstood(why="impossible_time")
    assert heard.because[-1] == "time:impossible"


@pytest.mark.parametrize("question", ["offer", "confirm", "when"])
@pytest.mark.parametrize(
    "text", ["feb 30", "monday at 25:99", "how about april 31?", "at 25:00", "yes, but on feb 30"]
)
def test_an_answer_that_names_no_day_changes_and_approves_nothing(text, question):
    heard = hear(text, question)

    assert heard.frame == NotUnderstood(why="impossible_time")
    assert heard.because[-1] == "time:impossible"


@pytest.mark.parametrize(
    "text",
    [
        "30 min with <@U2> feb 29",
        "30 min with <@U2> on the 31st",
        "30 min with <@U2> at 24:00",
        "30 min with <@U2> on 12/31",
        "book the 32nd floor review with <@U2> on friday",
        "book a call with <@U2> in may, 45 people",
        "1:1 with <@U2> friday",
    ],
)
def test_what_exists_or_is_no_time_is_left_alone(text):
    assert isinstance(hear(text).frame, BookMeeting)


def test_stop_stays_stop():
    assert hear("stop it", "offer").frame == Stop()
    assert "time:impossible" not in hear("the score was 25:99").because

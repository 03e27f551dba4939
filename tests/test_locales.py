"""Clocks, plurals and weeks are those of the reader's locale; times read as their region writes them."""

from datetime import UTC, datetime, time

import pytest

from bot.conversation.locales import clock, first_weekday, plural
from bot.conversation.replies import Moment, Phrase
from bot.conversation.wording import fill
from bot.slack.dates import spelled

AFTERNOON = time(14, 5)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "14:05"),
        ("en-US", "2:05 PM"),
        ("en-GB", "14:05"),
        ("de-DE", "14:05"),
        ("xx-YY", "14:05"),
        ("", "14:05"),
        ("not a tag", "14:05"),
    ],
)
def test_a_clock_has_twelve_hours_where_people_have(language, written):
    assert clock(AFTERNOON, language) == written


def test_the_week_begins_where_it_does():
    assert [first_weekday(one) for one in ("en-US", "en-GB", "de-DE")] == [6, 0, 0]


def test_plurals_are_those_of_the_language():
    assert [plural(count, "fr-FR") for count in (0, 1, 2)] == ["one", "one", "other"]
    assert [plural(count, "de-DE") for count in (0, 1, 2)] == ["other", "one", "other"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-US", "Wed 25 Nov, 3:05 PM CET"), ("de-DE", "Mi 25. Nov, 15:05 CET")],
)
def test_a_moment_is_spelled_for_its_reader(language, words):
    at = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)
    assert spelled(Moment(at=at), "Europe/Berlin", language) == words


def test_a_number_chooses_its_form():
    said = [fill(Phrase(key="agenda.more", values={"count": count}), show=str) for count in (1, 2)]
    assert said == ["… and one more.", "… and 2 more."]

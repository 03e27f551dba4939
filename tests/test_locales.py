"""Clocks, plurals and weeks are those of the reader's locale; times read as their region writes them."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.conversation.locales import clock, first_weekday, plural
from bot.conversation.preferences import Preferences
from bot.conversation.replies import Clock, Moment, Phrase, say
from bot.conversation.wording import fill
from bot.home.preferring import told_form
from bot.reminding.due import dues
from bot.scheduling.model import Person
from bot.slack.dates import spelled
from bot.slack.text import Reader, label, mrkdwn, spoken

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


@pytest.mark.parametrize(("language", "words"), [("en-US", "3:05 PM"), ("en", "15:05"), ("de-DE", "15:05")])
def test_an_hour_of_nobodys_zone_is_written_as_its_reader_writes_it(language, words):
    phrase = say("prefer.when.before", time=Clock(at=time(15, 5)))
    ahead = {"de-DE": "vor"}.get(language, "before")

    reader = Reader(language=language)

    assert [one(phrase, reader) for one in (mrkdwn, spoken, label)] == [f"{ahead} {words}"] * 3


@pytest.mark.parametrize(
    ("locale", "days"), [("en-US", "6012345"), ("en-GB", "0123456"), ("de-DE", "0123456")]
)
def test_forms_name_the_days_from_the_first_of_the_readers_week(locale, days):
    person = Person(id="U1", name="ana", zone="Europe/Berlin", locale=locale)
    form = told_form(Preferences(team="T1", person="U1"), person)

    shown = next(one for one in form.fields if one.name == "days")

    assert "".join(option.value for option in shown.options) == days


def test_the_week_is_told_on_the_first_of_ones_days_in_ones_own_week():
    """Who works from Sunday to Thursday, where weeks begin on Sunday, is told on Sunday."""
    likes = Preferences(team="T1", person="U1", agenda_days=(6, 0, 1, 2, 3), week=time(8))
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    found = {
        locale: [
            one.at.weekday()
            for one in dues(likes, "UTC", monday, monday + timedelta(days=7), first=first_weekday(locale))
            if one.of == "week"
        ]
        for locale in ("en-US", "en-GB")
    }

    assert found == {"en-US": [6], "en-GB": [0]}


def test_a_number_chooses_its_form():
    said = [fill(Phrase(key="agenda.more", values={"count": count}), show=str) for count in (1, 2)]
    assert said == ["… and one more.", "… and 2 more."]

"""What holds for every sentence: none raises, spans are real; case, spacing and the machine say nothing."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from intents import understand
from intents.benchmark import ANSWERS
from intents.frames import Context, Question, When
from intents.lexicon import languages
from tests.intents.test_corpus import NOW, cases

if os.environ.get("SLOTWISE_TESTS_MUST_RUN") != "1":
    pytest.importorskip("hypothesis")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

settings.register_profile(
    "hearing",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=120,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("hearing")

WEEK = timedelta(days=7)
TUESDAY = datetime(2026, 7, 14, 10, 0, tzinfo=UTC)

SAID = sorted({case.values[1] for case in cases() if case.values[0] == "en"})
PIECES = sorted({piece for text in SAID for piece in text.split()})
CRUMBS = [
    "<@U2>", "<@", "<!here>", "<!date^1784120400^{date}|x>", "<https://x.example|y>", "*", "_", "~", "`",
    "```", "&gt;", "&lt;", "&#x110000;", "\n> ", "\ud800", "\x00", "\u202e", "\u200b", "\uff13", "½",
    "99999999", "1/1/1", "31.2.", "24:00", "25:61", "0", "-", "--", ":calendar:", "👍🏽", "'", '"',
    "\u201c", "(", "½h", "²", "\u0661\u0662",
]  # fmt: skip

anything = st.text(st.characters(exclude_categories=()), max_size=60)
long_anything = st.builds(lambda text, times: (text * times)[:3000], anything, st.integers(1, 300))
crumbled = st.lists(st.sampled_from([*PIECES, *CRUMBS]), max_size=14).map(" ".join)
glued = st.lists(st.sampled_from([*PIECES, *CRUMBS]), max_size=8).map("".join)
texts = st.one_of(anything, long_anything, crumbled, glued)
questions = st.sampled_from([None, *get_args(Question)])

DAYS = ["tomorrow", "friday", "on thursday", "next monday", "today", "this week", "next week", "wed or thu",
        "mon-wed next week", "the day after tomorrow", "in 3 days", "next tuesday"]  # fmt: skip
TIMES = ["", "at 3pm", "after 2", "before noon", "2-4pm", "in the afternoon", "9:30", "between 10 and 12",
         "mornings", "from 1pm for 2 hours", "not before 11"]  # fmt: skip
OPENINGS = ["book {length} with <@U2> {day} {time}", "{length} with <@U2> {day} {time} please",
            "can we meet {day} {time}?", "find {length} for <@U2> and <@U3> {day} {time}",
            "move my 3pm with <@U2> to {day} {time}", "what is on {day}", "cancel my meeting {day}",
            "are <@U2> and <@U3> free {day} {time}"]  # fmt: skip
LENGTHS = ["30 min", "an hour", "45 minutes", "1h30", "half an hour"]
built = st.builds(
    lambda opening, **parts: opening.format(**parts).replace(" ?", "?").strip(),
    st.sampled_from(OPENINGS),
    day=st.sampled_from(DAYS),
    time=st.sampled_from(TIMES),
    length=st.sampled_from(LENGTHS),
)
sentences = st.one_of(built, st.sampled_from(SAID))


def hear(text, now=NOW, tz="Europe/Berlin", language="en", question=None):
    return understand(text, now=now, tz=tz, language=language, context=Context(question=question))


@given(texts, questions, st.sampled_from(languages()))
def test_no_text_raises_and_all_answers_can_be_written_down(text, question, language):
    heard = hear(text, question=question, language=language)

    assert heard.model_dump_json()


@given(texts, st.sampled_from(sorted(ANSWERS)))
def test_no_task_raises(text, task):
    line = {"id": 1, "text": text, "lang": "en", "reference": NOW.isoformat(), "user_tz": "Europe/Berlin"}

    assert isinstance(ANSWERS[task](line), dict)


@given(st.one_of(sentences, crumbled), questions)
def test_spans_are_ordered_and_not_empty(text, question):
    for when in whens(hear(text, question=question).frame):
        for window in (*when.windows, *when.without):
            assert window.end is None or window.start < window.end
            assert window.start.utcoffset() is not None
        for hours in (*when.hours, *when.without_hours):
            assert 0 <= hours.start < hours.end <= 1440
        assert set(when.without_weekdays) <= set(range(7))


def whens(value):
    """Every When within a frame."""
    if isinstance(value, When):
        yield value
    for name in getattr(type(value), "model_fields", ()):
        yield from whens(getattr(value, name))


@given(sentences, st.sampled_from(["  ", "   ", "\t", "\u00a0", " \u200b"]), questions)
def test_spacing_says_nothing(text, space, question):
    spaced = space + text.replace(" ", space) + space

    assert hear(spaced, question=question).frame == hear(text, question=question).frame


@pytest.mark.parametrize("text", ["a0:min", "A0:MIN", "10-11 24:00", "at 24:00 or 25:00"])
def test_what_once_failed_does_not(text):
    for question in (None, "offer", "when"):
        assert all(
            hours.start < hours.end
            for when in whens(hear(text, question=question).frame)
            for hours in when.hours
        )


@given(built, questions)
def test_case_says_nothing(text, question):
    shouted = "".join(one if one.startswith("<") else one.upper() for one in re.split(r"(<[^<>]*>)", text))

    assert small(hear(shouted, question=question).frame) == small(hear(text, question=question).frame)


@given(sentences, questions)
def test_a_capital_at_the_head_says_nothing(text, question):
    capital = text[:1].upper() + text[1:]

    assert small(hear(capital, question=question).frame) == small(hear(text, question=question).frame)


def small(frame):
    """A frame with all texts in small letters."""
    return re.sub(r'"[^"]*"', lambda found: found[0].lower(), frame.model_dump_json())


@given(built, st.integers(1, 60), st.integers(0, 6), st.integers(0, 23))
def test_a_week_later_everything_relative_is_a_week_later(text, weeks, days, hours):
    now = TUESDAY + timedelta(days=days, hours=hours)

    first, later = hear(text, now=now, tz="UTC").frame, hear(text, now=now + weeks * WEEK, tz="UTC").frame

    assert moments(later) == [one and one + weeks * WEEK for one in moments(first)]
    assert type(first) is type(later)


def moments(frame):
    return [
        moment
        for when in whens(frame)
        for window in (*when.windows, *when.without)
        for moment in (window.start, window.end)
    ]


def test_the_machines_zone_says_nothing():
    program = """
import sys
from datetime import UTC, datetime
from intents import understand
for text in sys.stdin.read().splitlines():
    print(understand(text, now=datetime(2026, 7, 14, 8, tzinfo=UTC), tz="Europe/Berlin").model_dump_json())
"""
    asked = "\n".join(text for text in SAID if "\n" not in text)
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=asked, capture_output=True, text=True, check=True, env={**os.environ, "TZ": zone},
        ).stdout
        for zone in ("UTC", "Pacific/Kiritimati", "America/St_Johns")
    }  # fmt: skip

    assert len(printed) == 1
    assert "windows" in printed.pop()

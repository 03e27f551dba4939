"""Slack's text as it comes: with or without decoration, a sentence says the same."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.frames import NotUnderstood
from intents.slack_text import plain_text

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 7, 14, 10, 0, tzinfo=BERLIN)  # a Tuesday
PLAIN = 'book 30 min with <@U2> about "r & d" on wednesday at 3pm'


def hear(text):
    return understand(text, now=NOW, tz="Europe/Berlin").frame


@pytest.mark.parametrize(
    "decorated",
    [
        'book *30 min* with <@U2> about "r & d" on _wednesday_ at *_3pm_*',
        'book _*30 min*_ with <@U2|ben> about "r & d" on **wednesday** at 3pm',
        '*book 30 min with <@U2> about "r & d" on wednesday at 3pm*',
        '* book 30 min with <@U2> about "r & d" on wednesday at 3pm',
        '• book 30 min with <@U2> about "r & d" on wednesday at 3pm',
        'book 30 min with <@U2> about "r & d" on ~tuesday~ wednesday at ~5pm~ 3pm',
        'book 30 min with ~<@U3>~ <@U2> about "r & d" on wednesday at 3pm',
        'book 30 min with <@U2> about "r &amp; d" on wednesday at 3pm',
        "book 30 min with <@U2> about \u201cr & d\u201d on wednesday at 3pm",
        "book 30 min with <@U2> about \u201er & d\u201c on wednesday at 3pm",
        "book 30 min with <@U2> about \u00abr & d\u00bb on wednesday at 3pm",
        'book 30\u00a0min with <@U2>\u200b about "r & d" on wednes\u00adday at\u2003\uff13pm\ufeff',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm :calendar:',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm 📅',
        ':wave::skin-tone-3: book 30 min with <@U2> about "r & d" on wednesday at 3pm',
        '&gt; cancel my 5pm with <@U7>\nbook 30 min with <@U2> about "r & d" on wednesday at 3pm',
        '> cancel my 5pm\n> please\nbook 30 min with <@U2> about "r & d" on wednesday at 3pm',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm\n>>> cancel\n\nmy 5pm',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm ```cancel friday\nat 5```',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm `cron 5pm`',
        'book 30 min with <@U2> about "r & d" on wednesday at 3pm <https://x.example/5pm|friday 5pm>',
        'book 30 min with <@U2> about "r & d" on <!date^1784120400^{date_short} {time}|Jul 15, 9 AM>',
        'Book 30 min with <@U2> about "r & d" on Wednesday at 3 p.m.\r\n',
    ],
)
def test_decoration_says_nothing(decorated):
    assert hear(decorated) == hear(PLAIN)


@pytest.mark.parametrize(
    "unsaid",
    [
        "> book 30 min with <@U2> tomorrow",
        "&gt; book 30 min with <@U2> tomorrow",
        "&gt;&gt;&gt; book 30 min with <@U2>\ntomorrow",
        "`book 30 min with <@U2> tomorrow`",
        "```\nbook 30 min with <@U2> tomorrow\n```",
        "```book 30 min with <@U2> tomorrow",
        "~book 30 min with <@U2> tomorrow~",
        "<https://x.example|book 30 min tomorrow>",
        ":calendar:",
        "\u200b\ufeff",
        "***",
    ],
)
def test_what_is_quoted_struck_or_code_is_no_request(unsaid):
    assert isinstance(hear(unsaid), NotUnderstood)


def test_brackets_that_were_typed_mention_nobody():
    assert hear("book 30 min with &lt;@U2&gt; tomorrow").who == ()
    assert hear("book 30 min with &lt;!here&gt; tomorrow").who == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("meet ~3pm or ~4pm", "meet ~3pm or ~4pm"),
        ("3~4pm", "3~4pm"),
        ("2*3 and a_b_c", "2*3 and a_b_c"),
        (":white_check_mark:", ":white_check_mark:"),
        ("_ana_b@x.example_", "ana_b@x.example"),
        ("write to ana_@x.example", "write to ana_@x.example"),
        ("<mailto:_a@x.example|_a@x.example>", "<mailto:_a@x.example|_a@x.example>"),
        ("at&t &amp;amp; co", "at&t &amp; co"),
        ("2\ufe0f\u20e3", "2"),
        ("<!date^1784120400^{date}|x>", "2026-07-15"),
        ("<!date^1784120400^{time}|x>", "15:00"),
        ("<!date^1784120400^{ago}|an hour ago>", "an hour ago"),
        ("<!date^99999999999^{date}|then>", "5138-11-16"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_plain_words_stay_as_they_are(typed, read):
    assert plain_text(typed, BERLIN) == read


@pytest.mark.parametrize(
    "piece", ["*a ", "_", "~a ", "`a ", "<", "<@", "&am", "\n> ", "_a@", "<!date^1^", "```"]
)
def test_decoration_is_taken_off_in_linear_time(piece):
    begun = time.perf_counter()
    plain_text(piece * 3000, UTC)

    assert time.perf_counter() - begun < 0.2

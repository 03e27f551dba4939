"""What a person typed is data: nothing of it becomes a mention, a link, a channel or a line of its own."""

import random
import re

import pytest

from bot.conversation.replies import Card, Link, People, say
from bot.slack.blocks import render
from bot.slack.text import Reader, label, mrkdwn, safe_url, spoken
from tests import blocks

READER = Reader()
ATTACKS = [
    "<!channel>",
    "<@U1>",
    "<#C1>",
    "<https://evil.example|Acme>",
    "<!date^1^{time}|now>",
    "&lt;!channel&gt;",
    "a\n*Booked:* for free",
    "a\r\u2028b\x00c\x0b",
    "```",
    "~not~",
    "`x`",
    ">quote",
]


def texts(rendered):
    yield rendered["text"]
    for block in rendered["blocks"]:
        for part in [block.get("text"), *block.get("elements", [])]:
            if part and part.get("type") == "mrkdwn":
                yield part["text"]


@pytest.mark.parametrize("typed", ATTACKS)
@pytest.mark.parametrize("key", ["offer.type", "booked.headline", "cancel.reason"])
def test_no_syntax_of_slacks_passes(typed, key):
    phrase = say(key, title=typed, minutes=30, reason=typed)

    rendered = render(Card(lines=(phrase,), notes=(phrase,)))

    for text in texts(rendered):
        assert "<" not in text
        assert ">" not in text
        assert len(text.splitlines()) <= 2  # the line and the note; in the top-level text both
        assert not re.search("&(?!amp;|lt;|gt;)", text)
    assert blocks.problems(rendered) == []


def test_whatever_is_typed_is_read_back_as_typed():
    dice = random.Random(5)
    for _ in range(2000):
        typed = "".join(dice.choices("<>&!@#|^*_ aé🎉;lt", k=dice.randint(1, 15)))

        text = mrkdwn(say("booked.requested", title=typed), READER)

        assert "<" not in text
        assert ">" not in text
        shown = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert " ".join(typed.split()) in shown


def test_two_titles_cannot_strike_out_what_stands_between():
    phrase = say("list.comma", first="~a", rest="b~ `c")

    assert not set("~`") & set(mrkdwn(phrase, READER))


def test_a_link_has_its_escaped_words():
    phrase = say("outcome.book_by_hand", link=Link(url="https://x.example/a?b=1&c=2", text="<Zoom> & co"))

    assert "<https://x.example/a?b=1&amp;c=2|&lt;Zoom&gt; &amp; co>" in mrkdwn(phrase, READER)
    assert "<Zoom> & co" in label(phrase, READER)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "slack://open",
        "//evil.example",
        "http://",
        "mailto:a@b",
        "",
        "http://[",
        "ftp://x",
    ],
)
def test_only_web_addresses_become_links(url):
    assert safe_url(url) is None
    assert "<" not in mrkdwn(say("outcome.book_by_hand", link=Link(url=url, text="here")), READER)


def test_no_address_ends_its_link_early():
    url = safe_url("https://x.example/a|b>c<d e\n?q=\"'")

    assert url == "https://x.example/a%7Cb%3Ec%3Cde?q=%22'"


def test_only_true_ids_are_mentioned():
    people = People(ids=("UANA", "U1><!channel"), names=("Eve <!here>",))

    text = mrkdwn(say("booked.who", who=people), READER)

    assert "<@UANA>, U1&gt;&lt;!channel, Eve &lt;!here&gt;" in text
    assert "<@UANA>" in spoken(say("booked.who", who=people), READER)

import random

import pytest

from bot.slack.incoming import mentions, plain_words

SAID = {
    "<@U0BOT> 30 min with <@U2>": "30 min with <@U2>",
    "hey <@U0BOT|slotwise>, book <@U2|ana> <@U0BOT>": "hey , book <@U2>",
    "R&amp;D sync, 3 &lt; 4 &gt; 2": "R&D sync, 3 < 4 > 2",
    "write &amp;lt; please": "write &lt; please",
    "with <mailto:Ana.Weber@x.example|Ana.Weber@x.example>": "with Ana.Weber@x.example",
    "about <https://x.example/a?b=1&amp;c=2|the plan>": "about the plan",
    "about <https://x.example/a?b=1&amp;c=2>": "about https://x.example/a?b=1&c=2",
    "in <#C1|general> or <#C2> or <#C3|>": "in #general or #C2 or #C3",
    "all of <!subteam^S1|@eng>": "all of <!subteam^S1>",
    "call it <!channel> or <!here|here>": "call it @channel or here",
    "at <!date^1780000000^{time}|10:00>": "at 10:00",
    "two\nlines  here": "two\nlines here",
    "": "",
    "<@U0BOT>": "",
    "<>": "",
}


@pytest.mark.parametrize(("raw", "words"), SAID.items())
def test_slacks_notation_becomes_words(raw, words):
    assert plain_words(raw, "U0BOT") == words


@pytest.mark.parametrize(
    "typed",
    [
        "&lt;@U2&gt;",
        "&lt;!channel&gt;",
        "&lt;!subteam^S1&gt;",
        "&lt;#C1&gt;",
        "&lt;<@U0BOT>@U2&gt;",
        "&lt;<https://x.example|@U2&gt;>",
        "<https://x.example|&lt;@U2&gt;>",
        "&lt;<mailto:@U2|x>&gt;",
        "\ue000@U2\ue001",
        "<@U2",
    ],
)
def test_what_was_typed_never_becomes_a_mention(typed):
    words = plain_words(typed, "U0BOT")

    assert not any(code in words for code in ("<@", "<!", "<#"))


def test_no_mention_is_made_up_whatever_is_said():
    dice = random.Random(7)
    parts = [
        "&lt;",
        "&gt;",
        "&amp;",
        "<",
        ">",
        "@U2",
        "|",
        "<@U0BOT>",
        "!channel",
        "#C1",
        "^",
        " ",
        "lt;",
        "x",
    ]
    for _ in range(3000):
        raw = "".join(dice.choices(parts, k=dice.randint(1, 12)))

        words = plain_words(raw, "U0BOT")

        assert words.count("<@") <= raw.count("<@")
        assert "<!" not in words
        assert "<#" not in words


def test_a_mention_is_told_from_a_longer_id():
    assert mentions("hi <@U1|ana>", "U1")
    assert not mentions("hi <@U12>", "U1")
    assert not mentions("hi &lt;@U1&gt;", "U1")

"""What is read out of a message that somebody wants to have scheduled: data, and never an order."""

from datetime import UTC, datetime

import pytest

from bot.conversation.turns import Quoted
from bot.quoting import as_wish, invited, read, title_of
from intents.frames import BookMeeting, Mention

TUESDAY = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)


def wish_in(text: str, *, now: datetime = TUESDAY) -> BookMeeting:
    """As the skill gets it, said on Tuesday in Berlin."""
    return as_wish(read(text, TUESDAY, "Europe/Berlin", "en").frame, text, now)


def users(*ids: str) -> tuple[Mention, ...]:
    return tuple(Mention(kind="user", value=one) for one in ids)


@pytest.mark.parametrize(
    "text",
    [
        "cancel my next meeting",
        "move it to friday",
        "yes",
        "disconnect my calendar",
        "delete everything",
        "undo",
        "The printer is broken again",
        "accept it",
    ],
)
def test_no_word_of_it_is_an_order(text):
    wish = wish_in(text)

    assert wish.kind == "book"
    assert wish.title


def test_a_question_without_a_verb_that_we_know_gives_length_times_and_title():
    wish = wish_in("Hey <@U2>, do you have half an hour this week to go over the pricing page?")

    assert (wish.minutes, wish.title) == (30, "pricing page")
    assert wish.when
    assert wish.when.windows[0].end == datetime(2026, 7, 19, 22, 0, tzinfo=UTC)


def test_an_answer_that_names_a_time_gives_that_time():
    wish = wish_in("tomorrow at 3 works for me")

    assert wish.when
    assert wish.when.windows[0].start == datetime(2026, 7, 15, 13, 0, tzinfo=UTC)


def test_times_that_are_over_by_now_are_left_out():
    later = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)

    assert wish_in("let's meet tomorrow at 3", now=later).when is None
    assert wish_in("let's meet tomorrow afternoon", now=later).when is None
    assert wish_in("let's meet asap", now=later).when is not None


def test_who_said_it_and_who_is_named_come_but_not_twice_and_not_the_speaker():
    quoted = Quoted(
        channel="C1", ts="1784019600.000100", author="U1", text="<@U2> and <@U3|dev>, <@U2>? <@U9> too"
    )

    assert invited(BookMeeting(), quoted, "U9") == users("U1", "U2", "U3")


def test_whoever_is_to_stay_away_stays_away():
    text = "let's meet tomorrow with <@U2> but without <@U3>"
    quoted = Quoted(channel="C1", ts="1784019600.000100", author="U1", text=text)

    assert invited(wish_in(text), quoted, "U1") == users("U2")


def test_a_bare_name_counts_where_nobody_else_is():
    alone = Quoted(channel="C1", ts="1784019600.000100", author="U1", text="lunch with Ben tomorrow")

    assert [one.value for one in invited(wish_in(alone.text), alone, "U1")] == ["Ben"]
    assert invited(wish_in(alone.text), alone, "U9") == users("U1")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", None),
        (":-)", None),
        ("<@U2> \n\nthe release\nis late", "the release"),
        ("word " * 40, "word word word word word word word word word word word …"),
    ],
)
def test_a_title_is_the_first_line_without_mentions_cut_between_words(text, title):
    assert title_of(text) == title

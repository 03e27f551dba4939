"""What was learned from examples: the file of votes, where it may come from, and what it must get right."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from intents import understand
from intents.benchmark import label_of
from intents.frames import Context
from intents.guessing import guess, votes_of
from intents.lexicon import lexicon
from intents.sentence import read_sentence
from intents.tokens import tokenize
from tests.training.rows import Row, made, of_patterns, permitted

FILE = Path(__file__).parents[2] / "intents" / "languages" / "en.votes.json"
NOW = datetime.fromisoformat("2026-07-14T10:00:00+02:00")


def heard(text, question=None, language="en"):
    context = Context.model_validate({"question": question})
    return understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context)


SAID = [
    (
        "list",
        None,
        ["what does my week look like", "when is my next meeting", "do i have anything on thursday?"],
    ),
    ("list", None, ["who is coming to the retro", "what's happening tomorrow", "when's my pottery class"]),
    ("find_slots", None, ["show me when i'm free on friday", "when do i have free time tomorrow"]),
    ("find_slots", None, ["what is my availability next week", "is my calendar free at 4?"]),
    ("book", None, ["add pottery class tomorrow at 6", "put the all-hands on my calendar for friday at 9"]),
    ("cancel", None, ["cancel my pottery class on friday", "please remove the retro from my calendar"]),
    ("reschedule", None, ["move my pottery class to friday", "push the retro back by 30 minutes"]),
    (
        "refine",
        "confirm",
        ["looks good but make it 4pm", "it should last two hours", "change the location to Cafe Uno"],
    ),
    ("refine", "offer", ["no, make it 45 minutes", "something closer to noon please"]),
    ("select", "offer", ["the second one works best", "let's go with the first one"]),
    ("more", "offer", ["are there any other times", "show me more options"]),
    ("confirm_yes", "confirm", ["yes, that sounds right", "looks perfect", "exactly right"]),
    ("confirm_no", "confirm", ["no, that's wrong", "i'm busy at that time", "you got that wrong"]),
    ("greeting", None, ["thanks for your help, that's all", "how are you today"]),
    (
        "none",
        None,
        ["find me a good sushi place", "what's the capital of norway", "remind me to water the plants"],
    ),
    (
        "none",
        None,
        ["i'm looking for things to do in oslo", "who won the match yesterday", "set a reminder for 5"],
    ),
    (
        "none",
        None,
        ["how many vacation days do i have", "will it rain on saturday", "what's my account balance"],
    ),
]


@pytest.mark.parametrize(
    ("label", "question", "text"),
    [(label, question, text) for label, question, texts in SAID for text in texts],
)
def test_a_wish_is_told_from_others(label, question, text):
    assert label_of(heard(text, question)) == label


@pytest.mark.parametrize(
    "text",
    [
        "book a flight to oslo on friday at 9",
        "remind me to call ben tomorrow at 10",
        "book a table at the restaurant for friday at 8",
        "play my meeting playlist tomorrow at 9",
        'she wrote "cancel everything tomorrow"',
        "cancel my hotel booking for friday",
        "delete my alarm for tomorrow",
    ],
)
def test_nothing_is_booked_or_cancelled_on_a_guess_about_other_things(text):
    assert heard(text).frame.kind not in ("book", "cancel", "reschedule")


def test_it_is_told_when_a_guess_decided():
    because = heard("how many vacation days do i have").because

    assert because[-1] in ("guess:none", "intent:none") or not because


def test_a_language_without_votes_is_read_by_rules_alone():
    without = replace(lexicon("en"), votes="")

    assert guess(read_sentence(tokenize("how many days"), without), None, "none") is None


def test_the_file_is_small_and_whole():
    votes = votes_of("en.votes.json")

    assert FILE.stat().st_size < 1_000_000
    assert {"book", "none", "refine"} <= set(votes.labels)
    assert any(votes.scores(votes.of(["w=meeting"])).values())
    assert not any(votes.scores(votes.of(["w=unheard of"])).values())
    assert "share-alike" not in json.loads(FILE.read_text("utf-8"))["note"].lower()


@pytest.mark.parametrize(
    ("source", "licence", "language", "is_used"),
    [
        ("botframework", "MIT", "en", True),
        ("clinc150", "CC BY 3.0", "en", True),
        ("slurp", "CC BY 4.0 (text)", "en", True),
        ("sgd", "CC BY-SA 4.0", "en", False),
        ("smcalflow", "CC BY-SA 4.0", "en", False),
        ("smcalflow", "MIT", "en", False),
        ("sgd", "CC BY 4.0", "en", False),
        ("other", "CC BY-NC 4.0", "en", False),
        ("other", "", "en", False),
        ("botframework", "MIT", "de", False),
    ],
)
def test_only_what_its_licence_allows_is_learned_from(source, licence, language, is_used):
    line = {"source": source, "license": licence, "lang": language, "text": "hi", "intent": "greeting"}

    assert list(permitted([line])) == ([line] if is_used else [])


def test_patterns_are_filled_the_same_way_every_time():
    gaps = {"day": ["monday", "{part} friday"], "part": ["early"]}

    assert made("meet {day}", gaps, 2) == made("meet {day}", gaps, 2)
    assert set(made("meet {day}", gaps, 2)) == {"meet monday", "meet early friday"}


def test_no_gap_of_a_pattern_is_left_open():
    rows = of_patterns()

    assert [row for row in rows if "{" in row.text or "}" in row.text] == []
    assert all(isinstance(row, Row) and row.label for row in rows)

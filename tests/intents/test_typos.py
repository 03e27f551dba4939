"""Slips of the finger are mended where a long word of the language can be meant, and nowhere else."""

import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.lexicon import languages, lexicon
from intents.typed import tokens_of
from intents.typos import Typos

NOW = datetime(2026, 7, 14, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Tuesday
LOOKALIKES = {
    file.stem: file.read_text("utf-8").split()
    for file in sorted((Path(__file__).parent / "lookalikes").glob("*.txt"))
}


def hear(text):
    return understand(text, now=NOW, tz="Europe/Berlin").frame


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30 min with <@U2> tommorow", "30 min with <@U2> tomorrow"),
        ("30 min with <@U2> tommorrow at 3", "30 min with <@U2> tomorrow at 3"),
        ("30 mintues with <@U2> on wendesday", "30 minutes with <@U2> on wednesday"),
        ("meetign with <@U2> thrusday aftrenoon", "meeting with <@U2> thursday afternoon"),
        ("reschdule my meetting with <@U2> to firday", "reschedule my meeting with <@U2> to friday"),
        ("cancle my 3pm", "cancel my 3pm"),
        ("cancell my meeting on tusday", "cancel my meeting on tuesday"),
        ("meet <@U2> Mondey mornign", "meet <@U2> monday morning"),
        ("meet <@U2> on the 3rd of septmber", "meet <@U2> on the 3rd of september"),
        ("meet <@U2> betwen 3 and 5 tomorrow", "meet <@U2> between 3 and 5 tomorrow"),
        ("meet <@U2> 6to8pm friday", "meet <@U2> 6 to 8pm friday"),
        ("meet <@U2> mon-fri9-5", "meet <@U2> mon-fri 9-5"),
        ("meet <@U2> tmrw@3", "meet <@U2> tomorrow @ 3"),
        ("meet <@U2> tmrw@3.30", "meet <@U2> tomorrow @ 3.30"),
        ("meet <@U2> 3pmfriday", "meet <@U2> 3pm friday"),
        ("meet <@U2> friday3pm-4pm", "meet <@U2> friday 3pm-4pm"),
        ("30min w/<@U2> 20july", "30 min w/ <@U2> 20 july"),
    ],
)
def test_a_slip_says_what_was_meant(typed, meant):
    assert hear(typed) == hear(meant)


def test_hundreds_of_words_look_like_days_and_stay_words():
    assert len(LOOKALIKES["en"]) >= 300


@pytest.mark.parametrize("language", sorted(LOOKALIKES))
def test_words_that_look_like_others_stay_words(language):
    words = lexicon(language)

    mended = {
        word: [one.norm for one in tokens_of(word, words)]
        for word in LOOKALIKES[language]
        if words.typos.meant(word.replace("'", "")) is not None
    }

    assert mended == {}


@pytest.mark.parametrize("language", languages())
def test_no_word_of_a_language_is_taken_for_a_slip(language):
    words = lexicon(language)

    assert [word for word in sorted(words.known) if words.typos.meant(word) is not None] == []


def test_a_name_is_no_day():
    assert hear("meet with Frida tomorrow").who[0].value == "Frida"
    assert hear("meet with Augusta and Augusto tomorrow").when == hear("meet with <@U2> tomorrow").when


def test_a_slip_with_two_meanings_is_left_alone():
    assert Typos(["marsday", "morsday"]).meant("mrsday") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("saturday", None), ("satudray", "saturday"), ("aturday", None), ("saturdaay", "saturday"), ("x", None)],
)
def test_one_edit_is_mended_and_the_first_letter_is_taken_as_typed(typed, meant):
    assert Typos(["saturday"]).meant(typed) == meant


def test_known_words_cost_nothing_and_others_little():
    typos = lexicon("en").typos
    begun = time.perf_counter()
    for _ in range(1000):
        typos.meant("wondrfuly")
    typos.meant("x" * 100_000)

    assert time.perf_counter() - begun < 0.1  # 100 microseconds a word would be far too much

"""A sentence that is clearly of another language than the locale says is read in that; no other is."""

import subprocess
import sys
import time
import tomllib
from datetime import datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.detecting import language_meant
from intents.lexicon import languages, lexicon
from tests.intents.test_corpus import CORPUS, cases

NOW = datetime(2026, 7, 14, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Tuesday

SAID = tomllib.loads((CORPUS / "detection.toml").read_text("utf-8"))
KNOWN = sorted(SAID)


@pytest.mark.parametrize(("given", "meant"), list(permutations(KNOWN, 2)))
def test_a_clear_sentence_is_told_whatever_the_locale_says(given, meant):
    assert [language_meant(text, lexicon(given)) for text in SAID[meant]] == [meant] * len(SAID[meant])


@pytest.mark.parametrize("given", KNOWN)
def test_a_sentence_of_the_given_language_stays_in_it(given):
    assert [language_meant(text, lexicon(given)) for text in SAID[given]] == [None] * len(SAID[given])


@pytest.mark.parametrize("language", sorted(file.name for file in CORPUS.iterdir() if file.is_dir()))
def test_no_sentence_of_a_corpus_is_taken_for_another_language(language):
    texts = {case.values[1] for case in cases() if case.values[0] == language}

    assert {text: found for text in texts if (found := language_meant(text, lexicon(language)))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<@U2>",
        "meet Domingo and Julio in San Jose tomorrow",
        "lunch at el toro with <@U2>",
        "book Le Monde interview with Marie for friday",
        "MIT",
        "10 - 12",
        "ok",
        "sprint review con todo",
        "coffee at Das Haus with <@U2|der mit dem und>",
        'a meeting called "wir sind die und der mit" tomorrow',
    ],
)
def test_names_and_crumbs_change_nothing(text):
    assert language_meant(text, lexicon("en")) is None


def test_what_is_read_is_what_the_right_locale_would_give():
    here = {"now": NOW, "tz": "Europe/Berlin"}

    found = understand("puedes reservar 30 minutos mañana con <@U2>?", language="en-US", **here)
    right = understand("puedes reservar 30 minutos mañana con <@U2>?", language="es-MX", **here)

    assert found.frame == right.frame
    assert found.because == ("language:es", *right.because)
    assert understand("30 min with <@U2> tomorrow", language="es", **here).because[0] == "language:en"
    assert understand("30 min with <@U2> tomorrow", language="ja-JP", **here).frame.minutes == 30


@pytest.mark.parametrize("language", languages())
def test_a_language_lists_the_words_that_tell_it(language):
    assert SAID[language]
    text = (CORPUS.parents[1] / "intents" / "languages" / f"{language}.toml").read_text("utf-8")
    table = tomllib.loads(text)["detection"]

    assert len(table["words"]) >= 50
    assert len(table["words"]) == len(set(table["words"]))
    assert [word for word in table["words"] if word != word.lower() or " " in word] == []


def test_other_languages_are_read_only_when_a_word_is_strange():
    program = """
from intents.detecting import _codes, language_meant
from intents.lexicon import _lexicon, lexicon
language_meant("book a meeting with <@U2> tomorrow at 3", lexicon("en"))
print(_codes.cache_info().misses, _lexicon.cache_info().misses)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["0", "1"]


def test_telling_a_language_takes_linear_time():
    given = lexicon("en")
    for piece in ("mit ", "<", '"', "a'", "é"):
        begun = time.perf_counter()
        language_meant(piece * 5000, given)
        assert time.perf_counter() - begun < 0.1

"""Single words after the slash command: each stands for a sentence that is understood as what it promises."""

from datetime import UTC, datetime

import pytest

from bot.conversation.verbs import FORMS, VERBS, form_of, spelled_out, words
from bot.conversation.wording import languages
from bot.home.clerk import NAMES as HOMES
from bot.home.preferring import MEETS, TOLD
from bot.manifest import SHORTCUTS
from bot.windows.clerk import NAMES as WINDOWS
from intents import understand
from intents.frames import Context

NOW = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
MEANS = {
    "help": "help",
    "today": "list",
    "tomorrow": "list",
    "week": "list",
    "next": "list",
    "find": "find_slots",
    "move": "reschedule",
    "cancel": "cancel",
    "accept": "accept",
    "decline": "decline",
    "undo": "undo",
    "late": "running_late",
    "place": "change_place",
    "missed": "no_show",
    "link": "share_link",
    "connect": "connect",
    "disconnect": "disconnect",
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("verb", VERBS)
def test_each_word_stands_for_a_sentence_that_is_understood(verb, language):
    shown = words(language).split(", ")[len(FORMS) + VERBS.index(verb)]

    said = spelled_out(shown, language)

    frame = understand(said, now=NOW, tz="Europe/Berlin", language=language, context=Context()).frame
    assert frame.kind == MEANS[verb]


def test_no_two_verbs_share_a_word():
    shown = words("en").split(", ")

    assert len(set(shown)) == len(shown) == len(VERBS) + len(FORMS)


@pytest.mark.parametrize("typed", ["", "  ", "?", "HELP", "help!"])
def test_nothing_and_a_question_mark_stand_for_help(typed):
    assert spelled_out(typed, "en") == "help"


@pytest.mark.parametrize("typed", ["move my 3pm to friday", "30 min with <@U2>", "x" * 5000, "late but here"])
def test_everything_else_is_as_typed(typed):
    assert spelled_out(typed, "en") == typed


def test_whoever_reads_another_language_may_use_the_english_words():
    assert spelled_out("today", "fr-FR") == spelled_out("today", "en")
    assert spelled_out("today", "de-DE") in (spelled_out("today", "en"), spelled_out("today", "de"))


def test_every_form_is_somebodys():
    assert set(FORMS.values()) == {"book.new", TOLD, MEETS}
    assert {one.partition(".")[0] for one in FORMS.values()} <= {*HOMES, *WINDOWS}


def test_some_words_open_the_same_form_as_a_shortcut():
    assert form_of(" Book ") == "book.new"
    assert form_of("book 30 min") is None
    assert "book.new" in {called for _, called, *_ in SHORTCUTS}

"""Every language says all that English says, of the same values, in the same order; nothing is left over."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from bot.conversation.wording import DEFAULT_LANGUAGE, languages, phrases

OTHERS = [code for code in languages() if code != DEFAULT_LANGUAGE]
BOT = Path(__file__).parent.parent / "bot"
# docs.slack.dev/reference/block-kit: characters
LIMITS = {
    ("Button", "label"): 75,
    ("Button", "spoken"): 75,
    ("Menu", "placeholder"): 150,
    ("SearchField", "placeholder"): 150,
    ("Option", "label"): 75,
    ("FormOption", "label"): 75,
    ("Form", "title"): 24,
    ("Form", "submit"): 24,
    ("Form", "close"): 24,
}
MARKUP = re.compile(r"[*_`]")
RENDERED = ("weekday.", "month.")  # names that a language may write in any way


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def said_of(phrase: str | dict[str, str]) -> set[str]:
    """The values of which a phrase speaks in any of its forms."""
    return fields(phrase) if isinstance(phrase, str) else set().union(*map(fields, phrase.values()))


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_phrase_and_no_other(language: str) -> None:
    english, own = phrases(DEFAULT_LANGUAGE).keys(), phrases(language).keys()

    assert (sorted(english - own), sorted(own - english)) == ([], [])


@pytest.mark.parametrize("language", OTHERS)
def test_the_phrases_of_a_language_stand_in_the_order_of_english(language: str) -> None:
    own = list(phrases(language))

    assert own == [key for key in phrases(DEFAULT_LANGUAGE) if key in own]


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_speaks_of_the_same_values_in_every_language(language: str) -> None:
    own = phrases(language)
    different = {
        key: (said_of(phrase), said_of(own[key]))
        for key, phrase in phrases(DEFAULT_LANGUAGE).items()
        if key in own and said_of(phrase) != said_of(own[key])
    }

    assert different == {}


@pytest.mark.parametrize("language", languages())
def test_a_phrase_that_counts_has_the_forms_of_its_language(language: str) -> None:
    forms = {str(form) for form in Locale.parse(language).plural_form.tags} | {"other"}
    wrong = {
        key: phrase.keys() ^ forms
        for key, phrase in phrases(language).items()
        if isinstance(phrase, dict) and phrase.keys() != forms
    }

    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_phrase_is_marked_alike_in_every_language(language: str) -> None:
    """Emphasis and lines: what is bold in English is bold, and a list stays one."""
    own = phrases(language)
    different = {
        key: (phrase, own[key])
        for key, phrase in phrases(DEFAULT_LANGUAGE).items()
        if isinstance(phrase, str) and isinstance(own.get(key), str) and not key.startswith(RENDERED)
        if marks(phrase) != marks(str(own[key]))
    }

    assert different == {}


@pytest.mark.parametrize("language", languages())
def test_labels_keep_within_what_slack_shows(language: str) -> None:
    """Of labels with values in them what the language says itself; the edge cuts what is still too long."""
    patterns = [(re.compile(pattern), limit) for pattern, limit in labels()]
    too_long = {
        (key, len(words), limit): words
        for key, phrase in phrases(language).items()
        for words in map(literal, [phrase] if isinstance(phrase, str) else phrase.values())
        for pattern, limit in patterns
        if pattern.fullmatch(key) and len(words) > limit
    }

    assert too_long == {}


def test_the_labels_of_buttons_titles_and_placeholders_are_found() -> None:
    found = {
        (key, limit) for pattern, limit in labels() for key in phrases("en") if re.fullmatch(pattern, key)
    }

    assert {("button.more", 75), ("connect.title", 24), ("ask.booking_menu", 150)} <= found


@cache
def labels() -> frozenset[tuple[str, int]]:
    """Patterns of the keys that the code gives to what has a limit at Slack, with that limit."""
    calls = (
        node
        for file in BOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    named = {(r"(\w+\.)*button\.\w+", LIMITS["Button", "label"])}
    return named | frozenset(
        (pattern, LIMITS[name, word.arg])
        for call in calls
        for name in [getattr(call.func, "id", "")]
        for word in call.keywords
        if word.arg and (name, word.arg) in LIMITS
        for pattern in keys_in(word.value)
    )


def keys_in(value: ast.expr) -> Iterator[str]:
    """What the code says by `say("key")`, also where the key is put together."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
            key = node.args[0]
            if isinstance(key, ast.Constant):
                yield re.escape(str(key.value))
            elif isinstance(key, ast.JoinedStr):
                parts = (
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"\w+"
                    for one in key.values
                )
                yield "".join(parts)


def literal(template: str) -> str:
    return MARKUP.sub("", "".join(words for words, *_ in Formatter().parse(template)))


def marks(template: str) -> list[str]:
    words = "".join(literal for literal, *_ in Formatter().parse(template))
    return sorted(MARKUP.findall(words))

"""Every language says all that English says, of the same values, in the same order; nothing is left over."""

import re
from string import Formatter

import pytest
from babel import Locale

from bot.conversation.wording import DEFAULT_LANGUAGE, languages, phrases

OTHERS = [code for code in languages() if code != DEFAULT_LANGUAGE]
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


def marks(template: str) -> list[str]:
    words = "".join(literal for literal, *_ in Formatter().parse(template))
    return sorted(MARKUP.findall(words))

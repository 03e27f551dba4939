"""Fills words into phrases. The words stand in `languages/*.toml`; a new language is a file, not code."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from string import Formatter

from bot.conversation.locales import plural
from bot.conversation.replies import Phrase, PhraseValue

DEFAULT_LANGUAGE = "en"
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})  # what CLDR calls them


def identity(text: str) -> str:
    """Leave a template's own words as they are."""
    return text


def fill(
    phrase: Phrase,
    *,
    show: Callable[[PhraseValue], str],
    language: str = DEFAULT_LANGUAGE,
    literal: Callable[[str], str] = identity,
) -> str:
    """Say a phrase: `show` renders each value for its reader, `literal` what the template says itself.

    A template that differs by number is a table (`one`, `other`, or what else CLDR calls the language's
    plurals), chosen by the phrase's `count`. Words missing in a language are taken from English. Raises
    KeyError for a phrase that no language knows.
    """
    said: list[str] = []
    for words, field in _parsed(_template(phrase, language)):
        said.append(literal(words))
        if field:
            said.append(show(phrase.values[field]))
    return "".join(said)


def plainly(key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """A phrase without values, as plain text, for places that no reader's edge renders."""
    return fill(Phrase(key=key), show=str, language=language)


@cache
def languages() -> tuple[str, ...]:
    """The codes of those that the bot speaks."""
    found = (one.name for one in files(__package__).joinpath("languages").iterdir())
    return tuple(sorted(one.removesuffix(".toml") for one in found if one.endswith(".toml")))


def _template(phrase: Phrase, language: str) -> str:
    found = phrases(language).get(phrase.key) or phrases(DEFAULT_LANGUAGE)[phrase.key]
    if isinstance(found, str):
        return found
    count = phrase.values.get("count")
    form = plural(count, language) if isinstance(count, int) else "other"
    return found.get(form, found["other"])


@cache
def _parsed(template: str) -> tuple[tuple[str, str | None], ...]:
    """A template's own words, each with the field that follows them."""
    return tuple((words, field) for words, field, _, _ in Formatter().parse(template))


@cache
def phrases(language: str) -> dict[str, str | dict[str, str]]:
    """All phrases of a language by dotted key (`offer.book`). Unknown languages have none."""
    code = language.partition("-")[0].lower()
    file = files(__package__).joinpath("languages", f"{code}.toml")
    if not file.is_file():
        return {}
    return dict(_flat(tomllib.loads(file.read_text("utf-8"))))


def _flat(table: dict[str, object], path: str = "") -> list[tuple[str, str | dict[str, str]]]:
    found: list[tuple[str, str | dict[str, str]]] = []
    for name, value in table.items():
        key = f"{path}{name}"
        if isinstance(value, dict) and not PLURALS.issuperset(value):
            found += _flat(value, f"{key}.")
        elif isinstance(value, str | dict):
            found.append((key, value))
    return found

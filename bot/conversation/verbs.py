"""Single words after the slash command: what each stands for, and which open a form. The words are data."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from bot.conversation.wording import DEFAULT_LANGUAGE, languages, plainly

VERBS: Final = (
    "help",
    "today",
    "tomorrow",
    "week",
    "next",
    "find",
    "move",
    "cancel",
    "accept",
    "decline",
    "undo",
    "late",
    "place",
    "missed",
    "link",
    "connect",
    "disconnect",
)
# Whose words open the form of that kind.
FORMS: Final = {"book": "book.new", "settings": "mine.told", "hours": "mine.meets"}
LONGEST: Final = 40  # characters of such a word


def spelled_out(text: str, language: str) -> str:
    """The sentence that a single word stands for, in the reader's language or in English.

    Everything else is given back as it was typed; nothing at all stands for help.
    """
    word = text.strip().strip(".!").casefold() or "help"
    if len(word) > LONGEST:
        return text
    return _sentences(language).get(word) or _sentences(DEFAULT_LANGUAGE).get(word) or text


def form_of(text: str) -> str | None:
    """The kind of the form that this word opens, in whatever language; None: it is no such word."""
    return _forms().get(text.strip().casefold())


def words(language: str) -> str:
    """The first word of each, to be shown: "book, today, …"."""
    names = (*FORMS, *VERBS)
    return ", ".join(next(_words(name, language)) for name in names)


@cache
def _sentences(language: str) -> Mapping[str, str]:
    return {
        word: plainly(f"verb.{verb}.means", language) for verb in VERBS for word in _words(verb, language)
    }


@cache
def _forms() -> Mapping[str, str]:
    return {
        word: form
        for language in languages()
        for verb, form in FORMS.items()
        for word in _words(verb, language)
    }


def _words(verb: str, language: str) -> Iterator[str]:
    yield from plainly(f"verb.{verb}.words", language).split(", ")

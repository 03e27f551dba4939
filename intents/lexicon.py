"""A language as data: which senses its words have. Read from `languages/`, once."""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any, Literal, NamedTuple

from intents.compounds import Compounds
from intents.phrases import Phrase, Phrases, WordSets
from intents.split_cues import SplitCue, SplitCues
from intents.tokens import Token, tokenize
from intents.typos import Typos

DEFAULT_LANGUAGE = "en"


class Order(NamedTuple):
    """Neighbours with these senses are read in another order: "semaine prochaine" as "prochaine semaine"."""

    see: tuple[frozenset[str], ...]
    say: tuple[int, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of a language."""

    language: str
    senses: Phrases
    cues: Phrases
    split_cues: SplitCues
    around: Phrases  # of what people want around the booking of meetings
    dayparts: dict[str, tuple[int, int]]  # minutes after midnight
    holidays: dict[str, dict[str, Any]]
    month_first: bool
    numbered_weekdays: bool  # a number after a weekday is its date ("mardi 3"), not an hour
    dotted: bool  # "18.6." is a day and "3." the third
    hours24: bool  # "7:00" before "20:00" is in the morning
    dashed_days: bool  # "27-12" is a day
    spelled_days: bool  # "tres de marzo" is a day
    elided: frozenset[str]  # words that an apostrophe joins to the next one
    orders: tuple[Order, ...]
    letters: tuple[str, ...]  # that count choices, in order
    words: WordSets
    picks: Phrases
    zones_alone: Phrases
    zones_with_word: Phrases
    compounds: Compounds
    zones_asked: Phrases  # places that are a zone only where the question is what time it is
    known: frozenset[str]  # every word that stands in the file
    typos: Typos
    month_first_in: frozenset[str] = frozenset()  # regions in which it is, where the language has both
    is_order_known: bool = False  # whether region or person tell if 7/8 is in July
    next_weekday: Literal["week", "coming"] | None = None  # what "next friday" means to the speaker
    first_hour: int = 7 * 60  # minutes; from then on "at 8" is in the morning
    votes: str = ""  # the file of what was learned for guessing; empty where there is none

    def size_at(self, name: str, tokens: list[Token], place: int) -> int:
        """How many tokens from here on are one entry of a list of words; 0 where none is."""
        return self.words.size_at(name, tokens, place)


def lexicon(tag: str) -> Lexicon:
    """The words of the language of a locale; English where there is no file for it."""
    return _lexicon(language_of(tag) or DEFAULT_LANGUAGE)


@cache
def _lexicon(language: str) -> Lexicon:
    table = _table(language)
    zones = tomllib.loads(files("intents").joinpath("zones.toml").read_text("utf-8"))
    elided = frozenset(table.get("elided", {}).get("words", ()))
    holidays = table.get("holidays", {})
    typos = table.get("typos", {})
    known = frozenset(_all_words(table, elided))
    senses = _phrases(table.get("sense", {}), elided)
    for name, holiday in holidays.items():
        for spelling in holiday["say"]:
            for phrase in spelled(spelling, elided):
                senses.add(phrase, "holiday", name)
    return Lexicon(
        language=language,
        senses=senses,
        cues=_phrases(table.get("cue", {}), elided),
        split_cues=SplitCues(_split_cues(table.get("split", {}))),
        around=_phrases(table.get("around", {}), elided),
        dayparts={name: (a * 60, b * 60) for name, (a, b) in table.get("dayparts", {}).items()},
        holidays=holidays,
        month_first=table.get("dates", {}).get("month_first", False),
        numbered_weekdays=table.get("dates", {}).get("numbered_weekdays", False),
        dotted=table.get("dates", {}).get("dotted", False),
        hours24=table.get("dates", {}).get("hours24", False),
        dashed_days=table.get("dates", {}).get("dashed_days", False),
        spelled_days=table.get("dates", {}).get("spelled_days", False),
        elided=elided,
        orders=tuple(_order(one) for one in table.get("order", ())),
        letters=tuple(table.get("choices", {}).get("letters", ())),
        words=WordSets(
            {name: frozenset(_normal(said, elided)) for name, said in table.get("words", {}).items()}
        ),
        picks=_phrases({"pick": table.get("pick", {})}, elided),
        zones_alone=_phrases({"zone": zones["alone"]}),
        zones_with_word=_phrases({"zone": zones["with_word"]}),
        compounds=_compounds(table.get("compounds", {}), senses),
        zones_asked=_phrases({"zone": zones["asked"]}),
        known=known,
        month_first_in=frozenset(table.get("dates", {}).get("month_first_in", ())),
        typos=Typos(_normal(typos.get("mended", ()), elided), known),
        votes=table.get("guess", {}).get("votes", ""),
    )


def _all_words(table: Any, elided: frozenset[str]) -> Iterator[str]:
    """Every word of the texts in a table and in the tables within it."""
    if isinstance(table, str):
        yield from (part for phrase in spelled(table, elided) for part in phrase)
    elif isinstance(table, dict | list):
        for one in table.values() if isinstance(table, dict) else table:
            yield from _all_words(one, elided)


def phrase_of(spelling: str, elided: frozenset[str] = frozenset()) -> Phrase:
    """A spelling as the tokens that a sentence would hold."""
    return tuple(token.norm for token in tokenize(spelling, elided))


@cache
def spelled(spelling: str, elided: frozenset[str] = frozenset()) -> tuple[Phrase, ...]:
    """A spelling as it is written, and as it is typed in haste: without accents ("manana")."""
    phrase = phrase_of(spelling, elided)
    if spelling.isascii():
        return (phrase,)
    bare = tuple(without_accents(part) for part in phrase)
    return (phrase,) if bare == phrase else (phrase, bare)


def without_accents(word: str) -> str:
    """A word in plain letters: "mañana" becomes "manana"."""
    return "".join(one for one in unicodedata.normalize("NFD", word) if not unicodedata.combining(one))


def _normal(words: Iterable[str], elided: frozenset[str]) -> Iterator[str]:
    return (" ".join(phrase) for word in words for phrase in spelled(word, elided))


def _order(table: dict[str, Any]) -> Order:
    return Order(tuple(frozenset(tags.split()) for tags in table["see"]), tuple(table["say"]))


def _phrases(tags: dict[str, dict[str, list[str]]], elided: frozenset[str] = frozenset()) -> Phrases:
    phrases = Phrases()
    for tag, values in tags.items():
        for value, spellings in values.items():
            for phrase in (one for spelling in spellings for one in spelled(spelling, elided)):
                phrases.add(phrase, tag, _value(value))
    return phrases


def _split_cues(tags: dict[str, dict[str, list[str]]]) -> Iterator[SplitCue]:
    for label, weights in tags.items():
        for weight, spellings in weights.items():
            for spelling in spellings:
                first, _, last = spelling.partition("\u2026")
                for one, other in product(spelled(first), spelled(last)):
                    yield SplitCue(label, int(weight), one, other)


def _value(text: str) -> float | str:
    digits = text.lstrip("-")
    if digits.isdigit():
        return int(text)
    return float(text) if digits.replace(".", "", 1).isdigit() else text


def _compounds(table: dict[str, list[str]], senses: Phrases) -> Compounds:
    return Compounds(table.get("first", ()), table.get("last", ()), senses.senses_of)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file, by their codes."""
    names = (file.name for file in files("intents").joinpath("languages").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def language_of(tag: str) -> str | None:
    """The language of a locale ("de" for "de-DE" or "de_AT"). None where there is no file for it."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    return code if code in languages() else None


def _table(language: str) -> dict[str, Any]:
    table = tomllib.loads(files("intents").joinpath("languages", f"{language}.toml").read_text("utf-8"))
    letters = str.maketrans(table.pop("typing", {}))
    respelled: dict[str, Any] = _respelled(table, letters) if letters else table
    return respelled


def _respelled(table: Any, letters: dict[int, str]) -> Any:
    """A table whose lists also hold the spellings of a plain keyboard: "uebermorgen" beside "übermorgen"."""
    if isinstance(table, dict):
        return {name: _respelled(one, letters) for name, one in table.items()}
    if not isinstance(table, list) or not all(isinstance(one, str) for one in table):
        return table
    return list(dict.fromkeys((*table, *(one.translate(letters) for one in table))))

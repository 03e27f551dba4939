"""Tells that a sentence is clearly of another language than the one that its speaker's locale names.

Each language file lists words that give its language away (`[detection]`). Only these are read, and only
when a sentence holds words that the given language does not know.
"""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from intents.lexicon import Lexicon, languages, spelled
from intents.tokens import READ_AT_MOST, normal

_WORD = re.compile(r"<[^<>]{0,300}>|\"[^\"]{0,150}\"|([^\W\d_]+)")
_SECTION = re.compile(r"^\[detection\]\n.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_AT_LEAST = 2  # words of the other language
_MARGIN = 2  # times as many as of the given one
_ALONE = 4  # letters of a word that tells a language by itself, where little else is said
_LITTLE = 3  # words


def language_meant(text: str, given: Lexicon) -> str | None:
    """The code of the language that a text is clearly in. None where it may well be the given one."""
    said = [word for word in _WORD.findall(normal(text[:READ_AT_MOST])) if word]
    strange = [word for word in said if word not in given.known]
    if not strange:
        return None
    hits = Counter(code for word in strange for code in _codes().get(word, ()))
    if not hits:
        return None
    (best, most), *others = hits.most_common(2)
    if others and others[0][1] == most:
        return None
    mine = given.language
    own = sum(mine in codes and best not in codes for codes in (_codes().get(word, ()) for word in said))
    if most >= _AT_LEAST:
        return best if most > _MARGIN * own else None
    tells = any(len(word) >= _ALONE and best in _codes().get(word, ()) for word in strange)
    is_all = len(said) <= _LITTLE and all(word in strange for word in said)
    return best if tells and is_all else None


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """For each word that gives languages away, their codes."""
    found: dict[str, tuple[str, ...]] = {}
    for code in languages():
        section = _SECTION.search(files("intents").joinpath("languages", f"{code}.toml").read_text("utf-8"))
        words = tomllib.loads(section[0])["detection"]["words"] if section else ()
        for word in {" ".join(phrase) for one in words for phrase in spelled(one)}:
            found[word] = (*found.get(word, ()), code)
    return found

"""The words of a language as a region and a person use them."""

from dataclasses import replace
from functools import lru_cache

from intents.frames import Conventions
from intents.lexicon import Lexicon, lexicon

_NONE = Conventions()
_TAGS_KEPT = 64


def words_of(language: str, conventions: Conventions = _NONE) -> Lexicon:
    """The words of a language tag ("en-GB") as a person means them."""
    words = _in_region(language)
    if conventions == _NONE:
        return words
    month_first = conventions.month_first
    return replace(
        words,
        dayparts={**words.dayparts, **conventions.dayparts},
        month_first=words.month_first if month_first is None else month_first,
        is_order_known=words.is_order_known or month_first is not None,
        next_weekday=conventions.next_weekday,
        first_hour=conventions.first_hour,
    )


@lru_cache(maxsize=_TAGS_KEPT)
def _in_region(tag: str) -> Lexicon:
    """The words of a locale. Its region tells whether month or day come first in "7/8", where both may."""
    words = lexicon(tag)
    region = tag.replace("_", "-").partition("-")[2].upper()
    if not words.month_first:
        return replace(words, is_order_known=True)
    return (
        replace(words, month_first=region in words.month_first_in, is_order_known=True) if region else words
    )

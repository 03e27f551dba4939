"""Knows the months of languages that have no file of their own yet ("12 juillet"), by the dateparser library.

It is asked last and rarely: importing it takes a fifth of a second, so that waits until a word needs it.
"""

from datetime import datetime
from functools import lru_cache

_LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da"]
_SETTINGS = {
    "RELATIVE_BASE": datetime(2000, 6, 15),
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
}


@lru_cache(maxsize=512)
def month_named(word: str) -> int | None:
    """The number of the month that this word names in some language. None for other words."""
    import dateparser

    found = dateparser.parse(f"1 {word} 2001", languages=_LANGUAGES, settings=_SETTINGS)
    is_date = found is not None and (found.day, found.year) == (1, 2001)
    return found.month if found is not None and is_date else None

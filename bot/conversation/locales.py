"""What a language and its region are used to, by CLDR: clocks, plurals, the first day of the week."""

from datetime import time
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_time

# Where nobody said which English it is: that of no region in particular, with a clock of 24 hours.
OF_NO_REGION: Final = {"en": "en_150"}
CLOCK_MINUTES: Final = 24 * 60


@lru_cache(256)
def locale_of(language: str) -> Locale:
    """The locale of a tag ("de-AT"), or of its language alone; English where CLDR knows neither."""
    tag = language.replace("-", "_")
    for name in (OF_NO_REGION.get(tag, tag), tag.partition("_")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(OF_NO_REGION["en"])


@lru_cache(CLOCK_MINUTES)
def clock(at: time, language: str) -> str:
    """A time of day as it is written there: "14:05", or "2:05 PM"."""
    return format_time(at, "short", locale=locale_of(language)).replace("\u202f", " ")


def plural(count: int, language: str) -> str:
    """The form that goes with so many: "one", "few", "other" and so on."""
    return str(locale_of(language).plural_form(count))


def first_weekday(language: str) -> int:
    """The day with which the week begins there; Monday is 0."""
    return int(locale_of(language).first_week_day)

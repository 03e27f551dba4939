"""Reads seasons, "this summer", "spring 2027", and finds their dates by the calendar of the northern half."""

from datetime import date

from intents.lexicon import Lexicon
from intents.times.cascade import Found, kind, sense, skip_back
from intents.times.figures import year_at
from intents.times.values import Period
from intents.tokens import Token

_STARTS = {1: (3, 20), 2: (6, 21), 3: (9, 23), 4: (12, 21)}  # month and day; 1 is spring
_LEADS = ("of", "from", "before", "after", "range", "part_of", "part_of_bare", "between", "during", "or")


def season_at(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """A season with a word that makes it a time: "next winter", "over the summer"; no "winter coat"."""
    which = sense(tokens, place, "which")
    at = place if which is None else place + 1
    season = sense(tokens, at, "season")
    if season is None:
        return None
    year, after = year_at(tokens, at + 1)
    if which is None and year is None and not _is_led(tokens, place, after):
        return None
    found = Period("season", offset=which or 0, quarter=season, year=year)
    return Found("period", found, after - place)


def _is_led(tokens: list[Token], place: int, after: int) -> bool:
    before = skip_back(tokens, place - 1, "definite")
    is_alone = before < 0 and after == len(tokens)
    is_noun = kind(tokens, after) == "word" and not tokens[after].senses
    return is_alone or (not is_noun and any(sense(tokens, before, tag) for tag in _LEADS))


def season_dates(period: Period, today: date) -> tuple[date, date]:
    """The first date of a season and the one after its last: in a year, or seen from a day."""
    season = period.quarter or 1
    if period.year is not None:
        return _dates(season, period.year)
    years = range(today.year - 2, today.year + 3)
    spans = [_dates(season, year) for year in years]
    coming = next(place for place, span in enumerate(spans) if today < span[1])
    if period.offset == 1:
        is_this_year = spans[coming][0].year == today.year and season != max(_STARTS)
        coming += is_this_year or spans[coming][0] <= today
    return spans[coming - 1 if period.offset == -1 else coming]


def _dates(season: int, year: int) -> tuple[date, date]:
    following = season % len(_STARTS) + 1
    return date(year, *_STARTS[season]), date(year + (following < season), *_STARTS[following])

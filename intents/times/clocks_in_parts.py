"""Settles the half of the day of an hour by the part of the day behind it: "5 Uhr nachmittags bis 6"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, sense, skip, skip_back, value
from intents.times.settling import HALF, within
from intents.times.values import Clock
from intents.tokens import Token

_AN_HOUR = 60  # "10 to 12 in the morning" ends at noon


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """Only inside a range; elsewhere the two are joined later, with the days beside them."""
    clock = tokens[place].value
    after = skip(tokens, place + 1, "of", "the", "in")
    times = value(tokens, after, "times")
    if (
        clock.sure
        or clock.minute % HALF < _AN_HOUR
        or times is None
        or not times.part
        or not _is_end(tokens, place, after + 1)
    ):
        return None
    return Found("clock", Clock(within(clock, times), by_part=True), after + 1 - place)


def _is_end(tokens: list[Token], place: int, after: int) -> bool:
    in_range = any(0 <= one < len(tokens) and "range" in tokens[one].senses for one in (place - 1, after))
    led = skip_back(tokens, place - 1, "the", "hour_article")
    return in_range or bool(sense(tokens, led, "between") and sense(tokens, after, "and"))


CLOCKS_IN_PARTS = Reader("clock_in_part", _read, frozenset({"clock"}), needs=frozenset({"times"}))

"""Reads all that a sentence says of time: readers in their order, each on what those before it made."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.senses import with_senses
from intents.times.bare_hours import BARE_HOURS
from intents.times.cascade import Reader, marks_of, run
from intents.times.clocks import CLOCKS
from intents.times.clocks_in_parts import CLOCKS_IN_PARTS
from intents.times.dayparts import DAYPARTS
from intents.times.days import DAYS
from intents.times.exclusions import EXCLUSIONS
from intents.times.foreign_dates import FOREIGN_DATES
from intents.times.gather import gather
from intents.times.joins import DATED, JOINS, LASTING
from intents.times.lengths import LENGTHS
from intents.times.moments import MOMENTS
from intents.times.named_periods import NAMED_PERIODS
from intents.times.numbers import NUMBERS
from intents.times.open_ends import LATE_OPEN_ENDS, OPEN_ENDS
from intents.times.periods import PERIODS
from intents.times.ranges import RANGES, SHARED_MONTHS
from intents.times.related_days import RELATED_DAYS
from intents.times.repeating import REPEATS, may_repeat, with_repeats
from intents.times.settling import FIRST_OFFICE_HOUR, from_first_hour
from intents.times.spoken_hours import SPOKEN_HOURS
from intents.times.titled import without_titles
from intents.times.values import Reading
from intents.times.word_order import in_order
from intents.times.zones import SAME_MOMENTS, ZONES
from intents.tokens import Token

# The order matters: a reader sees only what the ones before it left or made.
READERS: tuple[Reader, ...] = (
    NUMBERS,
    SPOKEN_HOURS,
    LENGTHS,
    CLOCKS,
    PERIODS._replace(name="named_week", tags=frozenset({"after_next"}), kinds=frozenset()),
    DAYS,
    DAYPARTS,
    NAMED_PERIODS,
    PERIODS,
    FOREIGN_DATES,
    RELATED_DAYS,
    MOMENTS,
    BARE_HOURS,
    CLOCKS_IN_PARTS,
    SHARED_MONTHS,
    DATED,
    ZONES,
    RANGES,
    SAME_MOMENTS,
    LASTING,
    OPEN_ENDS,
    JOINS,
    RANGES._replace(name="range_of_both", kinds=frozenset({"stretch"})),
    LATE_OPEN_ENDS,
    LASTING._replace(name="lasting_of_both"),
    EXCLUSIONS,
    REPEATS,
)


def read_times(tokens: list[Token], words: Lexicon) -> tuple[Reading, list[Token], tuple[str, ...]]:
    """What is said of time, the tokens with values in place of words, and which readers matched."""
    worded = in_order(without_titles(with_senses(tokens, words), words), words.orders)
    tokens, said = list(worded), marks_of(worded)
    present = said
    because: list[str] = []
    zone: str | None = None
    for reader in READERS:
        made = run(tokens, reader, words) if reader.may_read(present) else None
        if not made:
            continue
        present = marks_of(tokens)
        because.append(f"time:{reader.name}")
        if "zone" in made:
            zone = next((token.value.name for token in tokens if token.kind == "zone"), None)
    reading = gather(tokens, present, words, zone)
    if words.first_hour != FIRST_OFFICE_HOUR:
        reading = _from_first_hour(reading, words.first_hour)
    if may_repeat(said):
        reading = with_repeats(reading, worded, tokens)
    if reading.repeats is not None:
        because.append("time:repeats")
    return reading, tokens, tuple(because)


def _from_first_hour(reading: Reading, first_hour: int) -> Reading:
    """A reading for somebody whose day begins at that minute."""
    stretches = tuple(
        replace(one, times=from_first_hour(one.times, first_hour)) if one.times is not None else one
        for one in reading.stretches
    )
    return replace(reading, stretches=stretches)

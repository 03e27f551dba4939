"""Reads parts of the day: "afternoon", "early morning", "this evening", "tonight", "EOD"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, kind, sense, skip, value
from intents.times.settling import DAY, HALF
from intents.times.values import Day, Stretch, Times
from intents.tokens import Token


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    tonight = sense(tokens, place, "tonight")
    if tonight is not None:
        is_past = tonight == "last_night"
        times = part(tonight, words)._replace(part="night" if is_past else tonight)
        return Found("stretch", Stretch(Day(offset=-1 if is_past else 0), times), 1)
    told = _early_on(tokens, place, words)
    if told is not None:
        return told
    which = sense(tokens, place, "which")
    if which == 0 and sense(tokens, place, "this_part"):
        found = _part(tokens, place + 1, words)
        if found is not None:
            return Found("stretch", Stretch(Day(offset=0), found[0]), found[1] - place)
        return None
    found = _part(tokens, place, words)
    return Found("times", found[0], found[1] - place) if found is not None else None


def _early_on(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "early tomorrow morning", "late friday afternoon"; "early tuesday"."""
    early, day = sense(tokens, place, "early"), value(tokens, place + 1, "day")
    name = f"{early}_{sense(tokens, place + 2, 'daypart')}"
    is_day = day is not None and f"{early}_day" in words.dayparts and _is_bare(day)
    if day is not None and is_day and not sense(tokens, place + 2, "daypart"):
        return Found("stretch", Stretch(day, part(f"{early}_day", words)), 2)
    if day is None or name not in words.dayparts:
        return None
    return Found("stretch", Stretch(day, part(name, words)), 3)


def _is_bare(day: Day) -> bool:
    """Whether it is "tuesday" or "tomorrow": "late 14 may" says no part of the day."""
    return day.month is None and day.day is None and day.holiday is None


def part(name: str, words: Lexicon) -> Times:
    """A part of the day as this language's table has it."""
    start, end = words.dayparts.get(name) or words.dayparts["night"]
    return Times(start, end, part=name)


def _part(tokens: list[Token], place: int, words: Lexicon) -> tuple[Times, int] | None:
    early = sense(tokens, place, "early")
    after = skip(tokens, place + 1, "in", "the") if early else place
    name = (
        sense(tokens, after, "daypart")
        or _linked(tokens, after)
        or _meal(tokens, after)
        or _half_of(tokens, after, words)
    )
    if name is None:
        return None
    if early and f"{early}_{name}" in words.dayparts:
        name = f"{early}_{name}"
    return part(name, words), after + 1


def _linked(tokens: list[Token], place: int) -> str | None:
    """A part of the day that is one only behind a day: "Dienstag morgen"."""
    name = sense(tokens, place, "linked_part") if kind(tokens, place - 1) == "day" else None
    return str(name) if name else None


def _meal(tokens: list[Token], place: int) -> str | None:
    """A meal as a time: "after lunch", "at dinner"."""
    led = any(
        sense(tokens, place - 1, tag)
        for tag in ("after", "before", "exactly_at", "early", "during", "between", "from")
    )
    if sense(tokens, place - 1, "the"):
        led = led or any(sense(tokens, place - 2, tag) for tag in ("after", "before", "during"))
    meal = sense(tokens, place, "meal") if led else None
    return str(meal) if meal else None


def _half_of(tokens: list[Token], place: int, words: Lexicon) -> str | None:
    """The half of a day that stands before it: "monday am", "tomorrow pm"."""
    half = sense(tokens, place, "half")
    following = tokens[place + 1].norm if place + 1 < len(tokens) else ""
    if half is None or kind(tokens, place - 1) != "day" or following in words.words["speaker"]:
        return None
    return "morning" if half == "am" else "afternoon"


def at_meals(stretches: list[Stretch], tokens: list[Token], words: Lexicon) -> list[Stretch]:
    """An hour whose half was not said is the one at which the meal is taken: "dinner at 8"."""
    meal = next((token.senses["meal"] for token in tokens if "meal" in token.senses), None)
    return [_at_meal(one, part(meal, words)) for one in stretches] if meal else stretches


def _at_meal(stretch: Stretch, meal: Times) -> Stretch:
    times = stretch.times
    if times is None or times.sure or times.start is None or times.part is not None:
        return stretch
    shift = min((-HALF, 0, HALF), key=lambda shift: _distance((times.start or 0) + shift, meal))
    if not 0 <= times.start + shift < DAY:
        return stretch
    end = times.end + shift if times.end is not None else None
    return replace(stretch, times=times._replace(start=times.start + shift, end=end))


def _distance(minute: int, part: Times) -> int:
    """How many minutes a time of day lies outside a part of the day."""
    return max((part.start or 0) - minute, minute - (part.end or DAY), 0)


DAYPARTS = Reader(
    "daypart", _read, tags=frozenset({"daypart", "linked_part", "half", "meal", "tonight", "early", "which"})
)

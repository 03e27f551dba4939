"""Reads times of day that are plainly such: "3pm", "14:30", "half past 3", "10 o'clock", "noon", "9h30"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, value
from intents.times.values import Clock, Number
from intents.tokens import Token

_FIRST_SURE = 12 * 60  # a word for an earlier hour may mean both halves: "om één uur"


def clock_of(number: float) -> Clock | None:
    """A whole number as a time of day: 3, 15, 930, 1045."""
    if number != int(number) or number < 0:
        return None
    hour, minute = (int(number), 0) if number <= 24 else divmod(int(number), 100)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour * 60 + minute, sure=hour > 12 or hour == 0)


def is_past_day(tokens: list[Token], place: int) -> bool:
    """Whether two figures are no hour: "25", but "0030" is half past midnight."""
    number = value(tokens, place, "number")
    return number is not None and 24 < number.value < 100 and not number.padded


def is_padded(tokens: list[Token], place: int) -> bool:
    """Whether four figures stand here, as on a clock: "0830"."""
    number = value(tokens, place, "number")
    return number is not None and number.padded


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind == "length":
        return _minutes_past(tokens, place)
    return _past(tokens, place) or _plain(tokens, place)


def _plain(tokens: list[Token], place: int) -> Found | None:
    word = sense(tokens, place, "clock_word")
    if word is not None:
        return Found("clock", Clock(word, sure=not 0 < word < _FIRST_SURE), 1)
    clock, size, is_certain = _digits(tokens, place)
    if clock is None:
        return None
    after = place + size
    if kind(tokens, place) == "dotted" and sense(tokens, after, "hour_word"):
        return Found("clock", clock, after + 1 - place)  # "15.30 uur"
    if sense(tokens, after, "oclock"):
        after, is_certain = after + 1, True
        clock, after = _with_minutes(tokens, after, clock)
    half = half_at(tokens, after)
    ish = _ish(tokens, after + (half[1] if half else 0))
    leads_hour = sense(tokens, after, "hour_article") and kind(tokens, after + 1) == "number"
    if not half and sense(tokens, after, "unit") == "hour" and is_padded(tokens, place) and not leads_hour:
        return Found("clock", Clock(clock.minute), after + 1 - place)  # "1300 hours"
    if half is not None and clock.minute < 13 * 60:
        return Found("clock", in_half(clock, half[0]), after + half[1] + ish - place)
    return Found("clock", clock, after + ish - place) if is_certain or ish else None


def _with_minutes(tokens: list[Token], place: int, clock: Clock) -> tuple[Clock, int]:
    """The minutes that follow the word for the hour, "15 Uhr 30", and the place after them."""
    minutes = value(tokens, place, "number")
    if minutes is None or minutes.ordinal or not 0 < minutes.value < 60 or clock.minute % 60:
        return clock, place
    senses = tokens[place + 1].senses if place + 1 < len(tokens) else {}
    if senses.keys() & {"unit", "short_unit", "oclock", "month", "counted", "range", "to_hour"}:
        return clock, place
    return Clock(clock.minute + int(minutes.value), clock.sure), place + 1


def _ish(tokens: list[Token], place: int) -> int:
    """How many tokens say "ish" there: "3ish", "3-ish"."""
    dash = 1 if kind(tokens, place) == "mark" and tokens[place].norm == "-" and is_glued(tokens, place) else 0
    return dash + 1 if is_glued(tokens, place + dash) and sense(tokens, place + dash, "ish") else 0


def in_half(clock: Clock, half: str) -> Clock:
    """A time of day in the half of the day that was said."""
    if clock.minute >= 13 * 60:
        return clock
    return Clock(clock.minute % 720 + (720 if half == "pm" else 0), by_part=True)


def half_at(tokens: list[Token], place: int) -> tuple[str, int] | None:
    """The half of the day that is said here ("am", "p.m."), and its tokens."""
    dotted = (
        1 if kind(tokens, place) == "mark" and tokens[place].norm == "." and is_glued(tokens, place) else 0
    )
    half = sense(tokens, place + dotted, "half")
    if half is None and is_glued(tokens, place):
        half = sense(tokens, place, "short_half")
    if half is not None:
        return half, dotted + 1
    return _spaced_half(tokens, place)


def _spaced_half(tokens: list[Token], place: int) -> tuple[str, int] | None:
    """ "p . m ." and "p.m." cut into marks."""
    half = sense(tokens, place, "short_half")
    if half is None:
        return None
    after = place + 1
    if kind(tokens, after) == "mark" and tokens[after].norm == ".":
        after += 1
    if after < len(tokens) and tokens[after].norm == "m":
        after += 1
        if kind(tokens, after) == "mark" and tokens[after].norm == ".":
            after += 1
        return half, after - place
    return None


def _digits(tokens: list[Token], place: int) -> tuple[Clock | None, int, bool]:
    """A clock, the tokens it takes, and whether it is one without further words."""
    token = tokens[place]
    if token.kind == "hms":
        hour, minute = (int(part) for part in token.text.split(":")[:2])
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            return None, 1, False
        sure = hour > 12 or hour == 0 or token.text.startswith("0")
        return Clock(hour * 60 + minute, sure=sure), 1, True
    if token.kind == "dotted" and "," not in token.text:
        hour, minute = (int(part) for part in token.text.rstrip(".").split("."))
        fits = hour < 24 and minute < 60 and len(token.text.rstrip(".").split(".")[1]) == 2
        is_counting = place + 1 < len(tokens) and "counted" in tokens[place + 1].senses
        at = bool(sense(tokens, place - 1, "exactly_at")) or len(tokens) == 1
        at = at or sense(tokens, place + 1, "short_unit") == "hour"
        at = at and not token.text.endswith(".") and not is_counting
        return (Clock(hour * 60 + minute, sure=hour > 12), 1, at) if fits else (None, 1, False)
    number = value(tokens, place, "number")
    if number is None or number.ordinal:
        return None, 1, False
    minutes = value(tokens, place + 1, "number")
    if minutes is not None and number.value <= 12 and _are_minutes(minutes) and half_at(tokens, place + 2):
        return Clock(int(number.value) * 60 + int(minutes.value), sure=False), 2, False
    clock = None if is_past_day(tokens, place) else clock_of(number.value)
    if clock is not None and number.padded and number.value < 1000:
        clock = Clock(clock.minute)  # "0830"
    has_h = sense(tokens, place + 1, "short_unit") == "hour"
    if clock is not None and has_h and clock.minute % 60 == 0:
        return _with_h(tokens, place, clock)
    return clock, 1, False


def _are_minutes(number: Number) -> bool:
    """The second number of "7 thirty pm"."""
    return number.spelled and not number.ordinal and 10 <= number.value < 60


def _with_h(tokens: list[Token], place: int, clock: Clock) -> tuple[Clock, int, bool]:
    """ "9h", "9h30"; whether it is a length was decided before."""
    minutes = value(tokens, place + 2, "number")
    sure = Clock(clock.minute, sure=clock.minute >= 13 * 60 or clock.minute == 0)
    if minutes is not None and is_glued(tokens, place + 2) and minutes.value < 60:
        return Clock(sure.minute + int(minutes.value), sure.sure), 3, True
    return sure, 2, True


def _past(tokens: list[Token], place: int) -> Found | None:
    """ "half past 3", "quarter to noon", "15 past 3pm", "half 3"."""
    half = _half_hour(tokens, place) or _into_hour(tokens, place)
    if half is not None:
        return half
    minutes = sense(tokens, place, "fraction")
    number = value(tokens, place, "number")
    if minutes is None and number is not None and not number.ordinal and 0 < number.value < 60:
        minutes = int(number.value)
    after = place + 1
    is_half_of = minutes == 30 and number is None and not sense(tokens, after, "past")
    if minutes is None or is_half_of:
        return None  # "half of one"
    if sense(tokens, after, "unit") == "minute":
        after += 1
    return _beside_hour(tokens, place, after, minutes, is_said="fraction" in tokens[place].senses)


def _minutes_past(tokens: list[Token], place: int) -> Found | None:
    """ "15 minutes past 3pm", "10 minutes to 5"."""
    length = tokens[place].value
    if length.unit != "minute" or not 0 < length.minutes < 60:
        return None
    return _beside_hour(tokens, place, place + 1, length.minutes, is_said=True)


def _beside_hour(tokens: list[Token], place: int, after: int, minutes: int, *, is_said: bool) -> Found | None:
    """So many minutes past or to an hour. `is_said`: the number is plainly one of minutes."""
    found = _hour_at(tokens, after + 1)
    if found is None:
        return None
    clock, size = found
    is_past = sense(tokens, after, "past") or (
        sense(tokens, after, "past_after") and minutes % 5 == 0 and (is_said or clock.sure)
    )
    to_hour = sense(tokens, after, "to_hour")
    if to_hour == "word":  # "quince para mediodía", but "30 min para 3 personas"
        to_hour = "any" if sense(tokens, after + 1, "clock_word") is not None else None
    if to_hour == "fraction" and is_said and sense(tokens, place - 1, "for_length"):
        return None  # "for 20 min before noon"
    is_round = minutes in (20, 25) or (minutes == 15 and clock.sure and clock.minute <= 12 * 60)
    if not is_past and to_hour != "any" and not (to_hour and (is_said or is_round)):
        return None
    shifted = clock.minute + (minutes if is_past else -minutes)
    return Found("clock", Clock(shifted % 1440, clock.sure), after + 1 + size - place)


def _hour_at(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """The hour that stands here, and how many tokens it takes."""
    if place >= len(tokens) or tokens[place].kind == "length":
        return None
    if tokens[place].kind == "clock":
        return tokens[place].value, 1
    if sense(tokens, place, "single") and not sense(tokens, place, "definite"):
        return Clock(60, sure=False), 1  # "kwart over één"
    hour = _into_hour(tokens, place) or _plain(tokens, place)
    if hour is not None:
        return hour.value, hour.size
    bare = value(tokens, place, "number")
    clock = clock_of(bare.value) if bare is not None and not bare.ordinal and bare.value <= 24 else None
    return (clock, 1) if clock is not None else None


def _into_hour(tokens: list[Token], place: int) -> Found | None:
    """ "halb vier": in languages that count the minutes of the hour that is running."""
    minutes = sense(tokens, place, "into_hour")
    number = value(tokens, place + 1, "number") if minutes is not None else None
    if number is None and minutes is not None and sense(tokens, place + 1, "single"):
        number = Number(1)  # "half één"
    if number is None or number.ordinal or not 1 <= number.value <= 24:
        return None
    after = tokens[place + 2].senses if place + 2 < len(tokens) else {}
    if after.keys() & {"unit", "short_unit"} and not after.keys() & {"oclock", "hour_word"}:
        return None
    hour = int(number.value)
    clock = Clock((hour * 60 - 60 + int(minutes)) % 1440, sure=hour > 12)
    return Found("clock", clock, 3 if "oclock" in after else 2)


def _half_hour(tokens: list[Token], place: int) -> Found | None:
    """ "half 3", in languages where that is half past three."""
    number = value(tokens, place + 1, "number") if sense(tokens, place, "half_past") else None
    if number is None or number.ordinal or not 1 <= number.value <= 12:
        return None
    after = tokens[place + 2].senses if place + 2 < len(tokens) else {}
    if after.keys() & {"unit", "short_unit", "oclock"}:
        return None
    clock, half = Clock(int(number.value) * 60 + 30, sure=False), half_at(tokens, place + 2)
    return Found("clock", in_half(clock, half[0]), 2 + half[1]) if half else Found("clock", clock, 2)


CLOCKS = Reader(
    "clock",
    _read,
    frozenset({"number", "hms", "dotted", "length"}),
    frozenset({"clock_word", "fraction", "into_hour"}),
    needs=frozenset(
        {
            "hms",
            "dotted",
            "clock_word",
            "oclock",
            "half",
            "short_half",
            "ish",
            "unit",
            "short_unit",
            "past",
            "past_after",
            "to_hour",
            "half_past",
            "into_hour",
        }
    ),
)

"""Reads lengths of time: "30 min", "half an hour", "1h30", "2.5 hours", "an hour and a half", "3 days"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, value
from intents.times.values import Length
from intents.tokens import Token

_MINUTES = {
    "second": 1 / 60,
    "quarter_hour": 15,
    "half_hour": 30,
    "three_quarter_hour": 45,
    "minute": 1,
    "hour": 60,
    "day": 1440,
    "night": 1440,
    "week": 10080,
    "fortnight": 20160,
}
_PARTS_OF_HOUR = frozenset({"quarter_hour", "half_hour", "three_quarter_hour"})
_WORKDAY = 480  # minutes: half a day is four hours
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_USUAL = frozenset({15, 20, 25, 30, 45, 50, 60, 90})  # minutes of a meeting
_NO_LENGTH = frozenset(
    {"half", "short_half", "oclock", "month", "of", "or", "and", "range", "counted", "comma"}
)
LONGEST = 50 * 365 * 86400  # seconds; beyond, it is a figure of speech or noise
_LEAST_BARE = 10  # minutes, that may stand without their word
_LONGEST_SHORT_HOURS = 4  # "1h30" is a length, "9h30" a time of day


def length_of(count: float, unit: str) -> Length:
    """So many of a unit."""
    if unit in _MONTHS:
        return Length(months=round(count * _MONTHS[unit]), unit=unit, amount=count)
    if unit == "second":
        minutes, rest = divmod(round(count), 60)
        return Length(minutes=minutes, unit=unit, amount=count, rest=rest)
    if unit == "workday":
        return Length(minutes=round(count * 1440), unit=unit, amount=count)
    if unit in _PARTS_OF_HOUR:
        return Length(minutes=round(count * _MINUTES[unit]), unit="minute", amount=count * _MINUTES[unit])
    return Length(minutes=round(count * _MINUTES.get(unit, 1440)), unit=unit, amount=count)


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    first = _one(tokens, place)
    if first is None:
        return _taken(tokens, place, words)
    length, end = first
    while True:
        after = skip(tokens, end, "and", "comma")
        more = _half_more(tokens, after, length) or _one(tokens, after) or _minutes_more(tokens, end, length)
        if more is None or not _goes_on(length, more[0]):
            return Found("length", length, _long(tokens, end) - place)
        length = Length(
            length.minutes + more[0].minutes,
            length.months + more[0].months,
            more[0].unit,
            length.amount,
            length.rest + more[0].rest,
        )
        end = more[1]


def _long(tokens: list[Token], end: int) -> int:
    """Past the "long" of "an hour-long meeting"."""
    at = end + 1 if kind(tokens, end) == "mark" and is_glued(tokens, end) else end
    return at + 1 if sense(tokens, at, "long") else end


def _taken(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "need 30 with …", "a quick 15": minutes without the word."""
    number = value(tokens, place, "number")
    is_led = place > 0 and tokens[place - 1].norm in words.words["taking"]
    if number is None or number.ordinal or number.value not in _USUAL or not is_led:
        return None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and (after.kind == "number" or after.glued or _counts_other(after)):
        return None
    return Found("length", length_of(number.value, "minute"), 1)


def _counts_other(token: Token) -> bool:
    """Whether something else is counted: "30 of them"; "30 on tuesday" are minutes."""
    return bool(token.senses.keys() & _NO_LENGTH) and "on" not in token.senses


def _goes_on(length: Length, more: Length) -> bool:
    return length.months > more.months or length.minutes > more.minutes


def _minutes_more(tokens: list[Token], place: int, length: Length) -> tuple[Length, int] | None:
    """ "una hora y quince": minutes without their word, after hours."""
    number = value(tokens, place + 1, "number") if sense(tokens, place, "plus_minutes") else None
    if number is None or number.ordinal or length.unit != "hour" or not _LEAST_BARE <= number.value < 60:
        return None
    if kind(tokens, place + 2) == "word" and not sense(tokens, place + 2, "no_noun"):
        return None
    return length_of(number.value, "minute"), place + 2


def _half_more(tokens: list[Token], place: int, length: Length) -> tuple[Length, int] | None:
    """ "and a half" after a length."""
    added = sense(tokens, place, "past_hour")
    if added is not None and added > 0:
        return length_of(added / 60, length.unit), place + 1
    place = skip(tokens, place, "the")
    fraction = sense(tokens, place, "fraction")
    if fraction is None or (not sense(tokens, place - 1, "the") and not sense(tokens, place - 1, "and")):
        return None
    if sense(tokens, place + 1, "unit"):
        return None
    unit = length.unit
    return length_of(fraction / 60, unit), place + 1


def _one(tokens: list[Token], place: int) -> tuple[Length, int] | None:
    minutes = sense(tokens, place, "minutes")
    if minutes is not None:
        return Length(minutes, unit="minute", amount=minutes), place + 1
    for amount in (_fraction, _counted, _single):
        found = amount(tokens, place)
        if found is not None:
            return found
    return None


def _unit(tokens: list[Token], place: int, *, short: bool) -> str | None:
    if kind(tokens, place) == "mark" and tokens[place].norm == "-" and is_glued(tokens, place):
        place += 1
    unit = sense(tokens, place, "unit")
    if unit is None and short:
        unit = sense(tokens, place, "short_unit")
    return None if unit in ("weekend", "workweek") else unit


def _counted(tokens: list[Token], place: int) -> tuple[Length, int] | None:
    count = _count(tokens, place)
    if count is None:
        return None
    number, after = count
    half = skip(tokens, after + 1, "the", "single") if sense(tokens, after, "and") else after
    if half > after and sense(tokens, half, "unit") == "half_hour":
        return length_of(number * 60 + 30, "minute"), half + 1  # "2 en een half uur"
    said = value(tokens, place, "number")
    if said is not None and said.padded and sense(tokens, after, "unit") == "hour":
        return None  # "1300 hours"
    after = _upper(tokens, after, number) or after
    if sense(tokens, after, "more"):
        after += 1
    unit = _unit(tokens, after, short=True)
    if unit is None:
        return None
    if kind(tokens, after) == "mark" and not sense(tokens, after, "unit"):
        after += 1  # "30-minute"
    if sense(tokens, after, "short_unit") == "hour" and _is_clock(tokens, place, number):
        return None
    if unit == "quarter":
        return None
    length, end = length_of(number, unit), after + 1
    if length.seconds > LONGEST:
        return None
    minutes = value(tokens, end, "number")
    if unit == "hour" and minutes and is_glued(tokens, end) and minutes.value < 60 and not minutes.ordinal:
        return Length(length.minutes + int(minutes.value), 0, "minute", number), end + 1
    return length, end


def _upper(tokens: list[Token], place: int, number: float) -> int | None:
    """Past "-60" of "45-60 min": the lower length is what at least is wanted."""
    upper = value(tokens, place + 1, "number")
    is_range = sense(tokens, place, "range") or sense(tokens, place, "or")
    if not is_range or upper is None or upper.ordinal or not number < upper.value:
        return None
    return place + 2 if sense(tokens, place + 2, "unit") in ("minute", "hour") else None


def _is_clock(tokens: list[Token], place: int, number: float) -> bool:
    """Whether "9h" is a time of day: by the word before it, else by its size."""
    if number != int(number) or sense(tokens, place - 1, "in") or sense(tokens, place - 1, "for_length"):
        return False
    return number > _LONGEST_SHORT_HOURS or bool(sense(tokens, place - 1, "exactly_at"))


def _count(tokens: list[Token], place: int) -> tuple[float, int] | None:
    number = value(tokens, place, "number")
    if number is not None and not number.ordinal:
        after = place + 1
        if kind(tokens, after) == "slash":
            return _mixed(tokens, number.value, after)
        added = sense(tokens, after, "past_hour") or 0
        if added > 0 and sense(tokens, after + 1, "unit"):  # "una y media hora"
            return number.value + added / 60, after + 1
        if sense(tokens, after, "and"):  # "2 and a half hours"
            half = skip(tokens, after + 1, "the")
            fraction = sense(tokens, half, "fraction")
            if fraction is not None:
                return number.value + fraction / 60, half + 1
        return number.value, after
    quantity = sense(tokens, place, "quantity")
    if quantity is not None:
        return quantity, place + 1
    if kind(tokens, place) == "dotted" and not _is_dotted_clock(tokens, place):
        return float(tokens[place].text.rstrip(".").replace(",", ".")), place + 1
    if kind(tokens, place) == "slash":
        top, bottom = (int(part) for part in tokens[place].text.split("/"))
        return (top / bottom, place + 1) if bottom and top < bottom else None
    return None


def _mixed(tokens: list[Token], whole: float, place: int) -> tuple[float, int] | None:
    """ "1 1/2"."""
    top, bottom = (int(part) for part in tokens[place].text.split("/"))
    return (whole + top / bottom, place + 1) if top < bottom else None


def _is_dotted_clock(tokens: list[Token], place: int) -> bool:
    """ "20.15 h" is a time of day, "1.5 h" a length."""
    hours, _, minutes = tokens[place].text.rstrip(".").partition(".")
    is_late = len(minutes) == 2 and int(hours) > _LONGEST_SHORT_HOURS
    is_hour = sense(tokens, place + 1, "short_unit") == "hour" or sense(tokens, place + 1, "hour_word")
    return is_late and bool(is_hour)


def _fraction(tokens: list[Token], place: int) -> tuple[Length, int] | None:
    fraction = sense(tokens, place, "fraction")
    if fraction is None:
        return None
    after = skip(tokens, place + 1, "of", "the")
    if kind(tokens, after) == "mark" and tokens[after].norm == "-":
        after += 1
    unit = _unit(tokens, after, short=False)
    if unit not in ("hour", "day", "year"):
        return None
    if unit == "day":
        return Length(minutes=round(fraction * _WORKDAY / 60), unit="hour", amount=fraction / 15), after + 1
    return length_of(fraction / 60, unit), after + 1


def _single(tokens: list[Token], place: int) -> tuple[Length, int] | None:
    """ "an hour", "a week"; "the hour" is no length."""
    if sense(tokens, place, "unit") in _PARTS_OF_HOUR:
        return length_of(1, tokens[place].senses["unit"]), place + 1
    is_long = sense(tokens, place, "unit") and _long(tokens, place + 1) > place + 1  # "hour-long"
    before = place if is_long else place + 1
    if not is_long and not sense(tokens, place, "single"):
        return None
    described = skip(tokens, before, "more")  # "a free hour"
    unit = _unit(tokens, described, short=False)
    if unit in (None, "quarter") or (described > before and unit != "hour"):
        return None
    return length_of(1, str(unit)), described + 1


LENGTHS = Reader(
    "length",
    _read,
    frozenset({"number", "dotted", "slash"}),
    frozenset({"fraction", "single", "quantity", "minutes", "unit"}),
)

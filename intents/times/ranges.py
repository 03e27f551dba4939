"""Reads ranges: "2-4pm", "from 10 to noon", "between 3 and 5", "friday to sunday", "june 3-5"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, skip_back, value
from intents.times.settling import HALF as NOON
from intents.times.settling import span
from intents.times.values import Clock, Dates, Day, Moment, Period, Stretch, Times
from intents.tokens import Token

_LIST_AT_MOST = 16  # tokens of "18, 19, 20 or 21 june", so that reading stays linear
WEAK = 2  # of a word that joins a range, but also stands before a time of day ("à", "a")
_BEFORE_END = ("the", "exactly_at", "day_article", "hour_article")
_ENDS = frozenset({"clock", "day", "period", "stretch", "times"})


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    start, is_led = place, ""
    if sense(tokens, place, "between"):
        start, is_led = place + 1, "between"
    elif sense(tokens, place, "from") or sense(tokens, place, "range_from"):
        start, is_led = place + 1, "from"
    elif sense(tokens, place - 1, "or") and _is_span(value(tokens, place - 2, "times")):
        is_led = "between"  # the "14 and 16" of "between 9 and 11 or 14 and 16"
    elif sense(tokens, place, "from_now"):
        return _led_by_now(tokens, place)
    start = skip(tokens, start, *_BEFORE_END) if start > place else start
    first = tokens[start] if start < len(tokens) else None
    if first is not None and first.kind == "times" and _is_of_clock(tokens, start):
        return None  # the "afternoon to 5" of "from 3 in the afternoon to 5"
    if first is None or (first.kind not in (*_ENDS, "number") and not sense(tokens, start, "now")):
        return None
    middle = start + 2 if kind(tokens, start + 1) == "zone" else start + 1
    middle = skip(tokens, middle, "comma") if sense(tokens, middle + 1, "range") else middle
    joins = sense(tokens, middle, "range") or (is_led == "between" and sense(tokens, middle, "and"))
    is_sure = is_led and not (first.kind == "times" and sense(tokens, place, "range_from"))
    if not joins or (joins == WEAK and not is_sure and _may_be_apart(first, tokens, middle)):
        return None
    end = skip(tokens, middle + 1, *_BEFORE_END)
    if end >= len(tokens):
        return None
    made = _joined(first, tokens, end, words)
    return Found(made.kind, made.value, end + made.size - place) if made is not None else None


def _is_span(times: Times | None) -> bool:
    return times is not None and times.start is not None and times.end is not None and not times.part


def _is_of_clock(tokens: list[Token], place: int) -> bool:
    """Whether a part of the day only tells the half of a clock before it."""
    before = skip_back(tokens, place - 1, "the", "of", "in")
    return before < place - 1 and kind(tokens, before) == "clock"


def _led_by_now(tokens: list[Token], place: int) -> Found | None:
    """ "from now until friday"."""
    end = skip(tokens, place + 2, "the", "exactly_at")
    made = _from_now(tokens[end]) if sense(tokens, place + 1, "range") and end < len(tokens) else None
    return Found(made.kind, made.value, end + made.size - place) if made is not None else None


def _may_be_apart(first: Token, tokens: list[Token], middle: int) -> bool:
    """Whether the two ends are of different kinds: "ce matin à 9h" is no range."""
    end = skip(tokens, middle + 1, *_BEFORE_END)
    if end >= len(tokens):
        return False
    are_days = first.kind == "number" and tokens[end].kind == "day"
    return first.kind != tokens[end].kind and not are_days


def _joined(first: Token, tokens: list[Token], end: int, words: Lexicon) -> Found | None:
    last = tokens[end]
    if "now" in first.senses:
        return _from_now(last)
    match first.kind, last.kind:
        case "clock", "clock":
            return Found("times", span(*_said_in_24(first.value, last.value, words)), 1)
        case "clock", "stretch":
            return _until_stretch(first.value, last.value)
        case "number", "day":
            return _day_numbers(first, last)
        case "day", "number":
            return _until_number(first.value, last)
        case (("day" | "period"), ("day" | "period")):
            return Found("dates", _agreed(first.value, last.value), 1)
        case "times", "times":
            if first.value.is_point and last.value.is_point:
                return Found("times", span(_clock(first.value), _clock(last.value)), 1)
            if first.value.part and last.value.part:
                return Found("times", Times(first.value.start, last.value.end), 1)
        case "times", "clock":
            if first.value.part:
                return Found("times", span(Clock(first.value.start), last.value), 1)
        case "stretch", ("clock" | "times"):
            return _stretch_until(first.value, last)
        case "stretch", "stretch":
            return Found("stretch", replace(first.value, until=last.value), 1)
    return None


def _said_in_24(first: Clock, last: Clock, words: Lexicon) -> tuple[Clock, Clock]:
    """The ends of "7:00 - 20:00" and "3 - 12 Uhr": from the morning where hours are counted to 24."""
    is_plain = words.hours24 and (last.sure or last.minute == NOON) and not last.by_part
    is_plain = is_plain and last.minute >= NOON
    if not is_plain or first.minute >= last.minute:
        return first, last
    return first._replace(sure=True), last._replace(sure=True)


def _clock(times: Times) -> Clock:
    """A point of the day as it was said."""
    return Clock(times.start or 0, times.sure)


def _stretch_until(first: Stretch, last: Token) -> Found | None:
    """ "11pm tonight until 1am"."""
    times = last.value if last.kind == "times" else None
    if first.times is None or not first.times.is_point or (times is not None and not times.is_point):
        return None
    end = _clock(times) if times is not None else last.value
    return Found("stretch", replace(first, times=span(_clock(first.times), end)), 1)


def _from_now(last: Token) -> Found | None:
    if last.kind == "clock":
        return Found(
            "stretch",
            Stretch(
                moment=Moment(0),
                until=Stretch(times=Times(last.value.minute, is_point=True, sure=last.value.sure)),
            ),
            1,
        )
    if last.kind in ("day", "period"):
        return Found("dates", Dates(Day(offset=0), last.value), 1)
    if last.kind == "stretch" and last.value.moment is not None:
        return Found("stretch", Stretch(moment=last.value.moment._replace(within=True)), 1)
    return None


def _until_stretch(first: Clock, last: Stretch) -> Found | None:
    """ "from 3 to 4pm tomorrow", where the day was joined to the end already."""
    if last.days is None or last.times is None or not last.times.is_point or last.times.start is None:
        return None
    times = span(first, Clock(last.times.start, last.times.sure))
    return Found("stretch", replace(last, times=times), 1)


def _day_numbers(first: Token, last: Token) -> Found | None:
    """ "10 to 22 august"."""
    number = first.value
    if number is None or number.spelled or not 1 <= number.value <= 31 or last.value.day is None:
        return None
    if last.value.weekday is not None and last.value.nth is not None:
        return None
    return Found("dates", Dates(replace(last.value, day=int(number.value)), last.value), 1)


def _until_number(first: Day, last: Token) -> Found | None:
    """ "june 3-5", "august 10 to 22, 2012"."""
    number = last.value
    if number is None or first.day is None or not first.day < number.value <= 31:
        return None
    return Found("dates", Dates(first, replace(first, day=int(number.value))), 1)


def _agreed(first: Day | Period, last: Day | Period) -> Dates:
    """What one end says of month, year and week also holds for the other."""
    if isinstance(first, Period) and isinstance(last, Period):
        if first.year is None and last.year is not None:
            first = replace(first, year=last.year)
        return Dates(first, last)
    if isinstance(first, Day) and isinstance(last, Day):
        if first.day and first.month is None and last.month is not None and first.month_offset is None:
            first = replace(first, month=last.month)
        if first.day and first == Day(day=first.day) and last.day and last.month_offset is not None:
            first = replace(first, month_offset=last.month_offset)
        if last.day and last.month is None and first.month is not None and not last.holiday:
            last = replace(last, month=first.month)
        if first.month and first.year is None and last.year is not None:
            first = replace(first, year=last.year)
        if first.month and first.year is not None and last.year is None and last.month:
            later = (last.month, last.day or 0) < (first.month, first.day or 0)
            last = replace(last, year=first.year + later)
    return Dates(first, last)


def _read_mixed(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "5/1-5/7", "aug 27th-29th": read again when a number was made a day by its month."""
    return (
        _read(tokens, place, words) if not is_glued(tokens, place) or kind(tokens, place) in _ENDS else None
    )


RANGES = Reader(
    "range",
    _read_mixed,
    _ENDS | {"number"},
    frozenset({"from", "range_from", "from_now", "between", "now"}),
    needs=frozenset({"range", "and"}),
)


def _shared_month(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """Give a day-number the month of the list that it stands in: "18 and 19 june"."""
    token = tokens[place]
    number = token.value if token.kind == "number" else None
    day = token.value if token.kind == "day" else None
    bare = (
        number.value
        if number and not number.spelled
        else day.day
        if day and day.month is None and day.weekday is None
        else None
    )
    if not bare or not 1 <= bare <= 31 or (day and day.month_offset is not None):
        return None
    after, end = place + 1, min(place + _LIST_AT_MOST, len(tokens))
    while after < end and (
        sense(tokens, after, "or")
        or sense(tokens, after, "and")
        or sense(tokens, after, "comma")
        or sense(tokens, after, "the")
    ):
        after += 1
        following = value(tokens, after, "day")
        if following is not None and following.day and following.month is not None and following.nth is None:
            return Found("day", replace(following, day=int(bare)), 1)
        is_more = following is not None and following.day and following.weekday is None
        if is_more or (
            kind(tokens, after) == "number" and tokens[after].value and not tokens[after].value.spelled
        ):
            after += 1
    return None


SHARED_MONTHS = Reader(
    "shared_month",
    _shared_month,
    frozenset({"number", "day"}),
    needs=frozenset({"or", "and", "comma", "the"}),
)

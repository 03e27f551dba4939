"""Reads bare numbers as times of day where their neighbours make them such: "at 3", "10-2", "tomorrow 9"."""

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, skip_back, value
from intents.times.clocks import clock_of, is_past_day
from intents.times.corrections import corrects_hour
from intents.times.values import Clock, Number
from intents.tokens import Token

_LIST_AT_MOST = 4  # times, so that reading stays linear
_NOON = 12
_DAYLIKE = frozenset({"day", "stretch", "clock", "times"})
_BEFORE = ("exactly_at", "from", "between", "after", "before")


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    number = number_at(tokens[place])
    if number is None or number.ordinal or sense(tokens, place - 1, "numbered"):
        return None
    clock, size = _clock(tokens, place)
    if clock is None:
        return None
    after = place + size
    begins_days = _begins_days(tokens, after) and not sense(tokens, place - 1, "strictly_at")
    if _counts(tokens, after) or begins_days or _counts_range(tokens, after):
        return None
    if (
        _is_led(tokens, place, after, words)
        or _is_followed(tokens, after, size)
        or _is_on_weekday(tokens, place, after)
        or _heads_list(tokens, after)
        or _is_in_range(tokens, place, after)
    ):
        return Found("clock", clock, size)
    return None


def number_at(token: Token) -> Number | None:
    """A number; "9.30" is read as 930."""
    if token.kind == "number":
        return token.value if isinstance(token.value, Number) else None
    hour, dot, minute = token.text.rstrip(".").partition(".")
    return Number(int(hour) * 100 + int(minute)) if dot and len(minute) == 2 else None


def _clock(tokens: list[Token], place: int) -> tuple[Clock | None, int]:
    """A number, or two spelled ones ("ten forty"), as a time of day."""
    number = number_at(tokens[place])
    if number is None:
        return None, 1
    if number.spelled and number.value <= 24:
        dash = 1 if kind(tokens, place + 1) == "mark" and tokens[place + 1].norm == "-" else 0
        minutes = value(tokens, place + 1 + dash, "number")
        least = 13 if dash else 10  # "ten-eleven" is a range
        if minutes and minutes.spelled and not minutes.ordinal and least <= minutes.value < 60:
            return Clock(int(number.value) * 60 + int(minutes.value), sure=False), 2 + dash
    text = tokens[place].text
    if number.value >= 100 and (
        number.value < 100 or number.value % 100 >= 60 or (1990 <= number.value <= 2100 and text)
    ):
        return None, 1
    if number.padded and number.value < 1000 and number.value % 100 < 60:
        return Clock(int(number.value) // 100 * 60 + int(number.value) % 100), 1  # "0815"
    if (number.value == 0 and number.spelled) or is_past_day(tokens, place):
        return None, 1
    return clock_of(number.value), 1


def _counts(tokens: list[Token], place: int) -> bool:
    """Whether the number counts what follows ("2 people", "10%")."""
    here = kind(tokens, place)
    if here == "mark":
        return tokens[place].norm in ("%", "$", "€", "£", "°", ":") or (
            tokens[place].norm == "x" or (tokens[place].norm == "." and kind(tokens, place + 1) == "number")
        )
    if here in ("length",):
        return True
    if here == "word" and is_glued(tokens, place):
        return True
    return bool(sense(tokens, place, "unit")) or (
        tokens[place : place + 1] != [] and ("counted" in tokens[place].senses)
    )


def _counts_range(tokens: list[Token], after: int) -> bool:
    """Whether it is the lower of two counts: "two to four people"."""
    is_range = sense(tokens, after, "range") and kind(tokens, after + 1) == "number"
    return bool(is_range) and bool(sense(tokens, after + 2, "counted"))


def _begins_days(tokens: list[Token], after: int) -> bool:
    """Whether it is the first day of a range: "from 1 to 7 may"."""
    is_between = sense(tokens, after, "and") and _led_by_between(tokens, after - 1)
    last = value(tokens, after + 1, "day") if sense(tokens, after, "range") or is_between else None
    return last is not None and last.day is not None and last.weekday is None


def _is_led(tokens: list[Token], place: int, after: int, words: Lexicon) -> bool:
    """Whether a word or a day before it makes it a time."""
    before = place - 1
    if before < 0:
        return False
    if corrects_hour(tokens, place, words) and not _noun_follows(tokens, after):
        return True
    if tokens[before].norm in words.words["own"]:  # "my 3"
        return not _noun_follows(tokens, after)
    if sense(tokens, before, "hour_article") and not sense(tokens, before, "exactly_at"):
        return not _noun_follows(tokens, after)
    if _begins_dates(tokens, before, after):
        return False
    if any(sense(tokens, before, tag) for tag in _BEFORE):
        return not (sense(tokens, before, "loosely_at") and _noun_follows(tokens, after))
    number = number_at(tokens[place])
    if number is None:
        return False
    if sense(tokens, before, "for_length"):
        return number.value >= 100 and not _noun_follows(tokens, after)
    if kind(tokens, before) in _DAYLIKE:
        return not (number.spelled and number.value == 1) and not _noun_follows(tokens, after)
    if sense(tokens, before, "comma") and kind(tokens, before - 1) == "day":
        return (
            not number.spelled and not _noun_follows(tokens, after) and not _lists_days(tokens, before, after)
        )
    return bool(sense(tokens, before, "on_day")) and kind(tokens, after) == "day"


def _lists_days(tokens: list[Token], comma: int, after: int) -> bool:
    """Whether the number goes on a list of days of the month: "the 22, 23, 30 or 31 march"."""
    day = tokens[comma - 1].value
    return (
        day.day is not None
        and day.month is None
        and bool(sense(tokens, after, "comma") or sense(tokens, after, "or") or sense(tokens, after, "and"))
    )


def _begins_dates(tokens: list[Token], before: int, after: int) -> bool:
    """Whether the number is the first day of "between 3 and 12 september"."""
    joins = sense(tokens, before, "between") and sense(tokens, after, "and")
    day = value(tokens, after + 1, "day") if joins else None
    return day is not None and day.day is not None and day.month is not None


def _noun_follows(tokens: list[Token], place: int) -> bool:
    return kind(tokens, place) == "word" and not tokens[place].senses


def _is_followed(tokens: list[Token], after: int, size: int = 1) -> bool:
    """Whether a day or a part of one after it makes it a time: "9 tomorrow", "3 in the morning"."""
    if kind(tokens, after) == "day":
        day = tokens[after].value
        said = number_at(tokens[after - 1]) if kind(tokens, after - 1) in ("number", "dotted") else None
        if said is None or (size == 1 and 12 < said.value < 100) or (said.spelled and said.value == 1):
            return False
        return day.offset is not None or day.weekday is not None
    if sense(tokens, after, "or_before") or sense(tokens, after, "or_after"):
        return True  # "10 or later"
    following = skip(tokens, after, "of")
    following = skip(tokens, following, "the") if following > after else following
    times = value(tokens, following, "times")
    return bool(times and times.part and following > after) or (
        kind(tokens, following) == "stretch"
        and tokens[following].value.times is not None
        and tokens[after - 1].value is not None
        and tokens[after - 1].value.value <= 12
    )


def _is_on_weekday(tokens: list[Token], place: int, after: int) -> bool:
    """ "11 on monday", said by itself or after a word that counts nothing; not "the second one on monday"."""
    number, day = number_at(tokens[place]), value(tokens, after + 1, "day")
    if number is None or day is None or not sense(tokens, after, "on"):
        return False
    if kind(tokens, place) == "number" and not 0 < number.value <= _NOON:
        return False
    if day.weekday is None or (number.spelled and number.value == 1):
        return False
    return kind(tokens, place - 1) != "number" and not sense(tokens, place - 1, "the")


def _is_in_range(tokens: list[Token], place: int, after: int) -> bool:
    """Whether it is one end of a range of times: "10-2", "5 to 6pm", "3pm to 5"."""
    if sense(tokens, after, "range") or (sense(tokens, after, "and") and _led_by_between(tokens, place)):
        return _ends_range(tokens, place, after + 1)
    if kind(tokens, place - 2) == "clock" and sense(tokens, place - 1, "range"):
        return True
    if (
        kind(tokens, place - 2) == "clock"
        and sense(tokens, place - 1, "and")
        and _led_by_between(tokens, place - 2)
    ):
        return True
    if _is_other_hour(tokens, place):
        return not _noun_follows(tokens, after)
    return kind(tokens, place - 2) == "clock" and _goes_on(tokens, place - 1, after)


def _is_other_hour(tokens: list[Token], place: int) -> bool:
    """Whether it is the 4 of "3pm tomorrow, or 4"."""
    day = skip_back(tokens, place - 2, "comma") if sense(tokens, place - 1, "or") else 0
    clock = skip_back(tokens, day - 1, "on", "glue")
    return day > 0 and kind(tokens, day) == "day" and kind(tokens, clock) == "clock"


def _goes_on(tokens: list[Token], link: int, after: int) -> bool:
    """Whether a list of times goes on here: "at 3, 4 or 5"."""
    if sense(tokens, link, "or"):
        return True
    has_more = sense(tokens, after, "comma") or sense(tokens, after, "or")
    return bool(sense(tokens, link, "comma") and has_more and kind(tokens, after + 1) == "number")


def _heads_list(tokens: list[Token], after: int) -> bool:
    """Whether a list of times begins here that ends with a day: "3 or 4 tomorrow"."""
    for _ in range(_LIST_AT_MOST):
        if not (sense(tokens, after, "or") or sense(tokens, after, "comma")):
            return False
        if kind(tokens, after + 1) == "clock":
            return True
        if kind(tokens, after + 1) != "number" or _counts(tokens, after + 2):
            return False
        if kind(tokens, after + 2) in ("day", "stretch"):
            return _is_followed(tokens, after + 2)
        after += 2
    return False


def _led_by_between(tokens: list[Token], place: int) -> bool:
    if sense(tokens, place - 1, "or") and sense(tokens, place - 3, "and"):
        return kind(tokens, place - 2) == "clock" and bool(sense(tokens, place - 5, "between"))
    return bool(sense(tokens, place - 1, "between"))


def _ends_range(tokens: list[Token], place: int, end: int) -> bool:
    if kind(tokens, end) == "clock":
        return True
    number = number_at(tokens[end]) if kind(tokens, end) in ("number", "dotted") else None
    if number is None or number.ordinal or _counts(tokens, end + 1):
        return False
    if clock_of(number.value) is None or is_past_day(tokens, end):
        return False
    here = number_at(tokens[place])
    if here is None:
        return False
    if here.value == number.value:
        return False
    if _is_followed(tokens, end + 1):
        return True
    has_day = any(token.kind in ("day", "stretch", "period") for token in tokens)
    is_weak = here.spelled or number.spelled or sense(tokens, end - 1, "weak_range")
    if is_weak and not sense(tokens, place - 1, "range_from"):
        return has_day and not _noun_follows(tokens, end + 1)
    return not _noun_follows(tokens, end + 1) or has_day


BARE_HOURS = Reader("bare_hour", _read, frozenset({"number", "dotted"}))

"""Reads hours told by a word or an article: "15 heures 30", "3 h moins le quart", "le tre e mezza"."""

from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, value
from intents.times.clocks import half_at, in_half
from intents.times.values import Clock
from intents.tokens import Token

_DAY = 1440
_LONGEST_MEETING = 4  # hours; more of them, and nothing that says how long, are a time of day
_LEADS = ("exactly_at", "hour_article", "before", "after", "between", "hour_lead")
_LASTS = ("in", "within", "during", "more", "ago_before", "fraction")
_LEAST_AFTER_WORD = 3  # minutes; "midi 15"
_HALF_DAY = 12
_LEAST_ADDED = 20  # minutes; "alle 9 e 10" are two hours, "le otto e 20" is one time


class _Hour(NamedTuple):
    """An hour in minutes, the place after it, and what it was told by."""

    minute: int
    after: int
    by_word: bool = False  # "midi"
    by_unit: str = ""  # "short", "long" or "led": "15h", "15 heures", "a las 15 horas"


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    hour = _hour(tokens, place)
    if hour is None:
        return None
    added, after = _minutes(tokens, hour, is_led=_is_led(tokens, place))
    if not _is_time(tokens, place, hour, added, after):
        return None
    minute = (hour.minute + (added or 0)) % _DAY
    is_sure = hour.by_word or not 0 < hour.minute < 780
    clock = Clock(minute, sure=is_sure)
    half = half_at(tokens, after)
    if half is not None:
        clock, after = in_half(clock, half[0]), after + half[1]
    return Found("clock", clock, after - place)


def _hour(tokens: list[Token], place: int) -> _Hour | None:
    named = sense(tokens, place, "clock_word")
    if named is not None:
        return _Hour(named, place + 1, by_word=True)
    number = value(tokens, place, "number")
    if number is None or number.ordinal or number.value != int(number.value) or not 0 <= number.value <= 24:
        return None
    by_unit = sense(tokens, place + 1, "hour_word") or ""
    return _Hour(int(number.value) * 60, place + 1 + bool(by_unit), by_unit=by_unit)


def _minutes(tokens: list[Token], hour: _Hour, *, is_led: bool) -> tuple[int | None, int]:
    """What is added to the hour or taken from it, and the place after that."""
    after = hour.after
    past = sense(tokens, after, "past_hour")
    if past is not None:
        return past, after + 1
    sign = -1 if sense(tokens, after, "minus") else 1 if sense(tokens, after, "plus_minutes") else 0
    number = value(tokens, after + abs(sign), "number")
    if number is None or number.ordinal or not 0 <= number.value < 60:
        return None, after
    end = after + abs(sign) + 1
    has_unit = sense(tokens, end, "unit") == "minute" or (
        is_glued(tokens, end) and sense(tokens, end, "short_unit") == "minute"
    )
    if sign > 0 and sense(tokens, end, "hour_word") and not has_unit:
        return None, after  # "entre 22h et 23h"
    if sign > 0:
        fits = number.value >= _LEAST_ADDED or number.spelled or has_unit
        fits = fits or (number.value > _HALF_DAY and _in_part(tokens, end))  # "3 y 15 de la tarde"
        is_hour = is_led or hour.by_unit or hour.by_word or _in_part(tokens, end)
        return (int(number.value), end + has_unit) if fits and is_hour else (None, after)
    if sign < 0:
        return (
            (-int(number.value), end + has_unit) if is_led or hour.by_unit or hour.by_word else (None, after)
        )
    is_bare = hour.by_word and number.value >= _LEAST_AFTER_WORD and kind(tokens, end) != "word"
    is_one = (bool(hour.by_unit) or is_bare) and (is_glued(tokens, after) or not _counts(tokens, end))
    return (int(number.value), end + (has_unit and is_glued(tokens, after))) if is_one else (None, after)


def _in_part(tokens: list[Token], place: int) -> bool:
    """Whether a part of the day follows: "ocho y veinte de la noche"."""
    return sense(tokens, skip(tokens, place, "of", "the", "in"), "daypart") is not None


def _counts(tokens: list[Token], place: int) -> bool:
    """Whether the number before counts what stands here, or is an hour itself."""
    senses = tokens[place].senses if place < len(tokens) else {}
    return bool(senses.keys() & {"unit", "hour_word", "month", "counted"})


def _is_led(tokens: list[Token], place: int) -> bool:
    """Whether a word before it says that a time of day follows."""
    if sense(tokens, place - 1, "and") and kind(tokens, place - 2) == "number":
        return bool(sense(tokens, place - 3, "between"))  # "tussen 2 en 3 uur"
    if sense(tokens, place - 1, "within") or sense(tokens, place - 1, "in"):
        return False
    return (
        any(sense(tokens, place - 1, tag) for tag in _LEADS)
        or (bool(sense(tokens, place - 1, "range")) and kind(tokens, place - 2) == "clock")
        or _is_all(tokens, place)
    )


def _is_all(tokens: list[Token], place: int) -> bool:
    """Whether nothing is said but an hour, what joins it to its minutes, and these: "ocho y veinte"."""
    ends = kind(tokens, 3) in ("", "mark") or half_at(tokens, 3) is not None
    is_joined = sense(tokens, 1, "plus_minutes") or sense(tokens, 1, "minus")
    return place == 0 and bool(is_joined) and kind(tokens, 2) == "number" and len(tokens) <= 4 and ends


def _is_time(tokens: list[Token], place: int, hour: _Hour, added: int | None, after: int) -> bool:
    """Whether it is a time of day and no length."""
    if hour.by_word:
        return added is not None
    if sense(tokens, place - 1, "for_length") and added is None and _minutes_follow(tokens, after):
        return False  # "voor 3 uur 30 minuten"
    is_from = sense(tokens, place - 1, "from") or sense(tokens, place - 1, "range_from")
    if _is_led(tokens, place) or (is_from and sense(tokens, after, "range")):
        return bool(hour.by_unit) or (added is not None and sense(tokens, after, "unit") is None)
    if added is not None and added < 0:
        return True
    if (hour.by_unit or added is not None) and (_in_part(tokens, after) or half_at(tokens, after)):
        return True
    if any(sense(tokens, place - 1, tag) for tag in _LASTS) or _is_counted(tokens, after):
        return False
    if sense(tokens, place - 1, "for") and hour.by_unit != "short":
        return False  # "pour 9 heures" lasts, "pour 9h" is when
    is_late = hour.minute == 0 or _LONGEST_MEETING < hour.minute // 60 < 24
    if not hour.by_unit:
        return (
            added is not None
            and sense(tokens, hour.after, "past_hour") is not None
            and not _counts(tokens, after)
        )
    return is_late and (hour.by_unit != "led" or sense(tokens, place - 1, "relday") is not None)


def _is_counted(tokens: list[Token], after: int) -> bool:
    """Whether the hours are counted from now: "12 uur geleden", "12 uur vanaf nu"."""
    return bool(sense(tokens, after, "ago") or sense(tokens, after, "hence"))


def _minutes_follow(tokens: list[Token], place: int) -> bool:
    return kind(tokens, place) == "number" and sense(tokens, place + 1, "unit") == "minute"


SPOKEN_HOURS = Reader(
    "spoken_hour",
    _read,
    frozenset({"number"}),
    frozenset({"clock_word"}),
    needs=frozenset({"clock_word", "hour_word", "past_hour", "plus_minutes", "minus"}),
)

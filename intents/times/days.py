"""Reads single days: "tomorrow", "next friday", "june 18", "18.6.", "2026-07-18", "the 3rd", holidays."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, is_glued, kind, sense, skip, skip_back, value
from intents.times.counted_days import COUNTED_BY_NUMBER, COUNTED_BY_WORD, month_after
from intents.times.figures import in_figures, past_dot, year_at
from intents.times.ranges import WEAK
from intents.times.values import Day, Number
from intents.tokens import Token

_TWO_ON = 2  # "übernächsten Freitag"
_NO_DAY = frozenset({"unit", "short_unit", "hour_word", "half", "oclock", "past_hour", "counted", "week_of"})
_OPENERS = ("from", "before", "after", "on_day")


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    for read in _OF_WORDS if tokens[place].value is None else _OF_NUMBERS:
        found = read(tokens, place, words)
        if found is not None:
            return found
    return None


def _relative(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    offset = sense(tokens, place, "relday")
    if kind(tokens, place - 1) == "day" and sense(tokens, place, "linked_part"):
        return None  # "Dienstag morgen"
    if offset is None:
        return None
    days = sense(tokens, place + 1, "fortnight_after") if not sense(tokens, place + 2, "of") else None
    return Found("day", Day(offset=offset + (days or 0)), 2 if days else 1)


def _weekday(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    which, after = None, place
    if sense(tokens, place, "which") is not None:
        which, after = sense(tokens, place, "which"), place + 1
    weekday = sense(tokens, after, "weekday")
    if weekday is None or not _is_weekday(tokens, after):
        return None
    after += 1
    if kind(tokens, after) == "mark" and tokens[after].norm == "." and is_glued(tokens, after):
        after += 1
    if (
        sense(tokens, after, "after")
        and sense(tokens, skip(tokens, after + 1, "the"), "which") == 1
        and _ends_there(tokens, skip(tokens, after + 1, "the") + 1)
    ):
        return Found(
            "day", Day(weekday=weekday, plus=7), skip(tokens, after + 1, "the") + 1 - place
        )  # "wednesday after next"
    if sense(tokens, after, "fortnight_after") and not sense(tokens, after + 1, "of"):
        days = sense(tokens, after, "fortnight_after")
        return Found("day", Day(weekday=weekday, which=0, plus=days), after + 1 - place)
    number = value(tokens, after, "number")
    dated = _day_month(tokens, after, words) if number and words.numbered_weekdays else None
    if dated is not None:
        return Found("day", replace(dated.value, weekday=weekday), after + dated.size - place)
    if number and _is_date_of(number, words) and _is_alone(tokens, after):
        return Found("day", Day(weekday=weekday, day=int(number.value)), after + 1 - place)
    if which is not None and abs(which) == _TWO_ON:
        return Found("day", Day(weekday=weekday, which=which // 2, plus=7 * which // 2), after - place)
    return Found("day", Day(weekday=weekday, which=which), after - place)


def _is_weekday(tokens: list[Token], place: int) -> bool:
    """Whether a short word that is also another one ("So", "zon") is a day: by its dot or by a date."""
    if not sense(tokens, place, "weekday_or_word"):
        return True
    following = kind(tokens, place + 1)
    if following in ("dotted", "dmy", "slash"):
        return True
    if is_glued(tokens, place + 1):
        return place == 0 or place + 2 < len(tokens)
    is_clear = sense(tokens, place, "weekday_or_word") == "rare" or tokens[place].text.istitle()
    return following in ("number", "clock") and is_clear


def _is_date_of(number: Number, words: Lexicon) -> bool:
    """Whether a number after a weekday is its date, and not an hour."""
    if words.numbered_weekdays:
        return 1 <= number.value <= 31
    return not number.ordinal and not number.spelled and 13 <= number.value <= 31


def _ends_there(tokens: list[Token], place: int) -> bool:
    return sense(tokens, place, "unit") is None and sense(tokens, place, "weekday") is None


def _is_plain_hour(tokens: list[Token], place: int) -> bool:
    """Whether a bare number stands here, so that the two make a range of hours: "lunes 9 a 11"."""
    senses = tokens[place + 1].senses if place + 1 < len(tokens) else {}
    return kind(tokens, place) == "number" and not senses.keys() & {"hour_word", "half", "oclock", "of_date"}


def _is_alone(tokens: list[Token], place: int) -> bool:
    """Whether a number after a weekday is the day's own ("friday 23 at 4"), not a count or an hour."""
    senses = tokens[place + 1].senses if place + 1 < len(tokens) else {}
    if senses.get("range") == WEAK:
        return not (senses.get("weak_range") and _is_plain_hour(tokens, place + 2))
    return not senses.keys() & {"unit", "half", "short_half", "short_unit", "oclock", "range", "month"}


def _month_day(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "june 18", "Dec. 21st, 2024", "may the 5th"."""
    month = sense(tokens, place, "month")
    if month is None:
        return None
    after = past_dot(tokens, place + 1)
    after = skip(tokens, after, "comma")
    if sense(tokens, after, "definite"):
        after += 1
    number = value(tokens, after, "number")
    if number is None or not 1 <= number.value <= 31 or _is_counting(tokens, after + 1):
        return None
    year, end = year_at(tokens, after + 1)
    year = _year_before(tokens, place) if year is None else year
    return Found("day", Day(month=month, day=int(number.value), year=year), end - place)


def _year_before(tokens: list[Token], place: int) -> int | None:
    """The year of "2027-aug-1"."""
    year = value(tokens, place - 2, "number") if is_glued(tokens, place) else None
    is_year = year is not None and is_glued(tokens, place - 1) and 1990 <= year.value <= 2100
    return int(year.value) if year is not None and is_year else None


def _is_counting(tokens: list[Token], place: int) -> bool:
    """Whether what stands here makes the number before it a time, not a day."""
    return bool(sense(tokens, place, "half") is not None and is_glued(tokens, place))


def _day_month(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "18 june", "the 3rd of may 2027", "20 of this month"."""
    number = value(tokens, place, "number")
    if number is None or not 1 <= number.value <= 31:
        return None
    after = past_dot(tokens, place + 1)
    if sense(tokens, after, "of_date"):
        after += 1
    elif not number.ordinal and sense(tokens, after, "the"):
        return None
    month = sense(tokens, after, "month") or _numbered_month(number, tokens, place + 1, words)
    is_date = not number.spelled or number.ordinal or sense(tokens, place - 1, "day_article")
    is_date = is_date or words.spelled_days
    if month is not None and is_date:
        year, end = year_at(tokens, past_dot(tokens, after + 1))
        return Found("day", Day(month=month, day=int(number.value), year=year), end - place)
    counted = month_after(tokens, after)
    in_range = sense(tokens, place - 1, "range") or sense(tokens, place - 1, "and")
    in_range = in_range and kind(tokens, place - 2) in ("number", "day")
    is_said = after > place + 1 or (
        (number.ordinal or in_range) and sense(tokens, after, "which") is not None
    )
    if counted is not None and counted.offset is not None and is_said:
        return Found("day", Day(day=int(number.value), month_offset=counted.offset), counted.after - place)
    return None


def _numbered_month(number: Number, tokens: list[Token], place: int, words: Lexicon) -> int | None:
    """The month of "am siebten vierten", "7. vierter"."""
    month = value(tokens, place, "number") if words.dotted and number.ordinal else None
    return int(month.value) if month is not None and month.ordinal and month.value <= 12 else None


def _day_of_month(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "the 3rd", "on the first", "20th"; spelled ones only after "on the", because of "the first one"."""
    number = value(tokens, place, "number")
    if number is None or not 1 <= number.value <= 31 or sense(tokens, place + 1, "ranked"):
        return None
    if sense(tokens, place - 1, "day_article") and not _is_a_first(tokens, place, number):
        return None if _is_hour(tokens, place + 1) else Found("day", Day(day=int(number.value)), 1)
    has_the = bool(sense(tokens, place - 1, "definite"))
    has_on = bool(sense(tokens, place - 2 if has_the else place - 1, "on"))
    has_on = has_on or (has_the and number.spelled and kind(tokens, place - 2) == "day")
    if number.spelled and not (number.ordinal and has_the and has_on):
        return None
    if not number.ordinal and not (has_the and (has_on or place + 1 == len(tokens))):
        return None
    if _shares_unit(tokens, place + 1) or sense(tokens, place + 1, "week_of"):
        return None  # "for the 3rd week of august"
    if _counts_something(tokens, place + 1) and not (has_on and has_the and not number.spelled):
        return None
    return Found("day", Day(day=int(number.value)), 1)


def _shares_unit(tokens: list[Token], place: int) -> bool:
    """Whether the number before belongs to "or 2nd week"."""
    links = sense(tokens, place, "or") or sense(tokens, place, "and")
    return bool(links and kind(tokens, place + 1) == "number" and sense(tokens, place + 2, "unit"))


def _is_a_first(tokens: list[Token], place: int, number: Number) -> bool:
    """Whether a number after an article is no day: "el primero" chooses, "dal primo" does not; "l'una"."""
    if number.ordinal:
        opens = any(sense(tokens, at, tag) for at in (place - 1, place - 2) for tag in _OPENERS)
        return number.spelled and not opens
    return number.value == 1 and bool(sense(tokens, place - 1, "hour_article"))


def _is_hour(tokens: list[Token], place: int) -> bool:
    """Whether what stands here makes the number before it an hour or an amount."""
    senses = tokens[place].senses if place < len(tokens) else {}
    if senses.keys() & _NO_DAY:
        return True
    if "which" in senses or "within" in senses:
        return sense(tokens, place + 1, "unit") not in (None, "month")  # "in den 2 nächsten Tagen"
    return "comma" in senses and kind(tokens, place + 1) == "number" and is_glued(tokens, place + 1)


def _one_more(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """The 19 and the 20 of "july 18, 19 or 20"."""
    number = value(tokens, place, "number")
    before = skip_back(tokens, place - 1, "comma", "or", "and", "the")
    day = value(tokens, before, "day") if before < place - 1 else None
    if number is None or day is None or day.day is None or day.month is None or day.nth is not None:
        return None
    follows = number.value == day.day + 1 or (number.value > max(12, day.day) and number.value <= 31)
    if number.spelled or not follows or not _is_listed(tokens, place + 1):
        return None
    return Found("day", replace(day, day=int(number.value), weekday=None), 1)


def _is_listed(tokens: list[Token], place: int) -> bool:
    """Whether the list ends here or goes on, so that the number before counts nothing."""
    return kind(tokens, place) in ("", "mark") or any(
        sense(tokens, place, tag)
        for tag in ("or", "and", "at", "from", "between", "daypart", "after", "before")
    )


def _counts_something(tokens: list[Token], place: int) -> bool:
    """Whether a noun follows ("the 2nd option"), so that the number counts things."""
    number = value(tokens, place, "number")
    if number is not None and number.spelled and number.value == 1:
        return True  # "the 2nd one"
    if kind(tokens, place) != "word":
        return False
    senses = tokens[place].senses
    return not (
        senses.keys()
        & {
            "at",
            "and",
            "or",
            "range",
            "from",
            "daypart",
            "month",
            "before",
            "after",
            "which",
            "glue",
            "between",
            "no_noun",
        }
    )


def _holiday(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    at = place + 1 if sense(tokens, place, "which") is not None else place
    name = sense(tokens, at, "holiday")
    if name is None:
        return None
    year, after = year_at(tokens, at + 1)
    return Found("day", Day(holiday=name, year=year, which=sense(tokens, place, "which")), after - place)


_OF_WORDS = (in_figures, *COUNTED_BY_WORD, _weekday, _relative, _month_day, _holiday)
_OF_NUMBERS = (in_figures, *COUNTED_BY_NUMBER, _day_month, _one_more, _day_of_month)
DAYS = Reader(
    "day",
    _read,
    frozenset({"number", "ymd", "dmy", "slash", "dotted"}),
    frozenset({"relday", "weekday", "which", "month", "holiday"}),
)

"""Reads longer spans: weeks, weekends, months, quarters, years, and their beginnings and ends."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, kind, sense, skip, value
from intents.times.counted_periods import UNITS, edge_of, nth_within
from intents.times.figures import past_dot
from intents.times.seasons import season_at
from intents.times.values import Day, Period, Stretch, Unit
from intents.times.years import year_after, year_in_figures
from intents.tokens import Token

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_WEEKS = 53  # in a long year


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    counted = nth_within(tokens, place, words, _plain) or edge_of(tokens, place, words, _plain)
    return counted or _plain(tokens, place, words)


def _plain(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """A period that is not counted within another."""
    for read in _OF_WORDS if tokens[place].value is None else _OF_NUMBERS:
        found = read(tokens, place, words)
        if found is not None:
            return found
    return None


def _counted(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "next week", "this month", "last year"."""
    which = sense(tokens, place, "which")
    if which is None and sense(tokens, place, "within"):
        which = 1
    if which is None or _is_counted(tokens, place):
        return None
    after = place + 1
    which_month = sense(tokens, after, "month")
    if which_month is not None and which in (0, 1, -1):
        return Found("period", Period("month", month=which_month, offset=which), 2)
    unit = UNITS.get(sense(tokens, after, "unit") or "")
    if unit is None:
        return None
    if sense(tokens, after + 1, "unit") == "weekend":
        unit, after = "weekend", after + 1
    if sense(tokens, place, "coming") and unit != "weekend":
        which = 1
    return Found("period", Period(unit, offset=which), after + 1 - place)


def _is_counted(tokens: list[Token], place: int) -> bool:
    """Whether a number before it counts the weeks: "the 3 next weeks"; not "1-3 next week"."""
    if sense(tokens, place - 2, "range") or sense(tokens, place - 2, "at"):
        return False
    number = value(tokens, place - 1, "number")
    return number is not None and not number.ordinal and number.value > 1


def _elliptic(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """The "next" of "this week or next", the "this" of "this or next week"."""
    which = sense(tokens, place, "which")
    if which is None or sense(tokens, place, "coming"):
        return None
    before, following = value(tokens, place - 2, "period"), sense(tokens, place + 2, "which")
    if sense(tokens, place - 1, "or") and before is not None and before.offset is not None:
        is_last = kind(tokens, place + 1) in ("", "mark")
        return Found("period", replace(before, offset=which), 1) if is_last else None
    unit = UNITS.get(sense(tokens, place + 3, "unit") or "")
    is_first = sense(tokens, place + 1, "or") and following is not None and unit
    return Found("period", Period(unit, offset=which), 1) if is_first and unit else None


def _numbered(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "week 32", "the year 2027"."""
    unit = sense(tokens, place, "unit") or sense(tokens, place, "numbered_week")
    number = value(tokens, place + 1, "number")
    if number is None or number.spelled or number.ordinal:
        return None
    if unit == "year" and _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return Found("period", Period("year", year=int(number.value)), 2)
    if unit == "week" and 1 <= number.value <= _WEEKS and kind(tokens, place + 2) != "length":
        year, offset, end = year_after(tokens, place + 2)
        return Found(
            "period", Period("week", number=int(number.value), year=year, year_offset=offset), end - place
        )
    return None


def _after_next(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    unit = UNITS.get(sense(tokens, place, "after_next") or "")
    return Found("period", Period(unit, offset=2), 1) if unit else None


def _month(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "June", "October 2014"; words that are also English ones only where a month may stand."""
    month = sense(tokens, place, "month")
    if month is None:
        return None
    token = tokens[place]
    before = value(tokens, place - 2 if sense(tokens, place - 1, "of_date") else place - 1, "number")
    if before is not None and not before.spelled and not before.ordinal and 31 < before.value < 100:
        return None  # "32 august" is no day, nor is august meant
    is_verb_too = "month_or_word" in token.senses
    is_placed = (
        sense(tokens, place - 1, "of") or sense(tokens, place - 1, "range") or _begins_range(tokens, place)
    )
    is_placed = (
        is_placed
        or sense(tokens, place - 1, "from")
        or sense(tokens, place - 1, "before")
        or len(tokens) == 1
    )
    is_placed = is_placed or any(
        sense(tokens, place - 1, tag) for tag in ("after", "part_of", "week_of", "which")
    )
    at = skip(tokens, past_dot(tokens, place + 1), "comma", "of")
    year = value(tokens, at, "number")
    if year and 1990 <= year.value <= 2100 and not year.spelled:
        return Found("period", Period("month", month=month, year=int(year.value)), at + 1 - place)
    is_name = place > 0 and tokens[place - 1].norm in words.words["with"]
    if (is_verb_too and not is_placed) or is_name:
        return None
    return Found("period", Period("month", month=month), 1)


def _begins_range(tokens: list[Token], place: int) -> bool:
    """Whether a range to another month or day begins here; "march through the list" is none."""
    end = place + 2
    is_end = sense(tokens, end, "month") is not None or kind(tokens, end) in ("number", "day", "period")
    return bool(sense(tokens, place + 1, "range")) and is_end


def _weekend(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if sense(tokens, place, "every") and sense(tokens, place + 1, "unit") == "week":
        return Found("period", Period("week", offset=0), 2)
    if sense(tokens, place, "unit") == "weekend":
        if sense(tokens, place + 1, "of"):
            month = sense(tokens, place + 2, "month")
            if month is not None:
                return Found("period", Period("weekend", month=month, nth=1), 3)
        return Found("period", Period("weekend", offset=0), 1)
    return None


def _part(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "end of next week", "the beginning of january", "later this week"."""
    part = sense(tokens, place, "part_of")
    if part is None:
        return None
    if part == "rest" and (rest := _rest_of_day(tokens, place)) is not None:
        return rest
    after = skip(tokens, place + 1, "the") if sense(tokens, place + 1, "after_next") is None else place + 1
    if sense(tokens, after, "of_date"):
        after = skip(tokens, after + 1, "the")
    elif kind(tokens, after) == "mark" and tokens[after].norm == "-":
        after += 1  # "mid-august"
    if after >= len(tokens):
        return None
    unit = UNITS.get(sense(tokens, after, "unit") or "")
    says_of = bool(sense(tokens, place, "part_of_bare"))
    if unit is not None and says_of:
        return Found("period", Period(unit, offset=0, part=part), after + 1 - place)
    inner = _read(tokens, after, words) if "part_of" not in tokens[after].senses else None
    if inner is None or inner.value.part is not None or not isinstance(inner.value, Period):
        return None
    return Found("period", replace(inner.value, part=part), after + inner.size - place)


def _rest_of_day(tokens: list[Token], place: int) -> Found | None:
    """ "the rest of the day"."""
    for after in range(place + 1, min(place + 4, len(tokens))):
        if sense(tokens, after, "unit") == "day":
            return Found("stretch", Stretch(Day(offset=0), by=True), after + 1 - place)
        if not sense(tokens, after, "the") and not sense(tokens, after, "of_date"):
            break
    return None


def _week_of(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if not sense(tokens, place, "week_of"):
        return None
    after = skip(tokens, place + 1, "the")
    day = value(tokens, after, "day")
    unit: Unit = "weekend" if sense(tokens, place, "week_of") == "weekend" else "week"
    return Found("period", Period(unit, holding=day), after + 1 - place) if day else None


def _quarter(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "q3 2019", "4th quarter of 2018"."""
    number = value(tokens, place, "number")
    if sense(tokens, place, "quarter_letter") and kind(tokens, place + 1) == "number":
        text = tokens[place + 1].text
        if text not in ("1", "2", "3", "4"):
            return None
        quarter, after = int(text), place + 2
    elif number and number.ordinal and number.value <= 4 and sense(tokens, place + 1, "unit") == "quarter":
        quarter, after = int(number.value), place + 2
    else:
        return None
    if quarter_names_something(tokens, after):
        return None
    year, offset, end = year_after(tokens, after)
    return Found("period", Period("quarter", quarter=quarter, year=year, year_offset=offset), end - place)


def quarter_names_something(tokens: list[Token], after: int) -> bool:
    """ "the Q3 budget" is a thing, not a time."""
    return kind(tokens, after) == "word" and not tokens[after].senses


def day_of(period: Period, day: Day) -> Day | None:
    """The day of a week or month that was named beside it ("tuesday, next week"). None: it does not fit."""
    if period.unit == "week" and period.holding is not None and day == Day(weekday=day.weekday):
        return replace(day, base=period.holding)
    is_week = period.unit in ("week", "workweek") and period.offset is not None and period.nth is None
    if is_week and day.weekday is not None and not day.nth and day.month is None:
        return replace(day, week=period.offset) if day.which is None and day.week is None else None
    if period.unit == "month" and period.part is None and day == Day(weekday=day.weekday):
        month_offset = period.offset if period.month is None else None
        return replace(day, nth=1, month=period.month, month_offset=month_offset, year=period.year)
    if period.unit == "month" and day.day is not None and day.month is None and day.month_offset is None:
        return replace(
            day,
            month=period.month,
            month_offset=period.offset if period.month is None else None,
            year=period.year,
        )
    return None


_OF_WORDS = (
    _part,
    _week_of,
    _after_next,
    _quarter,
    season_at,
    _counted,
    _elliptic,
    _month,
    year_in_figures,
    _numbered,
    _weekend,
)
_OF_NUMBERS = (_quarter, year_in_figures)
PERIODS = Reader(
    "period",
    _read,
    frozenset({"number", "ym"}),
    frozenset(
        {
            "which",
            "within",
            "after_next",
            "month",
            "part_of",
            "week_of",
            "unit",
            "every",
            "quarter_letter",
            "numbered_week",
            "season",
        }
    ),
)

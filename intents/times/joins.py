"""Joins neighbours that say one thing together: day and time, weekday and date, start and length."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, kind, sense, skip, value
from intents.times.settling import by_office_hours, moved_into, within
from intents.times.values import Clock, Dates, Day, Length, Period, Stretch, Times
from intents.tokens import Token

_JOINED = frozenset({"day", "period", "dates", "clock", "times", "stretch"})
_GLUE_AT_MOST = 3
_WHOLE_DAYS = (2, 3)  # of words that rule out days and no hours of them: "except", "any day but"
_LIST_AT_MOST = 8  # tokens, so that reading stays linear


def _next(tokens: list[Token], place: int) -> int:
    """The place of what stands next, past words that only connect."""
    after = place + 1
    while (
        after < len(tokens)
        and after - place <= _GLUE_AT_MOST
        and (sense(tokens, after, "glue") or tokens[after].kind == "zone")
    ):
        after += 1
    return after


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    made: Token = tokens[place]
    end, after = place, _next(tokens, place)
    is_excluded = kind(tokens, after) in _JOINED and _is_excluded(tokens, place)
    while kind(tokens, after) in _JOINED:
        crosses = any(
            sense(tokens, between, "apart") or tokens[between].kind == "zone"
            for between in range(end + 1, after)
        )
        comma = any(sense(tokens, between, "comma") for between in range(end + 1, after))
        joined = joined_values(made.kind, made.value, tokens[after].kind, tokens[after].value, comma=comma)
        if (
            joined is None
            or (is_excluded and _is_of_rest(tokens, place, after))
            or (comma and (is_excluded or _heads_list(tokens, made, after)))
            or (crosses and tokens[after].kind == "day" and made.kind == "day")
        ):
            break
        made = Token(joined[0], "", "", first=made.first, last=tokens[after].last, value=joined[1])
        end, after = after, _next(tokens, after)
    return Found(made.kind, made.value, end - place + 1) if end > place else None


def _heads_list(tokens: list[Token], made: Token, place: int) -> bool:
    """Whether a list goes on: "tomorrow, friday or monday" are three days."""
    day = value(tokens, place, "day")
    is_one_more = isinstance(made.value, Day) and made.value.offset is not None and day is not None
    return is_one_more and bool(sense(tokens, place + 1, "or")) and kind(tokens, place + 2) == "day"


def _is_of_rest(tokens: list[Token], place: int, after: int) -> bool:
    """Whether the hour behind a day that is ruled out is that of the other days: "except friday at 9"."""
    is_point = kind(tokens, after) == "clock" and kind(tokens, place) in ("day", "period")
    for at in range(max(place - _LIST_AT_MOST, 0), place) if is_point else ():
        rules_out = sense(tokens, at, "not")
        if rules_out in _WHOLE_DAYS:
            return at > 0 or rules_out == _WHOLE_DAYS[-1]
    return False


def _is_excluded(tokens: list[Token], place: int) -> bool:
    """Whether a "not" rules out what stands here, or the list that it ends ("not monday or wednesday")."""
    for before in range(place - 1, max(place - _LIST_AT_MOST, 0) - 1, -1):
        if sense(tokens, before, "not"):
            return True
        links = sense(tokens, before, "or") or sense(tokens, before, "and") or sense(tokens, before, "the")
        if not links and tokens[before].kind not in _JOINED and before != place - 1:
            return False
    return False


def joined_values(
    kind_a: str, a: object, kind_b: str, b: object, *, comma: bool = False
) -> tuple[str, object] | None:
    """Two values as one, where they belong together."""
    if isinstance(a, Day) and isinstance(b, Day):
        day = _two_days(a, b)
        return ("day", day) if day else None
    in_year = _in_year(a, b)
    if in_year is not None:
        return ("day" if isinstance(in_year, Day) else "period"), in_year
    if isinstance(a, Clock | Times) and isinstance(b, Clock | Times):
        times = _two_times(a, b, comma=comma)
        return ("times", times) if times else None
    if isinstance(a, Dates) and isinstance(b, Dates):
        dates = _two_sides(a, b) or _two_sides(b, a)
        return ("dates", dates) if dates else None
    if isinstance(a, Day | Period | Dates) and isinstance(b, Clock | Times):
        return None if isinstance(a, Dates) and isinstance(b, Clock) else ("stretch", Stretch(a, times_of(b)))
    if isinstance(a, Clock | Times) and isinstance(b, Day | Period | Dates):
        return (
            None if comma and isinstance(b, Period) else ("stretch", Stretch(b, times_of(a), hour_first=True))
        )
    if isinstance(a, Stretch) and isinstance(b, Clock | Times) and a.times is not None and a.until is None:
        times = _two_times(a.times, b, comma=comma)
        return ("stretch", replace(a, times=times)) if times else None
    if isinstance(b, Stretch) and isinstance(a, Clock | Times) and b.times is not None and b.until is None:
        times = _two_times(a, b.times, comma=comma)
        return ("stretch", replace(b, times=times)) if times else None
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Stretch) and one == Stretch(Day(offset=0), by=True) and isinstance(other, Day):
            return "stretch", replace(one, days=other)  # "by EOD tomorrow"
    if isinstance(a, Stretch) and isinstance(b, Day) and isinstance(a.days, Day) and a.moment is None:
        day = _two_days(a.days, b)
        is_one = not comma or (a.days == Day(weekday=a.days.weekday) and b.month is not None)
        return ("stretch", replace(a, days=day)) if day and is_one else None
    if isinstance(b, Stretch) and isinstance(a, Day) and isinstance(b.days, Day) and b.moment is None:
        day = _two_days(a, b.days)
        return ("stretch", replace(b, days=day)) if day else None
    if isinstance(a, Day | Period) and isinstance(b, Stretch) and _lacks_day(b):
        return "stretch", replace(b, days=a)  # "wednesday" and "at 3 for an hour"
    if isinstance(a, Day) and isinstance(b, Stretch) and b.moment is not None and a.offset == 0:
        return "stretch", b
    return None


def _lacks_day(stretch: Stretch) -> bool:
    return (
        stretch.days is None
        and stretch.moment is None
        and stretch.until is None
        and stretch.times is not None
    )


def times_of(value: Clock | Times) -> Times:
    """A clock as a point of the day."""
    if isinstance(value, Times):
        return value
    return Times(by_office_hours(value), None, is_point=True, sure=value.sure)


def _two_days(a: Day, b: Day) -> Day | None:
    """ "friday 23", "Tue, June 3rd": one day, said twice."""
    for weekday, dated in ((a, b), (b, a)):
        is_bare = (
            weekday.weekday is not None and weekday.day is None and weekday.nth is None and not weekday.plus
        )
        if not is_bare or dated.weekday is not None:
            continue
        if dated.day is not None or dated.holiday or dated.month:
            return replace(dated, weekday=weekday.weekday)
        if dated.offset is not None:
            in_week = dated.plus_months or (dated.offset and dated.offset % 7 == 0)
            return Day(base=dated, weekday=weekday.weekday) if in_week else dated
        if dated.base is not None and (dated.plus_months or (dated.plus and dated.plus % 7 == 0)):
            return Day(base=dated, weekday=weekday.weekday)  # "sunday 3 weeks after easter"
    for told, dated in ((a, b), (b, a)):
        if told.offset is not None and dated == Day(day=dated.day):
            return told  # "tomorrow the 15th"
    return None


def _in_year(a: object, b: object) -> Day | Period | None:
    """ "may 5 next year", "the first quarter of next year"."""
    if not isinstance(b, Period) or b.unit != "year" or b.part is not None or not isinstance(a, Day | Period):
        return None
    lacks_year = a.year is None and a.year_offset is None and not (isinstance(a, Period) and a.offset)
    names = a.month or (a.holiday if isinstance(a, Day) else a.quarter or a.number)
    return (
        replace(a, year=b.year, year_offset=b.offset if b.year is None else None)
        if lacks_year and names
        else None
    )


def _two_times(a: Clock | Times, b: Clock | Times, *, comma: bool) -> Times | None:
    for part, other in ((a, b), (b, a)):
        if not isinstance(part, Times) or part.part is None:
            continue
        if isinstance(other, Clock):
            return Times(within(other, part), None, is_point=True)
        if other.is_point:
            clock = (
                Clock(other.start or 0, other.sure)
                if other.sure
                else Clock((other.start or 0) % 720, sure=False)
            )
            return Times(within(clock, part), None, is_point=True)
        if other.part is None:
            return moved_into(other, part)
    if isinstance(a, Times) and isinstance(b, Times) and _are_open(a, b):
        both = Times(a.start if a.start is not None else b.start, b.end if b.end is not None else a.end)
        return both if (both.start or 0) < (both.end or 0) else None  # "before 10, after 3" are two
    return None


def _two_sides(a: Dates, b: Dates) -> Dates | None:
    """ "From the 20th on, until the 24th": what begins with one and ends with the other."""
    if a.last is not None or a.length is not None or b.last is None or b.first not in (None, Day(offset=0)):
        return None
    if b.first is not None:
        return replace(a, last=b.last)
    ends = replace(b.last, plus=b.last.plus - 1) if isinstance(b.last, Day) else None  # "before the 24th"
    return replace(a, last=ends) if ends is not None else None


def _are_open(a: Times, b: Times) -> bool:
    return (
        (a.end is None) != (b.end is None)
        and (a.start is None) != (b.start is None)
        and not a.is_point
        and not b.is_point
    )


JOINS = Reader("join", _read, _JOINED)


def _lasting(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "from 2pm for 2 hours", "18th dec for 10 days"."""
    if sense(tokens, place, "for"):
        return _for_from(tokens, place, place + 1)
    if tokens[place].kind == "length":
        return _for_from(tokens, place, place)
    after = skip(tokens, place + 1, "comma", "and") if sense(tokens, place + 2, "for") else place + 1
    if (
        sense(tokens, place - 1, "from")
        and kind(tokens, after) == "length"
        and sense(tokens, after + 1, "for")
    ):
        lasting = _lasts(tokens[place].value, tokens[after].value)  # "ab 18. Dezember 10 Tage lang"
        return Found(lasting[0], lasting[1], after + 2 - place) if lasting else None
    if not sense(tokens, after, "for") or kind(tokens, after + 1) != "length":
        return None
    lasting = _lasts(tokens[place].value, tokens[after + 1].value)
    return Found(lasting[0], lasting[1], after + 2 - place) if lasting else None


def _lasts(value: object, length: Length) -> tuple[str, object] | None:
    """What starts then and lasts so long."""
    if isinstance(value, Day) and length.is_coarse:
        return "dates", Dates(value, None, length)
    if length.is_coarse and not (isinstance(value, Stretch) and length.unit == "day"):
        return None
    times = value.times if isinstance(value, Stretch) else value if isinstance(value, Times) else None
    if times is not None and times.end is not None and not times.part:
        return None  # "between 2 and 4 for 30 minutes": somewhere in it
    if isinstance(value, Stretch) and value.times is not None and value.times.start is not None:
        if value.times.part and not value.times.is_point:
            return None  # "tomorrow afternoon for 30 min" names no start
        return "stretch", replace(value, length=length, times=_start(value.times))
    if isinstance(value, Clock | Times):
        times = times_of(value)
        if times.start is not None and not times.part:
            return "stretch", Stretch(times=_start(times), length=length)
    return None


def _start(times: Times) -> Times:
    return Times(times.start, None, is_point=True, sure=times.sure)


def _for_from(tokens: list[Token], place: int, at: int) -> Found | None:
    """ "for 2 hours from 2pm", "for 10 days from the 18th", "an hour from 3"; the length is `at` there."""
    if kind(tokens, at) != "length":
        return None
    after = skip(tokens, at + 1, "comma")
    if not sense(tokens, after, "from") or (at == place and sense(tokens, after, "starting")):
        return None
    after += 1
    while sense(tokens, after, "the") or sense(tokens, after, "exactly_at"):
        after += 1
    if kind(tokens, after) not in _JOINED or _has_hour(tokens, after):
        return None
    lasting = _lasts(tokens[after].value, tokens[at].value)
    return Found(lasting[0], lasting[1], after + 1 - place) if lasting else None


def _has_hour(tokens: list[Token], place: int) -> bool:
    """Whether a time of day belongs to the day that stands here, to be joined first."""
    after = _next(tokens, place)
    return kind(tokens, place) == "day" and after > place + 1 and kind(tokens, after) == "clock"


def _dated(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """ "monday the 15th", "tuesday, june 16", where a range begins or ends with it."""
    after = skip(tokens, place + 1, "comma", "definite")
    day, dated = value(tokens, place, "day"), value(tokens, after, "day")
    if day is None or dated is None or dated.day is None or (dated.month is None and after > place + 2):
        return None
    if not (sense(tokens, after + 1, "range") or sense(tokens, place - 1, "range")):
        return None
    one = _two_days(day, dated) if day.weekday is not None else None
    return Found("day", one, after + 1 - place) if one is not None else None


DATED = Reader("dated_weekday", _dated, frozenset({"day"}), needs=frozenset({"range"}))
LASTING = Reader("lasting", _lasting, _JOINED | {"length"}, frozenset({"for"}), needs=frozenset({"length"}))

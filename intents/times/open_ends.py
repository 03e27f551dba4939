"""Reads spans with one open end: "after 3", "before noon", "by friday", "from thursday on"."""

from dataclasses import replace

from intents.lexicon import Lexicon
from intents.times.cascade import Found, Reader, kind, sense, skip, value
from intents.times.settling import by_office_hours
from intents.times.values import Clock, Dates, Day, Period, Stretch, Times
from intents.tokens import Token

_END_AT_MOST = 6  # tokens of one end of a range ("monday the 3rd at 9 in the morning")
_NAME_AT_MOST = 4  # words of a meeting's name
_TIMELIKE = frozenset({"clock", "times", "day", "period", "stretch"})


def _read_alone(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    """An open end that is not one end of a range yet to be joined."""
    is_range = any(sense(tokens, place, tag) and _in_range(tokens, place, tag) for tag in ("before", "from"))
    return _read(tokens, place, words) if not is_range else None


def _read(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if tokens[place].kind in _TIMELIKE:
        return _with_suffix(tokens, place, words)
    for tag, side in (("before", "before"), ("after", "after"), ("from", "from")):
        if not sense(tokens, place, tag):
            continue
        at = skip(tokens, place + 1, "the", "exactly_at", "day_article", "hour_article")
        at = at if tag == "from" else _past_meeting(tokens, place + 1, at, words)
        if sense(tokens, place, "before_or_for") and _is_whole(tokens, at, has_article=at > place + 1):
            continue
        if sense(tokens, place, "starting") and _is_point(tokens, at):
            continue
        if _goes_on(tokens, at):
            continue  # "by monday noon" is one time, to be joined first
        found = _opened(tokens, at, side, words, is_by=bool(sense(tokens, place, "by")))
        if found is not None:
            return _sized(found, tokens, at, place, eats_on=tag == "from")
    return None


def _past_meeting(tokens: list[Token], first: int, at: int, words: Lexicon) -> int:
    """The place of the time that tells which meeting it is before or after: "my call at 3", "our 11am"."""
    if first >= len(tokens) or tokens[first].norm not in words.words.union("determiner", "others"):
        return at
    begin = max(at, first + 1)
    for place in range(begin, min(begin + _NAME_AT_MOST, len(tokens))):
        is_point = kind(tokens, place) == "clock" or (place > begin and _is_point(tokens, place))
        if is_point and (place == begin or sense(tokens, place - 1, "at") or tokens[place].kind == "stretch"):
            return place
        if kind(tokens, place) == "day" and place > begin and sense(tokens, place - 1, "on"):
            return place  # "before the deadline on friday"
        if tokens[place].kind != "word":
            return at
    return at


def _is_whole(tokens: list[Token], place: int, *, has_article: bool) -> bool:
    """Whether a week or a longer span stands here and no part of one, or a day with an hour or a part."""
    period = value(tokens, place, "period")
    if period is not None:
        is_this = has_article and period.unit == "weekend" and period.holding is None
        return period.part is None and period.year is None and not is_this
    stretch = value(tokens, place, "stretch")
    if stretch is not None:
        times = stretch.times
        return stretch.days is not None and times is not None and (times.is_point or times.part is not None)
    return kind(tokens, place) == "day" and kind(tokens, skip(tokens, place + 1, "exactly_at")) == "clock"


def _in_range(tokens: list[Token], place: int, tag: str) -> bool:
    """Whether the range that begins or ends here has ends of more words, to be joined first."""
    if tag == "before":
        at = skip(tokens, place + 1, "the", "exactly_at")
        ends = sense(tokens, place, "range") and kind(tokens, at) in ("clock", "times", "stretch")
        return bool(ends) and _has_clock_before(tokens, place)
    if tag != "from":
        return False
    for at in range(place + 1, min(place + 1 + _END_AT_MOST, len(tokens) - 1)):
        if sense(tokens, at, "range") and tokens[at - 1].kind in _TIMELIKE:
            return _timelike(tokens, skip(tokens, at + 1, "the", "exactly_at"))
        if tokens[at].kind not in _TIMELIKE and not sense(tokens, at, "glue"):
            return False
    return False


def _has_clock_before(tokens: list[Token], place: int) -> bool:
    """Whether "11pm tonight" or the like stands before this place."""
    kinds = {tokens[at].kind for at in range(max(place - 3, 0), place)}
    return _timelike(tokens, place - 1) and bool(kinds & {"clock", "stretch"})


def _is_point(tokens: list[Token], place: int) -> bool:
    """Whether an exact time stands there."""
    stretch = value(tokens, place, "stretch")
    is_exact = stretch is not None and stretch.times is not None and stretch.times.is_point
    return kind(tokens, place) == "clock" or is_exact


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Whether a time of day belongs to the day that stands here."""
    if kind(tokens, place) not in ("day", "period"):
        return False
    after = place + 1
    while (
        sense(tokens, after, "glue")
        and not sense(tokens, after, "comma")
        and not sense(tokens, after, "apart")
    ):
        after += 1
    return kind(tokens, after) in ("clock", "times")


def _sized(found: Found, tokens: list[Token], at: int, place: int, *, eats_on: bool) -> Found:
    end = at + found.size
    if sense(tokens, end, "onwards") and _closes(tokens, end, eats_on=eats_on):
        end += 1
    return Found(found.kind, found.value, end - place)


def _closes(tokens: list[Token], place: int, *, eats_on: bool) -> bool:
    """Whether "onwards" belongs to what it follows; the "or after" of "before 10 or after 3" does not."""
    following = skip(tokens, place + 1, "hour_article", "day_article")
    if not _timelike(tokens, following):
        return eats_on or sense(tokens, place, "onwards") != "weak"
    return sense(tokens, place, "onwards") != "weak" and not sense(tokens, place, "after")


def _timelike(tokens: list[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place].kind in _TIMELIKE


def _with_suffix(tokens: list[Token], place: int, words: Lexicon) -> Found | None:
    if sense(tokens, place + 1, "onwards") not in (None, "weak"):
        found = _opened(tokens, place, "from", words, is_by=False)
    elif sense(tokens, place + 1, "or_before"):
        found = _opened(tokens, place, "before", words, is_by=True)
    else:
        return None
    return Found(found.kind, found.value, 2) if found else None


def _opened(tokens: list[Token], place: int, side: str, words: Lexicon, *, is_by: bool) -> Found | None:
    if place >= len(tokens):
        return None
    match tokens[place].kind:
        case "clock":
            return Found("times", _clock(tokens[place].value, side), 1)
        case "times":
            return _part(tokens[place].value, side, words, is_by=is_by)
        case "day" | "period":
            return Found("dates", _dates(tokens[place].value, side, is_by=is_by), 1)
        case "stretch":
            return _stretch(tokens[place].value, side, words, is_by=is_by)
    return None


def _clock(clock: Clock, side: str) -> Times:
    minute = by_office_hours(clock)
    return Times(None, minute, sure=clock.sure) if side == "before" else Times(minute, None, sure=clock.sure)


def _part(times: Times, side: str, words: Lexicon, *, is_by: bool) -> Found | None:
    """ "after lunch" is when lunch is over, "before lunch" until it begins, "by EOD" until that ends."""
    if times.part is None:
        return None
    if side == "after":
        return Found("times", Times(_over(times, words), None), 1)
    if side == "from":
        return Found("times", Times(times.start, None), 1)
    if times.part == "end_of_day":
        return Found("stretch", Stretch(Day(offset=0), by=True), 1)
    return Found("times", Times(None, times.end if is_by else times.start), 1)


def _over(times: Times, words: Lexicon) -> int | None:
    """When a part of the day is over; lunch may be had later than most have had it."""
    following = words.dayparts.get(f"after_{times.part}")
    return following[0] if following else times.end


def _dates(day: Day | Period, side: str, *, is_by: bool) -> Dates:
    """ "from thursday" has Thursday in it, "after thursday" begins the day after, "by friday" has Friday."""
    if side != "before":
        return Dates(day, None, after_first=side == "after")
    return Dates(Day(offset=0), day) if is_by else Dates(None, day)


def _stretch(stretch: Stretch, side: str, words: Lexicon, *, is_by: bool) -> Found | None:
    times = stretch.times
    if times is None:
        return None
    if times.is_point:
        opened = (
            Times(None, times.start, sure=times.sure)
            if side == "before"
            else Times(times.start, None, sure=times.sure)
        )
        return Found("stretch", replace(stretch, times=opened, by=is_by), 1)
    if times.part == "end_of_day" and side == "before":
        return Found("stretch", replace(stretch, times=Times(None, times.end), by=True), 1)
    if times.part and side == "before":
        return Found("stretch", replace(stretch, times=Times(None, times.end if is_by else times.start)), 1)
    if times.part:
        start = _over(times, words) if side == "after" else times.start
        return Found("stretch", replace(stretch, times=Times(start, None)), 1)
    return None


_OPENERS = frozenset({"after", "before", "from"})
OPEN_ENDS = Reader("open_end", _read_alone, _TIMELIKE, _OPENERS, needs=_OPENERS | {"onwards", "or_before"})
LATE_OPEN_ENDS = OPEN_ENDS._replace(name="open_end_of_both", read=_read)  # when ranges were joined

"""Turns times of a sentence into habits: weekdays and hours, without any date."""

from typing import Literal

from intents.frames import Habit, Hours
from intents.sentence import Sentence
from intents.times.resolving import hours_of, whole_part
from intents.times.values import Dates, Day, Period, Reading, Stretch

Kind = Literal["never", "rather", "works"]
_WORKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_Parts = tuple[tuple[int, ...], tuple[Hours, ...]]  # weekdays, hours


def habits_of(kind: Kind, sentence: Sentence) -> tuple[Habit, ...]:
    """The habits that a sentence tells, of this kind; what it rules out is never wanted."""
    reading = sentence.reading
    days: tuple[int, ...] = ()
    ruled_out = reading.without
    if any("weekdays" in token.senses for token in sentence.timed):
        days, ruled_out = _WORKDAYS, tuple(one for one in ruled_out if not _is_weekend(one))
    wanted = [_parts(one, kind) for one in reading.stretches] or ([((), ())] if days else [])
    said = [(one[0] or days, one[1]) for one in wanted]
    unwanted = [_parts(one, "never") for one in ruled_out]
    if kind == "never":
        return _habits("never", [*said, *unwanted])
    return (*_habits(kind, said), *_habits("never", unwanted))


def has_dates(reading: Reading) -> bool:
    """Whether a day is named that is no weekday in general: "tomorrow", "the 20th", "this week"."""
    stretches = (*reading.stretches, *reading.without)
    return any(one.moment is not None or (one.days is not None and not _weekdays(one)) for one in stretches)


def _habits(kind: Kind, parts: list[_Parts]) -> tuple[Habit, ...]:
    """One habit for the hours that several weekdays share, and for the weekdays that several hours share."""
    by_hours: dict[tuple[Hours, ...], tuple[int, ...]] = {}
    for days, hours in parts:
        by_hours[hours] = tuple(sorted({*by_hours.get(hours, ()), *days}))
    by_days: dict[tuple[int, ...], tuple[Hours, ...]] = {}
    for hours, days in by_hours.items():
        by_days[days] = (*by_days.get(days, ()), *hours)
    return tuple(Habit(what=kind, weekdays=days, hours=hours) for days, hours in by_days.items())


def _parts(stretch: Stretch, kind: Kind) -> _Parts:
    times = stretch.times
    if times is None:
        return _weekdays(stretch), ()
    hours = hours_of(times)
    return _weekdays(stretch), (whole_part(hours) if times.part and kind == "never" else hours,)


def _weekdays(stretch: Stretch) -> tuple[int, ...]:
    """The weekdays that a stretch names by nothing but their names."""
    match stretch.days:
        case Day(weekday=int(weekday)) as day if day == Day(weekday=weekday):
            return (weekday,)
        case Dates(first=Day(weekday=int(first)), last=Day(weekday=int(last))):
            return tuple(sorted((first + place) % 7 for place in range((last - first) % 7 + 1)))
        case Period(unit="weekend", offset=0 | None):
            return _WEEKEND
        case Period(unit="workweek", offset=0 | None):
            return _WORKDAYS
    return ()


def _is_weekend(stretch: Stretch) -> bool:
    return stretch.times is None and bool(set(_weekdays(stretch)) & set(_WEEKEND))

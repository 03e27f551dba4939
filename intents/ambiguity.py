"""Finds the second reading of times that can be meant in two ways, and joins the two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from intents.frames import Ambiguity, Frame, Understanding, Wish
from intents.lexicon import Lexicon
from intents.times.values import Dates, Day, Period, Reading, Stretch

_HALF = 720
_MONTHS = 12
_EARLY = range(7 * 60, 8 * 60)  # an hour at which some begin their day and others have dinner
_Turn = Callable[[Stretch, Lexicon, date], Stretch]


def second_reading(reading: Reading, words: Lexicon, today: date) -> tuple[Ambiguity, Reading] | None:
    """What is ambiguous and the other reading of it, seen from the speaker's date. None: all is clear."""
    for key, turn in _TURNS.items():
        stretches = tuple(turn(one, words, today) for one in reading.stretches)
        if stretches != reading.stretches:
            return key, replace(reading, stretches=stretches)
    return None


def _other_order(stretch: Stretch, words: Lexicon, today: date) -> Stretch:
    """ "7/8": the day is the month, where neither region nor person tell which comes first."""
    days = stretch.days
    if words.is_order_known or days is None:
        return stretch
    if isinstance(days, Dates):
        return replace(stretch, days=replace(days, first=_swapped(days.first), last=_swapped(days.last)))
    return replace(stretch, days=_swapped(days))


_Days = TypeVar("_Days", bound="Day | Period | None")


def _swapped(day: _Days) -> _Days:
    if not isinstance(day, Day) or not day.either_order or day.weekday is not None:
        return day
    if day.day is None or day.day > _MONTHS:
        return day  # the 19 of "the 19th or 7/8"
    return replace(day, day=day.month, month=day.day)


def _coming(stretch: Stretch, words: Lexicon, today: date) -> Stretch:
    """ "Next friday", where that is still to come this week."""
    day = stretch.days
    if words.next_weekday is not None or not isinstance(day, Day) or day.weekday is None:
        return stretch
    is_next = day == Day(weekday=day.weekday, which=1) and day.weekday > today.weekday()
    return replace(stretch, days=replace(day, which=0)) if is_next else stretch


def _other_half(stretch: Stretch, words: Lexicon, today: date) -> Stretch:
    """ "At 7": in the morning or in the evening."""
    times = stretch.times
    if times is None or not times.is_point or times.sure or times.start is None:
        return stretch
    if times.start not in _EARLY:
        return stretch
    return replace(stretch, times=times._replace(start=times.start + _HALF, sure=True))


_TURNS: dict[Ambiguity, _Turn] = {
    "date_order": _other_order,
    "next_weekday": _coming,
    "half_of_day": _other_half,
}


def both(understanding: Understanding) -> Frame:
    """The frame whose times are those of either reading; what was unsure is noted with them."""
    frame = understanding.frame
    others = [one.when for one in understanding.alternatives if isinstance(one, Wish) and one.when]
    if not isinstance(frame, Wish) or frame.when is None or understanding.ambiguity is None:
        return frame
    windows = {window for when in (frame.when, *others) for window in when.windows}
    ordered = tuple(sorted(windows, key=lambda window: window.start))
    when = frame.when.model_copy(update={"windows": ordered, "unsure": understanding.ambiguity})
    return frame.model_copy(update={"when": when})

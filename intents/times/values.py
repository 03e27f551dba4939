"""The typed values that readers of time make and combine; still relative to a now that comes later."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Unit = Literal["day", "week", "workweek", "weekend", "month", "quarter", "season", "year", "workday"]
PartOf = Literal["start", "middle", "end", "rest", "first_half", "second_half"]


class Number(NamedTuple):
    """A number; `spelled` in letters, `ordinal` ("3rd"), `padded` to a time of day ("0030")."""

    value: float
    ordinal: bool = False
    spelled: bool = False
    padded: bool = False


class Clock(NamedTuple):
    """A time of day in minutes. `sure`: the half of the day is known; else both halves are possible.

    `by_part`: it is known by a part of the day ("7 in the evening"), and may also hold for an hour beside it.
    """

    minute: int
    sure: bool = True
    by_part: bool = False


class Times(NamedTuple):
    """A span of the day in minutes after midnight; `end` may pass 1440. A point has only a start.

    `part` is the daypart it came from. An open side is None.
    """

    start: int | None = None
    end: int | None = None
    is_point: bool = False
    part: str | None = None
    sure: bool = True


class Length(NamedTuple):
    """A stretch of time: minutes and, where they do not fit, months. `unit`: the smallest that was said."""

    minutes: int = 0
    months: int = 0
    unit: str = "minute"
    amount: float = 0
    rest: int = 0  # seconds beyond the minutes

    @property
    def is_coarse(self) -> bool:
        """Said in days or more: not the length of a meeting."""
        return self.unit not in ("minute", "hour", "second")

    @property
    def seconds(self) -> int:
        """In seconds, a month taken as 30 days and a year as 365."""
        years, months = divmod(self.months, 12)
        return self.minutes * 60 + self.rest + (years * 365 + months * 30) * 86400


@dataclass(frozen=True, slots=True)
class Day:
    """A day by what is known of it; what is not said is found from now on, preferring the future.

    `which`: this/next/last before a weekday. `week`: weeks from the current one. An nth weekday is counted in
    the month. `plus`: days to add at the end. `base`: the day that it is counted from; a weekday with a base
    lies in its week, or after (`which` 1) or before it (-1).
    """

    offset: int | None = None
    weekday: int | None = None
    which: int | None = None
    week: int | None = None
    nth: int | None = None
    day: int | None = None
    month: int | None = None
    month_offset: int | None = None
    year: int | None = None
    year_offset: int | None = None  # years from the current one
    either_order: bool = False  # in figures that can be month and day or day and month
    holiday: str | None = None
    plus: int = 0
    plus_months: int = 0
    workdays: int = 0
    base: "Day | None" = None


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, quarter, year, weekend or run of days. `offset` counts from the current one."""

    unit: Unit
    offset: int | None = None
    count: int = 1
    month: int | None = None
    quarter: int | None = None  # of a year; of a season which one, from spring on
    year: int | None = None
    year_offset: int | None = None  # years from the current one
    part: PartOf | None = None
    nth: int | None = None  # the nth week of a month; -1 the last
    holding: Day | None = None  # "the week of June 18"
    number: int | None = None  # of a week, as ISO 8601 counts them
    days: int | None = None  # how many of them a start or an end has


@dataclass(frozen=True, slots=True)
class Dates:
    """From a day to another, both included; an open side is None."""

    first: "Day | Period | None"
    last: "Day | Period | None"
    length: Length | None = None
    after_first: bool = False  # begins when the first one is over


class Moment(NamedTuple):
    """So many minutes from now. `within`: the whole stretch until then."""

    minutes: int
    within: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or days with a time of day; the unit that the person offers."""

    days: "Day | Period | Dates | None" = None
    times: Times | None = None
    moment: Moment | None = None
    length: Length | None = None
    until: "Stretch | None" = None  # ends at this one's start
    before: bool = False  # open at its start: everything until here
    after: bool = False  # open at its end
    by: bool = False  # from now until here
    zone: str | None = None
    hour_first: bool = field(default=False, compare=False)  # "at 3 today": days behind it share the hour


@dataclass(frozen=True, slots=True)
class Repeats:
    """How a meeting repeats: daily, weekly, monthly or yearly, every `interval` of these.

    `nth`: the nth of its one weekday in a month; -1 the last. `day`: of the month. It ends with the day or
    period or after the length of `until`, or after `count` meetings.
    """

    frequency: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    day: int | None = None
    until: Day | Period | Length | None = None
    count: int | None = None
    is_implied: bool = False  # "mondays at 9"


class Zone(NamedTuple):
    """A time zone that was named."""

    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a sentence says of time."""

    stretches: tuple[Stretch, ...] = ()
    without: tuple[Stretch, ...] = ()
    lengths: tuple[Length, ...] = ()
    zone: str | None = None
    repeats: Repeats | None = None
    same_time: bool = False
    asap: bool = False

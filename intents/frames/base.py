"""The parts of which frames are made: times, people, and which meeting is meant."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Immutable data, compared by value. Unknown fields are kept, so that mixed versions can share state."""

    model_config = ConfigDict(frozen=True, extra="allow")


# What can be meant in two ways: which of 7/8 is the month, the week of "next friday", morning or evening.
Ambiguity = Literal["date_order", "next_weekday", "half_of_day"]


class Conventions(Value):
    """What a person means by words that others use otherwise; what is not set is as in their language.

    `dayparts`: from and to, in minutes after midnight, by their names ("afternoon"). `first_hour`: from that
    minute on, an hour without its half is in the morning. `next_weekday`: "next friday" is that of the next
    week, or the one that comes first. `month_first`: 7/8 is in July.
    """

    dayparts: dict[str, tuple[int, int]] = {}
    first_hour: int = 7 * 60
    next_weekday: Literal["week", "coming"] | None = None
    month_first: bool | None = None


class Window(Value):
    """A half-open span `[start, end)` that a person would accept. Aware datetimes.

    A point ("tomorrow at 3") names only a start: `end` is None and `is_point` is true.
    `end` is None without `is_point` when the span is open ("from Thursday on", "asap").
    """

    start: datetime
    end: datetime | None = None
    is_point: bool = False


class Hours(Value):
    """A half-open span of every day, in minutes after local midnight: `[0, 1440]`."""

    start: int = 0
    end: int = 1440


class When(Value):
    """Times a person named, still divided into what may be changed by the next sentence.

    A start fits if it lies in some window (or there are none) and in some of the hours (or there are none),
    and in nothing that is excluded. `zone` is the IANA zone in which hours and weekdays are meant.
    """

    zone: str
    windows: tuple[Window, ...] = ()
    hours: tuple[Hours, ...] = ()
    without: tuple[Window, ...] = ()
    without_hours: tuple[Hours, ...] = ()
    without_weekdays: tuple[int, ...] = ()  # Monday is 0
    zone_said: bool = False  # "10am London": the person named the zone
    hours_implied: bool = False  # the hours were supplied by us ("afternoon"), not said
    unsure: Ambiguity | None = None  # the windows are those of two readings


class Recurrence(Value):
    """How a meeting repeats: every `interval` days, weeks, months or years.

    `weekdays`: Monday is 0; with `nth`, the nth of that weekday in the month (-1: the last). `day`: of the
    month. `until`: it ends before this instant; `count`: after so many meetings.
    """

    frequency: Literal["daily", "weekly", "monthly", "yearly"]
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    day: int | None = None
    until: datetime | None = None
    count: int | None = None


class Mention(Value):
    """Somebody named in a sentence: a Slack id, an e-mail address, a name as typed, or a booking page by its
    link ("cal.com/ana/intro")."""

    kind: Literal["user", "group", "everyone", "email", "name", "link"]
    value: str


class LengthChange(Value):
    """Longer or shorter than before: by so many `minutes`, `factor` times as long, or by one step."""

    direction: Literal["longer", "shorter"]
    minutes: int | None = None
    factor: float | None = None


class Target(Value):
    """Which existing meeting is meant ("my 3pm with <@U2>", "the design review", "my next meeting")."""

    when: When | None = None
    who: tuple[Mention, ...] = ()
    title: str | None = None
    which: Literal["next", "first", "last", "this"] | None = None  # "this": what this thread is about
    every: bool = False  # "both meetings on friday", "everything this afternoon"

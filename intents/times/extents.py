"""Finds where a stretch lies on the clock, seen from now; what is not said is looked for in the future."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from intents.lexicon import Lexicon
from intents.times.calendar_ranges import dates_of
from intents.times.values import Stretch, Times
from intents.times.wall_clock import at, fixed


class Extent(NamedTuple):
    """A stretch on the clock; an open side is None."""

    start: datetime | None
    end: datetime | None = None
    is_point: bool = False


class Here(NamedTuple):
    """Where and when something is said."""

    now: datetime  # in the zone of the speaker
    zone: tzinfo  # in which times of day are meant
    words: Lexicon

    @property
    def today(self) -> date:
        """The speaker's date."""
        return self.now.date()


def extent(stretch: Stretch, here: Here) -> Extent | None:
    """A stretch on the clock, seen from now. None where there is no such time."""
    if stretch.moment is not None:
        return _moment(stretch, here)
    if stretch.until is not None:
        return _until(stretch, here)
    if stretch.days is None:
        return _next_time(stretch, here)
    dates = dates_of(stretch.days, here.today, here.words)
    if dates is None:
        return None
    found = on_dates(dates, stretch.times, here)
    if stretch.by:
        found = Extent(here.now, found.end)
    return _lasting(found, stretch)


def _lasting(found: Extent, stretch: Stretch) -> Extent:
    if stretch.length is None or found.start is None:
        return found
    return Extent(found.start, found.start + timedelta(minutes=stretch.length.minutes))


def _moment(stretch: Stretch, here: Here) -> Extent:
    minutes = stretch.moment.minutes if stretch.moment else 0
    then = fixed(here.now.astimezone(UTC) + timedelta(minutes=minutes), here.zone).replace(
        second=0, microsecond=0
    )
    if stretch.until is not None:
        last = extent(stretch.until, here)
        return Extent(then, last.start if last else None)
    if stretch.moment is not None and stretch.moment.within:
        return Extent(min(here.now, then), max(here.now, then))
    return Extent(then, is_point=True)


def _until(stretch: Stretch, here: Here) -> Extent | None:
    first = extent(Stretch(stretch.days, stretch.times), here)
    last = extent(stretch.until, here) if stretch.until is not None else None
    if first is None or last is None or stretch.until is None:
        return None
    end = last.start if last.is_point else last.end
    if first.start is not None and end is not None and end <= first.start:
        last = extent(stretch.until, here._replace(now=first.start))
        end = last.start if last is not None and last.is_point else None
    return Extent(first.start, end)


def on_dates(dates: tuple[date | None, date | None], times: Times | None, here: Here) -> Extent:
    """From a time of the first of these dates to a time of the last."""
    first, end = dates
    if times is None:
        return Extent(
            at(first, 0, here.zone) if first else None,
            at(end, 0, here.zone) if end else None,
        )
    day = first or here.today
    if times.is_point:
        return Extent(at(day, times.start or 0, here.zone), is_point=True)
    last = day if first is None or end is None else end - timedelta(days=1)
    if times.start is None or times.end is None:
        return Extent(
            at(day, times.start, here.zone) if times.start is not None else None,
            at(last, times.end, here.zone) if times.end is not None else None,
        )
    start, end = at(day, times.start, here.zone), at(last, times.end, here.zone)
    if end <= start and times.start < times.end:  # in the hour that the clock leaves out
        end = fixed(start.astimezone(UTC) + timedelta(minutes=times.end - times.start), here.zone)
    return Extent(start, end)


def _next_time(stretch: Stretch, here: Here) -> Extent | None:
    """A time without a day: today's, or tomorrow's if that is over."""
    times = stretch.times
    if times is None:
        return None
    found = on_dates((here.today, here.today + timedelta(days=1)), times, here)
    mark = found.start if found.is_point or found.end is None else found.end
    is_unsure = not times.sure and not here.words.hours24
    if is_unsure and times.is_point and found.start is not None and found.start < here.now:
        later = at(here.today, ((times.start or 0) % 720) + 720, here.zone)
        found = Extent(later, is_point=True) if later > here.now and later > found.start else found
        mark = found.start
    if mark is not None and mark < here.now:
        tomorrow = here.today + timedelta(days=1)
        found = on_dates((tomorrow, tomorrow + timedelta(days=1)), times, here)
    return _lasting(found, stretch)

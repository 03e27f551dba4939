"""What a `When` accepts, as concrete stretches; and what is wanted after a further sentence."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from intents.frames import Hours, When, Window
from intents.times.calendar_ranges import days_between
from intents.times.wall_clock import at, fixed, zone_of

_MINUTE = timedelta(minutes=1)
Stretch = tuple[datetime, datetime]


def spans(when: When, within: Window) -> tuple[Window, ...]:
    """The acceptable stretches inside `within`, sorted and disjoint, with the offsets of the When's zone.

    Hours are wall-clock hours of each local day, also on days when clocks change. A point comes back as a
    window with `is_point`. An open `within` is taken as a year.
    """
    bounds = (within.start, within.end or within.start + timedelta(days=366))
    points = [one for one in when.windows if one.is_point and bounds[0] <= one.start < bounds[1]]
    wide = [_closed(one, bounds) for one in when.windows if not one.is_point] if when.windows else [bounds]
    open_stretches = _cut(_merged(_overlaps(wide, [bounds])), when)
    excluded = _excluded(when, bounds)
    free_points = [one for one in points if _fits_hours(one.start, when) and not _covers(excluded, one.start)]
    zone = zone_of(when.zone)
    found = [
        Window(start=fixed(start, zone), end=fixed(end, zone))
        for start, end in _without(open_stretches, excluded)
    ]
    kept = [one for one in free_points if not any(w.start <= one.start < (w.end or w.start) for w in found)]
    marks = [Window(start=fixed(one.start, zone), is_point=True) for one in dict.fromkeys(kept)]
    return tuple(sorted([*found, *marks], key=lambda window: window.start))


def fits(when: When, start: datetime) -> bool:
    """Whether a meeting may start then."""
    return bool(spans(when, Window(start=start, end=start + _MINUTE)))


def is_over(when: When | None, then: datetime) -> bool:
    """Whether all of these times have passed by then."""
    windows = when.windows if when is not None else ()
    return bool(windows) and all((one.end or one.start) <= then for one in windows)


def narrow(before: When | None, said: When) -> When:
    """What is wanted after `said`. New windows replace old ones, new hours old hours; exclusions add up.

    Hours that were said for any day ("mornings", "after 3") stay when other whole days are named. Hours of
    one day ("tomorrow afternoon") are part of that day's window and go with it: "actually thursday" then
    means all of Thursday. A new window that is itself made of hours ("thursday at 3") needs no others.
    """
    if before is None:
        return said
    hours = said.hours or (before.hours if _are_whole_days(said) else ())
    zone_said = said.zone_said or before.zone_said
    return When(
        zone=said.zone if said.zone_said or not before.zone_said else before.zone,
        windows=said.windows or _loosened(before, said),
        hours=hours,
        without=(*before.without, *said.without),
        without_hours=tuple(dict.fromkeys((*before.without_hours, *said.without_hours))),
        without_weekdays=tuple(sorted({*before.without_weekdays, *said.without_weekdays})),
        zone_said=zone_said,
        unsure=said.unsure if said.windows else before.unsure,
        hours_implied=said.hours_implied if said.hours else before.hours_implied,
    )


def _are_whole_days(said: When) -> bool:
    """Whether the new windows leave the hours open; also where none were said."""
    zone = zone_of(said.zone)
    return all(
        not one.is_point
        and _is_midnight(one.start, zone)
        and (one.end is None or _is_midnight(one.end, zone))
        for one in said.windows
    )


def _is_midnight(moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    return at(local.date(), 0, zone) == local


def _loosened(before: When, said: When) -> tuple[Window, ...]:
    """The windows to which new hours apply: a window of one day was itself made of hours, which go."""
    if not said.hours:
        return before.windows
    zone = zone_of(before.zone)
    return tuple(dict.fromkeys(_whole_day(one, zone) for one in before.windows))


def _whole_day(window: Window, zone: ZoneInfo) -> Window:
    local = window.start.astimezone(zone)
    last = (window.end - _MINUTE).astimezone(zone) if window.end else local
    if (window.end is None and not window.is_point) or local.date() != last.date():
        return window
    return Window(start=at(local.date(), 0, zone), end=at(local.date() + timedelta(days=1), 0, zone))


def _closed(window: Window, bounds: Stretch) -> Stretch:
    return window.start, window.end or max(bounds[1], window.start)


def _cut(stretches: list[Stretch], when: When) -> list[Stretch]:
    """Only the hours that are wanted, day by day."""
    if not when.hours:
        return stretches
    allowed = [one for stretch in stretches for one in _hours_in(stretch, when.hours, when.zone)]
    return _merged(_overlaps(stretches, _merged(allowed)))


def _hours_in(stretch: Stretch, hours: Iterable[Hours], name: str) -> list[Stretch]:
    zone = zone_of(name)
    first, last = (moment.astimezone(zone).date() for moment in stretch)
    return [
        (at(day, one.start, zone), at(day, one.end, zone))
        for day in days_between(first, last + timedelta(days=1))
        for one in hours
    ]


def _fits_hours(start: datetime, when: When) -> bool:
    if not when.hours:
        return True
    local = start.astimezone(zone_of(when.zone))
    minute = local.hour * 60 + local.minute
    return any(one.start <= minute < one.end for one in when.hours)


def _excluded(when: When, bounds: Stretch) -> list[Stretch]:
    found = [
        (one.start, one.end or (one.start + _MINUTE if one.is_point else bounds[1])) for one in when.without
    ]
    found += _hours_in(bounds, when.without_hours, when.zone)
    zone = zone_of(when.zone)
    first, last = (moment.astimezone(zone).date() for moment in bounds)
    for day in days_between(first, last + timedelta(days=1)):
        if day.weekday() in when.without_weekdays:
            found.append((at(day, 0, zone), at(day + timedelta(days=1), 0, zone)))
    return _merged(found)


def _covers(stretches: list[Stretch], moment: datetime) -> bool:
    return any(start <= moment < end for start, end in stretches)


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _overlaps(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    others = list(others)
    return [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others if a[0] < b[1] and b[0] < a[1]]


def _without(stretches: Iterable[Stretch], excluded: list[Stretch]) -> list[Stretch]:
    found = list(stretches)
    for start, end in excluded:
        found = [
            piece
            for one in found
            for piece in ((one[0], min(one[1], start)), (max(one[0], end), one[1]))
            if piece[0] < piece[1]
        ]
    return _merged(found)

"""Works out how long a meeting lasts from when it ends: "extend my 2pm till 4"."""

from datetime import datetime

from intents.frames import Hours, When, Window

_LONGEST = 480  # minutes; what lasts longer is no meeting


def length_until(old: When | None, new: When | None) -> int | None:
    """The minutes from one time to the other. None where one is no time of day, or they are not in order."""
    points = [one.windows[0] for one in (old, new) if one is not None and len(one.windows) == 1]
    if len(points) < 2 or not all(one.is_point for one in points):
        return None
    return _minutes(points[0].start, points[1].start)


def split_at_end(when: When | None) -> tuple[When | None, int | None]:
    """ "2pm till 4", said of what is to last until then: its time, and how long that is."""
    windows, hours = (when.windows, when.hours) if when is not None else ((), ())
    minutes = None
    if len(windows) == 2 and not hours:
        minutes = _minutes(windows[0].start, windows[1].start)
    elif len(windows) == 1 and windows[0].end is not None and not hours:
        minutes = _minutes(windows[0].start, windows[0].end)
    elif len(hours) == 1 and not windows and hours[0].start:
        minutes = hours[0].end - hours[0].start
        windows, hours = (), (Hours(start=hours[0].start, end=hours[0].start + 1),)
    if when is None or minutes is None or not 1 < minutes <= _LONGEST:
        return when, None
    begin = tuple(Window(start=one.start, is_point=True) for one in windows[:1])
    return when.model_copy(update={"windows": begin, "hours": hours}), minutes


def _minutes(start: datetime, end: datetime) -> int | None:
    minutes = round((end - start).total_seconds()) // 60
    return minutes if 0 < minutes <= _LONGEST else None

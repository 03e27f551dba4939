"""Decides which half of the day a bare hour means: by its partner, by a part of the day, by office hours."""

from intents.times.values import Clock, Times

HALF = 720
DAY = 1440
FIRST_OFFICE_HOUR = 7 * 60
_AN_HOUR = 60
_EVENING = 17 * 60
_LATE = 22 * 60
_MEALS = ("lunch", "brunch", "dinner")  # names of parts of the day; one may be taken at another hour


def by_office_hours(clock: Clock) -> int:
    """7 to 11 are in the morning, 12 is noon, 1 to 6 in the afternoon."""
    if clock.sure or clock.minute >= FIRST_OFFICE_HOUR:
        return clock.minute
    return clock.minute + HALF


def within(clock: Clock, times: Times) -> int:
    """The half that lies in this part of the day."""
    if clock.sure or times.start is None or times.end is None:
        return by_office_hours(clock)
    hour = clock.minute % HALF
    if times.end <= HALF or (times.start == HALF and HALF - hour < _AN_HOUR):
        return hour  # "a quarter to twelve at noon"
    if times.part in _MEALS and not any(times.start <= one <= times.end for one in (hour, hour + HALF)):
        return by_office_hours(clock)
    if hour == 0 and times.start >= _EVENING:
        return 0  # "12 at night"
    is_after_midnight = times.end > _LATE and hour < FIRST_OFFICE_HOUR - 60
    return hour if is_after_midnight and times.part == "night" else hour + HALF


def span(start: Clock, end: Clock) -> Times:
    """From one time of day to another; an unsure end follows the sure one, else office hours."""
    if not start.sure and end.sure:
        begin = _start_before(start, end.minute)
        return Times(begin, _end_after(end.minute, begin), sure=True)
    begin = by_office_hours(start)
    return Times(begin, _next(begin, end), sure=start.sure)


def _start_before(start: Clock, end: int) -> int:
    end = end or DAY
    halves = [minute for minute in (start.minute % HALF, start.minute % HALF + HALF) if minute < end]
    if not halves:
        return start.minute
    return max(halves)


def _end_after(end: int, begin: int) -> int:
    """The end as a minute after the beginning, on the next day where it must be: "11 to 1 at night"."""
    return end if end > begin else end + DAY


def _next(begin: int, end: Clock) -> int:
    if end.sure:
        return end.minute if end.minute > begin else end.minute + DAY
    minute = end.minute % HALF
    while minute <= begin:
        minute += HALF
    return minute


def from_first_hour(times: Times, first_hour: int) -> Times:
    """Hours whose half was not said, as somebody means them whose day begins at that minute."""
    if times.sure or times.part is not None or (times.start is None and times.end is None):
        return times
    anchor = times.start if times.start is not None else times.end or 0
    settled = anchor % HALF if anchor % HALF >= first_hour else anchor % HALF + HALF
    return _shifted(times, settled - anchor)


def moved_into(times: Times, part: Times) -> Times:
    """An unsure span moved to the half of the day that a part names ("this evening from 7 to 8")."""
    if times.sure or (times.start is None and times.end is None) or part.start is None or part.end is None:
        return times
    anchor = times.start if times.start is not None else times.end or 0
    settled = within(Clock(anchor % HALF if anchor < DAY else anchor, sure=False), part)
    return _shifted(times, settled - anchor)._replace(sure=True)


def _shifted(times: Times, minutes: int) -> Times:
    return times._replace(
        start=None if times.start is None else times.start + minutes,
        end=None if times.end is None else times.end + minutes,
    )

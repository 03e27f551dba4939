"""Whether a reader of times answered right: the expected span to the minute, or another that is accepted."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, NamedTuple

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Json = Mapping[str, Any]


class Span(NamedTuple):
    """A moment, a stretch (an open side is None), a length in seconds, or nothing."""

    kind: str
    start: datetime | None = None
    end: datetime | None = None
    seconds: float | None = None


NOTHING = Span("none")


def is_right(case: Json, answer: Json | None) -> bool:
    """Whether a case is answered exactly; a case of several alternatives needs all of them and no more."""
    zone = datetime.fromisoformat(case["reference"]).tzinfo
    answer, expected = answer or {}, case["expected"]
    others = answer.get("alternatives") or []
    if expected["kind"] == "multi":
        given = [span_of(one, zone) for one in others or [answer]]
        return are_all(expected["alternatives"], [one for one in given if one.start or one.end], zone)
    given_first = span_of(answer, zone)
    if given_first == NOTHING and others and expected["kind"] != "none":
        given_first = span_of(others[0], zone)
    return fits(case, expected, given_first, zone)


def are_all(wanted: Sequence[Json], given: list[Span], zone: tzinfo | None) -> bool:
    """Whether each wanted alternative takes one of those given, and none is left."""
    left = list(given)
    for one in wanted:
        hit = next((span for span in left if fits(one, one, span, zone)), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def fits(case: Json, expected: Json, given: Span, zone: tzinfo | None) -> bool:
    """`case` holds what else is accepted (`accept`) and how far the ends may lie apart (`loose`)."""
    wanted = [as_written(one, zone) for one in (expected, *(case.get("accept") or ()))]
    length = expected.get("seconds")
    return any(same(one, given, length) for one in wanted) or within(case.get("loose"), given, zone)


def same(wanted: Span, given: Span, length: float | None) -> bool:
    if wanted.kind == "instant" and given.kind == "interval":  # "at 2 for an hour", given with its end
        lasts = given.end - given.start if given.end and given.start else None
        return bool(length) and given.start == wanted.start and lasts == timedelta(seconds=length or 0)
    if wanted.kind != given.kind:
        return False
    if wanted.kind == "duration":
        seconds = wanted.seconds if wanted.seconds is not None else length
        return given.seconds is not None and seconds is not None and abs(given.seconds - seconds) < 1
    return (wanted.start, wanted.end) == (given.start, given.end)


def within(loose: Json | None, given: Span, zone: tzinfo | None) -> bool:
    if not loose or given.kind != "interval" or given.start is None or given.end is None:
        return False
    ends = ((loose["start"], given.start), (loose["end"], given.end))
    return all(moment(a, zone) <= one <= moment(b, zone) for (a, b), one in ends)


def as_written(one: Json, zone: tzinfo | None) -> Span:
    """What is expected, as it stands in the corpus."""
    start, end = moment(one.get("start"), zone), moment(one.get("end"), zone)
    return Span(one["kind"], start, end if one["kind"] == "interval" else None, one.get("seconds"))


def span_of(answer: Json, zone: tzinfo | None) -> Span:
    """What a reader answered: a day is a stretch, 23:59 is midnight, a stretch without length is a moment."""
    start, end = moment(answer.get("start"), zone), moment(answer.get("end"), zone)
    kind = answer.get("kind") or guessed(start, end, answer.get("seconds"))
    if kind == "duration":
        return Span("duration", seconds=answer.get("seconds"))
    if kind == "none" or (start is None and end is None):
        return NOTHING
    is_day = len(str(answer.get("start"))) == len("2026-07-14") or answer.get("grain") == "day"
    if start is not None and end is None and is_day and (kind == "instant" or answer.get("grain") == "day"):
        midnight = start.replace(hour=0, minute=0) if kind == "instant" else start
        return Span("interval", midnight, midnight + DAY)
    if kind == "instant" or start == end:
        return Span("instant", start)
    return Span("interval", start, end + MINUTE if end and (end.hour, end.minute) == (23, 59) else end)


def guessed(start: datetime | None, end: datetime | None, seconds: object) -> str:
    if end is not None:
        return "interval"
    return "instant" if start is not None else "duration" if seconds is not None else "none"


def moment(text: str | None, zone: tzinfo | None) -> Any:
    """A moment in the zone of the case, to the minute. None where there is none."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    found = found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
    return (found + timedelta(seconds=found.second == 59)).replace(second=0, microsecond=0)

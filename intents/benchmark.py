"""Answers lines of a benchmark (JSON in, JSON out): times, intents or whole frames of sentences."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from intents.frames import (
    AcceptMeeting,
    AddPeople,
    AskTime,
    CancelMeeting,
    Context,
    DeclineMeeting,
    Frame,
    ListBookings,
    Mention,
    More,
    Pick,
    RescheduleMeeting,
    ShareLink,
    Target,
    Understanding,
    When,
    Window,
    Wish,
)
from intents.lexicon import lexicon
from intents.spans import fits
from intents.times.extents import Extent, Here, extent
from intents.times.reading import read_times
from intents.times.values import Reading
from intents.times.wall_clock import at, fixed, zone_of
from intents.typed import typed_tokens
from intents.understanding import understand

Line = dict[str, Any]
_DAY = 1440
LABELS = {
    "pick": "select",
    "yes": "confirm_yes",
    "no": "confirm_no",
    "stop": "abort",
    "not_understood": "none",
    "add_people": "reschedule",  # any change to a meeting that stands
    "change_place": "reschedule",
}
_NOON, _OPENING = 12, 7  # a bare "5" is five in the afternoon
QUESTIONS = {"slots": "offer", "confirm": "confirm", "confirm_cancel": "confirm", "invite": "confirm"}


def answer_time(line: Line) -> Line:
    """The times of a sentence, as an instant, an interval, a length or none; all of them as alternatives."""
    now = datetime.fromisoformat(line["reference"])
    words = lexicon(line.get("lang", "en"))
    reading, _, _ = read_times(typed_tokens(line["text"], words, now.tzinfo or zone_of("UTC")), words)
    extents = _extents(reading, now, now.tzinfo, words_of=line.get("lang", "en"))
    if extents:
        answers = [_time(one) for one in extents]
        return {**answers[0], "alternatives": answers if len(answers) > 1 else []}
    if reading.lengths:
        return {"kind": "duration", "seconds": sum(one.seconds for one in reading.lengths[:1])}
    return {"kind": "none"}


def _extents(reading: Reading, now: datetime, zone: tzinfo | None, *, words_of: str) -> list[Extent]:
    meant = zone_of(reading.zone) if reading.zone else zone or zone_of("UTC")
    here = Here(now, meant, lexicon(words_of))
    found = [extent(one, here) for one in reading.stretches]
    extents = [one for one in found if one is not None and (one.start or one.end)]
    if reading.asap and not extents:
        extents = [Extent(fixed(now, here.zone))]
    return extents


def _time(one: Extent) -> Line:
    return {
        "kind": "instant" if one.is_point else "interval",
        "start": one.start.isoformat() if one.start else None,
        "end": one.end.isoformat() if one.end else None,
    }


def answer_intent(line: Line) -> Line:
    """The label of a sentence in its context."""
    return {
        "intent": label_of(
            _understand(line, tz="UTC", now=datetime.fromisoformat("2026-03-10T09:20:00+00:00"))
        )
    }


def answer_frame(line: Line) -> Line:
    """The whole frame of a sentence."""
    understanding = _understand(line, tz=line["user_tz"], now=datetime.fromisoformat(line["reference"]))
    return {"intent": label_of(understanding), **_fields(understanding.frame, line)}


def label_of(understanding: Understanding) -> str:
    """The benchmark's label of a frame, or of what was heard with too little in it for a frame."""
    kind: str = understanding.frame.kind
    source, _, said = (understanding.because[-1:] or ("",))[0].partition(":")
    if kind == "not_understood" and (source == "guess" or said == "timezone"):  # of a place that is not known
        kind = said
    return LABELS.get(kind, kind)


def _understand(line: Line, *, tz: str, now: datetime) -> Understanding:
    return understand(
        line["text"], now=now, tz=tz, language=line.get("lang", "en"), context=_context(line, tz)
    )


def _context(line: Line, tz: str) -> Context:
    said = line.get("context") or {}
    question = QUESTIONS.get(said.get("pending") or "")
    start = _start_of_event(said)
    when = When(zone=tz, windows=(Window(start=start, is_point=True),)) if start else None
    return Context.model_validate(
        {"question": question, "when": when, "booked": bool(said.get("last_event")) and question is None}
    )


def _start_of_event(said: Line) -> datetime | None:
    """When the meeting begins that is talked about."""
    event = said.get("event") or said.get("last_event") or {}
    return datetime.fromisoformat(event["start"]) if event.get("start") else None


def _fields(frame: Frame, line: Line) -> Line:
    match frame:
        case Wish():
            return {
                **_when(_at_event(frame.when, line), line),
                "duration_min": frame.minutes,
                "participants": _people(frame.who),
                "title": frame.title,
            }
        case ListBookings():
            return {**_when(frame.when, line), "participants": _people(frame.who)}
        case RescheduleMeeting():
            return {
                **_moved(frame, line),
                "duration_min": frame.minutes,
                "target": _target(frame.target, line),
            }
        case CancelMeeting():
            return {"target": _target(frame.target, line), "title": frame.target.title}
        case AddPeople():
            return {"participants": _people(frame.who), "target": _target(frame.target, line)}
        case ShareLink():
            return {"duration_min": frame.minutes, "participants": _people(frame.who)}
        case AcceptMeeting() | DeclineMeeting():
            return {"target": _target(frame.target, line), "title": frame.target.title}
        case AskTime():
            return {"tz": frame.zone}
        case More():
            return {"direction": "next" if frame.direction == "any" else frame.direction}
        case Pick():
            return {"selection": _selection(frame, line)}
    return {}


def _people(who: tuple[Mention, ...]) -> list[str]:
    return [one.value for one in who]


def _when(when: When | None, line: Line) -> Line:
    if when is None:
        return {}
    excluded = [f"before {one.end // 60}:00" for one in when.without_hours if one.start == 0]
    no_mornings = any(one.start == 0 and one.end == _NOON * 60 for one in when.without_hours)
    only_later = bool(when.hours) and all(one.start >= _NOON * 60 for one in when.hours)
    excluded += ["morning"] if no_mornings or only_later else []
    excluded += [f"before {one.start // 60}:00" for one in when.hours if one.start]
    return {"windows": _windows(when), "tz": when.zone if when.zone_said else None, "exclude": excluded}


def _at_event(when: When | None, line: Line) -> When | None:
    """Hours without a day are meant on the day of the meeting that is talked about."""
    start = _start_of_event(line.get("context") or {})
    if when is None or start is None or when.windows or not when.hours:
        return when
    zone = zone_of(when.zone)
    day = start.astimezone(zone).date()
    ends = ((at(day, one.start, zone), at(day, one.end, zone)) for one in when.hours)
    return when.model_copy(update={"windows": tuple(Window(start=one, end=end) for one, end in ends)})


def _windows(when: When) -> list[Line]:
    return [
        {"start": one.start.isoformat(), "end": one.end.isoformat() if one.end else None}
        for one in when.windows
    ]


def _target(target: Target, line: Line) -> Line:
    windows = _windows(target.when) if target.when else []
    return {"windows": windows, "participants": _people(target.who), "title": target.title}


def _moved(frame: RescheduleMeeting, line: Line) -> Line:
    """Where the meeting is to be; with "same time" and shifts, from when it was."""
    was = frame.target.when.windows[0] if frame.target.when and frame.target.when.windows else None
    begins = was.start if was is not None else _start_of_event(line.get("context") or {})
    is_point = was is None or was.is_point
    if frame.to is not None and frame.keeps_time and begins and is_point and frame.to.windows:
        local = begins.astimezone(zone_of(line["user_tz"]))
        days = (one.start for one in frame.to.windows)
        starts = (day.replace(hour=local.hour, minute=local.minute) for day in days)
        return {"windows": [{"start": start.isoformat(), "end": None} for start in starts]}
    if frame.to is not None:
        return _when(_at_event(frame.to, line), line)
    if frame.shift is not None and begins is not None:
        start, end = begins + timedelta(minutes=frame.shift), was.end if was is not None else None
        if end is not None and frame.shift % _DAY == 0:  # of a day that was named, to another day
            return {"windows": [{"start": start.isoformat(), "end": (start + (end - begins)).isoformat()}]}
        return {"windows": [{"start": start.isoformat(), "end": None}]}
    return {}


def _selection(pick: Pick, line: Line) -> Line | None:
    options = [datetime.fromisoformat(one) for one in (line.get("context") or {}).get("options") or []]
    hits = [index for index, start in enumerate(options) if pick.at is not None and fits(pick.at, start)]
    if pick.ordinal is not None:
        return _nth(pick.ordinal, hits, options)
    if pick.edge is not None and not hits:
        return {"index": 1 if pick.edge == "earliest" else -1}
    return {"index": hits[-1 if pick.edge == "latest" else 0] + 1} if hits else None


def _nth(ordinal: int, hits: list[int], options: list[datetime]) -> Line | None:
    """The place that is named, of all or of those of a day; where there are not as many, it is an hour."""
    if 0 < ordinal <= len(hits):
        return {"index": hits[ordinal - 1] + 1}
    if ordinal <= len(options) or not options:
        return {"index": ordinal if ordinal >= -1 else len(options) + 1 + ordinal}
    hour = ordinal + _NOON if ordinal < _OPENING else ordinal
    return next(
        ({"index": place} for place, one in enumerate(options, 1) if (one.hour, one.minute) == (hour, 0)),
        None,
    )


ANSWERS: dict[str, Callable[[Line], Line]] = {
    "time": answer_time,
    "intent": answer_intent,
    "frame": answer_frame,
}


def timed(answer: Callable[[Line], Line], line: Line) -> Line:
    """An answer with its line's id and the microseconds that it took."""
    begun = time.perf_counter_ns()
    found = answer(line)
    return {"id": line["id"], **found, "us": (time.perf_counter_ns() - begun) / 1000}

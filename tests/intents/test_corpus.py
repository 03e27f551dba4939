"""Sentences that people type, and the frames that they must become (or must not)."""

import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intents import understand
from intents.frames import Around, Context, When, Window

CORPUS = Path(__file__).parent.parent / "corpus"
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 7, 14, 10, 0, tzinfo=BERLIN)  # a Tuesday
LENGTH = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")
SHARED = ("kind", "who", "when", "at", "minutes", "title", "reason", "target", "place")


def cases():
    for file in sorted(CORPUS.glob("*/*.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text("utf-8")).get("case", ())):
            for text in case["say"]:
                yield pytest.param(file.parent.name, text, case, id=f"{file.stem}-{number}-{text[:40]}")


@pytest.mark.parametrize(("language", "text", "case"), list(cases()))
def test_what_was_said_is_understood(language, text, case):
    frame = understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context_of(case)).frame

    assert type(frame).__name__ == case["frame"]
    assert heard(frame) == wanted(case)


def lookalikes():
    for file in sorted(CORPUS.glob("*/*.toml")):
        for case in tomllib.loads(file.read_text("utf-8")).get("lookalike", ()):
            for text in case["say"]:
                yield pytest.param(file.parent.name, text, case, id=f"{file.stem}-{text[:40]}")


@pytest.mark.parametrize(("language", "text", "case"), list(lookalikes()))
def test_what_only_looks_alike_means_something_else(language, text, case):
    context = Context(question=case.get("question"))

    frame = understand(text, now=NOW, tz="Europe/Berlin", language=language, context=context).frame

    assert type(frame).__name__ != case["not"]


def context_of(case):
    """What the thread is about when a case is said."""
    return Context(
        question=case.get("question"),
        choices=tuple(case.get("choices", ())),
        cancels=case.get("cancels", False),
        booked=case.get("booked", False),
        when=When(zone="Europe/Berlin", windows=(window(case["before"]),)) if "before" in case else None,
    )


def heard(frame):
    """The fields of a frame in the words of the corpus; only those that say something."""
    when = getattr(frame, "when", None) or getattr(frame, "to", None)
    found = {
        **times(when),
        "who": [one.value for one in getattr(frame, "who", ())],
        "without_who": [one.value for one in getattr(frame, "without_who", ())],
        "repeats": repeats(getattr(frame, "recurrence", None)),
        "minutes": getattr(frame, "minutes", None),
        "place": getattr(frame, "place", None),
        "which": getattr(frame, "which", None),
        "length_change": resized(getattr(frame, "length_change", None)),
        "title": getattr(frame, "title", None),
        "ordinal": getattr(frame, "ordinal", None),
        "text": getattr(frame, "text", None) if getattr(frame, "ordinal", None) is None else None,
        "edge": getattr(frame, "edge", None),
        "direction": getattr(frame, "direction", None),
        "shift": getattr(frame, "shift", None),
        "keeps_time": getattr(frame, "keeps_time", None),
        "reason": getattr(frame, "reason", None),
        "at": times(getattr(frame, "at", None)),
        "is": own(frame) if isinstance(frame, Around) else None,
    }
    if hasattr(frame, "target"):
        target = frame.target
        found["target"] = meant(target)
        found["swap_with"] = meant(getattr(frame, "swap_with", None))
    return said(found)


def meant(target):
    if target is None:
        return {}
    return said(
        {
            **times(target.when),
            "who": [one.value for one in target.who],
            "title": target.title,
            "which": target.which,
            "every": target.every,
        }
    )


def resized(change):
    return change.model_dump(exclude_none=True) if change else None


def own(frame):
    """The fields that only this kind of frame has; hours as in the corpus."""
    found = frame.model_dump(mode="json", exclude_defaults=True)
    for one in found.get("habits", ()):
        if "hours" in one:
            one["hours"] = [
                [clock(span.get("start", 0)), clock(span.get("end", 1440))] for span in one["hours"]
            ]
    return {name: value for name, value in found.items() if name not in SHARED}


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def repeats(recurrence):
    if recurrence is None:
        return {}
    until = recurrence.until and recurrence.until.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M")
    fields = recurrence.model_dump(exclude={"until"}, exclude_defaults=True)
    return said(fields | {"until": until, "weekdays": list(recurrence.weekdays)})


def times(when):
    if when is None:
        return {}
    return said(
        {
            "windows": [span(one) for one in when.windows],
            "hours": [(one.start, one.end) for one in when.hours],
            "without": [span(one) for one in when.without],
            "without_hours": [(one.start, one.end) for one in when.without_hours],
            "without_weekdays": list(when.without_weekdays),
            "zone": when.zone if when.zone_said else None,
        }
    )


def said(fields):
    return {name: value for name, value in fields.items() if value not in (None, [], {}, False)}


def span(one):
    return (one.start.astimezone(BERLIN), one.end and one.end.astimezone(BERLIN), one.is_point)


def wanted(case):
    """The fields of a case, in the same shape."""
    found = {
        name: case.get(name)
        for name in (
            "who",
            "without_who",
            "place",
            "which",
            "length_change",
            "title",
            "ordinal",
            "text",
            "edge",
            "direction",
            "shift",
        )
    }
    found |= {"keeps_time": case.get("keeps_time"), "reason": case.get("reason"), "is": case.get("is")}
    found |= {"repeats": case.get("repeats")}
    found |= wanted_times(case) | {"minutes": length(case.get("duration", ""))}
    if "at" in case:
        at = dict(case["at"])
        if "hours" in at:
            at["hours"] = [at["hours"]]
        found["at"] = wanted_times(at)
    if "target" in case:
        found["target"] = wanted_target(case["target"])
    if "swap_with" in case:
        found["swap_with"] = wanted_target(case["swap_with"])
    return said(found)


def wanted_target(target):
    named = {name: target.get(name) for name in ("who", "title", "which", "every")}
    return said({**wanted_times(target), **named})


def length(text):
    found = LENGTH.fullmatch(text)
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else None


def wanted_times(case):
    windows = [*case.get("windows", ()), *([case["window"]] if "window" in case else ())]
    spans = [span(window(one)) for one in windows]
    if "point" in case:
        spans.append((local(case["point"]), None, True))
    spans += [(local(one), None, True) for one in case.get("points", ())]
    if "from" in case:
        spans.append((local(case["from"]), None, False))
    return said(
        {
            "windows": spans,
            "hours": [minutes(one) for one in case.get("hours", ())],
            "without": [span(window(one)) for one in case.get("without", ())],
            "without_hours": [minutes(one) for one in case.get("without_hours", ())],
            "without_weekdays": case.get("without_weekdays"),
            "zone": case.get("zone"),
        }
    )


def window(pair):
    return Window(start=local(pair[0]), end=local(pair[1]))


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def minutes(pair):
    return tuple(int(timedelta(hours=int(t[:2]), minutes=int(t[3:])).total_seconds() // 60) for t in pair)

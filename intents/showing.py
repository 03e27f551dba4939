"""Lays an understanding out for people: one aligned line for each thing that was understood."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Any

from intents.frames import Frame, Hours, Mention, NotUnderstood, Understanding, Value, When, Window
from intents.times.wall_clock import zone_of

_NAMES = {"minutes": "length", "who": "people", "shift": "moved by", "at": "chosen"}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_INDENT = "  "
_GAP = 2  # spaces at least between a name and what it is
_LEAST = 10  # characters of the column of names
_DAY = timedelta(days=1)

Row = tuple[str, str]


def shown(understanding: Understanding, tz: str) -> str:
    """All that was understood, with times in the zone `tz`; the second reading below the first."""
    rows = [
        *_frame_rows(understanding.frame, tz),
        *(("implied", one.replace("_", " ").replace(":", ": ")) for one in understanding.implied),
        *([("matched", ", ".join(understanding.because))] if understanding.because else []),
    ]
    blocks = [_aligned(rows)]
    blocks += [f"{_INDENT}or\n{_aligned(_frame_rows(one, tz))}" for one in understanding.alternatives]
    return "\n".join(blocks)


def _aligned(rows: list[Row]) -> str:
    lines, before = [], ""
    width = max(_LEAST, *(len(name) + _GAP for name, _ in rows))
    for name, text in rows:
        lines.append(f"{_INDENT}{'' if name == before else name:<{width}}{text}".rstrip())
        before = name
    return "\n".join(lines)


def _frame_rows(frame: Frame, tz: str) -> list[Row]:
    kind = frame.kind.replace("_", " ")
    if isinstance(frame, NotUnderstood) and frame.why != "nothing":
        return [("intent", f"{kind}: {frame.why.replace('_', ' ')}")]
    return [("intent", kind), *_field_rows(frame, tz)]


def _field_rows(value: Any, tz: str, prefix: str = "") -> list[Row]:
    """The fields that say something, in the order in which the frame declares them."""
    rows: list[Row] = []
    for name, field in type(value).model_fields.items():
        said = getattr(value, name)
        if name != "kind" and said != field.default:
            label = _NAMES.get(name, name.replace("_", " "))
            rows += [(f"{prefix}{label}", text) for text in _texts(name, said, tz)]
    return rows


def _texts(name: str, value: Any, tz: str) -> Iterator[str]:
    match value:
        case When():
            yield from _when(value, tz)
        case Value() if not isinstance(value, Mention | Window | Hours):
            yield from (f"{label}: {text}" for label, text in _field_rows(value, tz))
        case tuple():
            yield ", ".join(text for one in value for text in _texts(name, one, tz))
        case Mention():
            yield (
                value.value
                if value.kind in ("name", "email", "everyone")
                else f"{value.value} ({value.kind})"
            )
        case bool():
            yield "yes" if value else "no"
        case int() if name == "weekdays":
            yield _WEEKDAYS[value]
        case int() if name in ("minutes", "shift"):
            yield _length(value, signed=name == "shift")
        case _:
            yield str(value)


def _length(minutes: int, *, signed: bool) -> str:
    """ "45 min", "1 h 30 min", "+15 min"."""
    hours, rest = divmod(abs(minutes), 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{rest} min"] if rest or not hours else [])
    sign = "" if minutes >= 0 and not signed else "+" if minutes >= 0 else "-"
    return sign + " ".join(parts)


def _when(when: When, tz: str) -> Iterator[str]:
    zone = zone_of(tz)
    yield from (_window(one, zone) for one in when.windows)
    if when.hours:
        yield f"each day {' or '.join(map(_hours, when.hours))}"
    yield from (f"not {_window(one, zone)}" for one in when.without)
    if when.without_hours:
        yield f"not {' or '.join(map(_hours, when.without_hours))}"
    if when.without_weekdays:
        yield f"not on {', '.join(_WEEKDAYS[day] for day in when.without_weekdays)}"
    if when.zone_said and when.zone != tz:
        yield f"said in {when.zone}, shown in {tz}"


def _window(window: Window, zone: tzinfo) -> str:
    start = window.start.astimezone(zone)
    if window.is_point:
        return f"{_day(start)} at {start:%H:%M}"
    if window.end is None:
        return f"from {_moment(start)} on"
    end = window.end.astimezone(zone)
    if _is_midnight(start) and _is_midnight(end):
        last = end.date() - _DAY
        return _day(start) if last == start.date() else f"{_day(start)} to {_day(end - _DAY)}"
    if end.date() == start.date() or (_is_midnight(end) and end.date() - start.date() == _DAY):
        return f"{_day(start)}, {start:%H:%M} to {'24:00' if _is_midnight(end) else f'{end:%H:%M}'}"
    return f"{_moment(start)} to {_moment(end)}"


def _is_midnight(moment: datetime) -> bool:
    return moment.hour == moment.minute == 0


def _moment(moment: datetime) -> str:
    return _day(moment) if _is_midnight(moment) else f"{_day(moment)}, {moment:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{_WEEKDAYS[moment.weekday()]} {moment:%Y-%m-%d}"


def _hours(hours: Hours) -> str:
    return f"{_clock(hours.start)} to {_clock(hours.end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

"""Answers JSON lines of other programs, one by one; a line that cannot be answered gets an error instead."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from intents.benchmark import ANSWERS, Line, timed

_INSTANTS = {"time": "reference", "frame": "reference"}  # a task's field with the moment of speaking
_TEXTS = {"time": ("text",), "intent": ("text",), "frame": ("text", "user_tz")}


def answer_to(task: str, line: str) -> str:
    """The JSON line that answers this one: the task's answer, or its id (null without one) and an `error`."""
    said: Any = None
    try:
        said = json.loads(line)
        return _written(timed(ANSWERS[task], _checked(task, said)))
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        name = said.get("id") if isinstance(said, dict) else None
        return _written({"id": name, "error": _in_words(error)})


def _written(answer: Line) -> str:
    text = json.dumps(answer, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(answer)


def _in_words(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return str(error) or type(error).__name__


def _checked(task: str, line: Any) -> Line:
    """The line, if it has what the task needs. Raises ValueError."""
    if not isinstance(line, dict):
        raise ValueError("not a JSON object")
    for name in _TEXTS[task]:
        _need(line, name, _is_text, "text")
    if task in _INSTANTS:
        _need(line, _INSTANTS[task], _is_instant, "an instant, ISO 8601 with an offset")
    if line.get("lang") is not None:
        _need(line, "lang", _is_text, "text")
    if line.get("context") is not None:
        _need(line, "context", _is_object, "an object")
    return {"id": None, **line, "lang": line.get("lang") or "en"}


def _need(line: Line, name: str, is_right: Callable[[Any], bool], said: str) -> None:
    if name not in line:
        raise ValueError(f"{name} is missing")
    if not is_right(line[name]):
        raise ValueError(f"{name} is not {said}")


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (ValueError, TypeError):
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)

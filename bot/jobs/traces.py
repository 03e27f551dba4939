"""Tells what went wrong without telling data: kinds of errors and places in our code, no messages."""

from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot", "intents")
FRAMES_SHOWN = 6


def safe_trace(error: BaseException) -> str:
    """One line: the error's type and those of its causes, each with the last places of ours it passed."""
    return " <- ".join(_described(one) for one in _chain(error))


def _described(error: BaseException) -> str:
    places = " ".join(_places(error))
    return f"{type(error).__name__}({places})" if places else type(error).__name__


def _places(error: BaseException) -> list[str]:
    """`bot/assistant.py:120` of every frame of ours, outermost first, the last few."""
    found = []
    for frame in extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            found.append(f"{path.relative_to(ROOT)}:{frame.lineno}")
    return found[-FRAMES_SHOWN:]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)

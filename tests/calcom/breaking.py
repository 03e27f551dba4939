"""Breaks answers: one value of it is left out, empty, or of another kind."""

from collections.abc import Iterator
from typing import Any

GONE = object()
INSTEAD = (None, 0, "x", [], {}, [7], True, GONE)
FEW = 25  # places
Path = tuple[str | int, ...]


def broken(answer: Any) -> Iterator[Any]:
    """The answer, broken in each place: in every way, or in turn where there are too many places."""
    places = list(_places(answer, ()))
    for turn, path in enumerate(places):
        ways = INSTEAD if len(places) < FEW else (INSTEAD[turn % len(INSTEAD)],)
        yield from (_put(answer, path, other) for other in ways)


def _places(value: Any, path: Path) -> Iterator[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield (*path, name)
        yield from _places(one, (*path, name))


def _put(value: Any, path: Path, other: Any) -> Any:
    """A copy with another value there."""
    here, *rest = path
    if rest:
        other = _put(value[here], tuple(rest), other)
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    changed = [(name, other if name == here else one) for name, one in pairs]
    kept = [(name, one) for name, one in changed if one is not GONE]
    return dict(kept) if isinstance(value, dict) else [one for _, one in kept]

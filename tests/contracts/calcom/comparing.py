"""Compares an answer of the small Cal.com with the recorded one, value by value, but for what must differ."""

import tomllib
from functools import cache
from typing import Any

from tests.contracts.calcom.recorded import SAMPLES

# Where only the type counts: instants of the run, serial numbers, and where the server lives.
OF_THE_RUN = frozenset(
    {
        "timestamp",
        "createdAt",
        "updatedAt",
        "id",
        "icsUid",
        "bookingUrl",
        "bookerUrl",
        "image",
        "reservationUntil",
        "bookingId",
        "rescheduleId",
        "oneTimePassword",
        "requestId",
    }
)


@cache
def differences() -> dict[str, dict[str, Any]]:
    """Knowingly different answers: name -> why, and which parts of the answer."""
    return tomllib.loads(SAMPLES.joinpath("differences.toml").read_text("utf-8"))


def unlike(expected: Any, found: Any, path: str = "") -> list[str]:
    """Where they differ, as paths with what was expected and found."""
    if path.rpartition(".")[2] in OF_THE_RUN:
        return _unlike_kinds(expected, found, path)
    if isinstance(expected, dict) and isinstance(found, dict):
        return _unlike_objects(expected, found, path)
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [one for i, (theirs, ours) in pairs for one in unlike(theirs, ours, f"{path}[{i}]")]
    return [] if expected == found else [f"{path}: {expected!r} != {found!r}"]


def _unlike_objects(expected: dict[str, Any], found: dict[str, Any], path: str) -> list[str]:
    wrong = [f"{path}.{name}: missing" for name in expected.keys() - found.keys()]
    wrong += [f"{path}.{name}: too much" for name in found.keys() - expected.keys()]
    for name in expected.keys() & found.keys():
        wrong += unlike(expected[name], found[name], f"{path}.{name}")
    return wrong


def _unlike_kinds(expected: Any, found: Any, path: str) -> list[str]:
    if type(expected) is type(found):
        return []
    return [f"{path}: {type(expected).__name__} != {type(found).__name__}"]

"""Remembers what Cal.com last said about its rate limit, to leave courtesies out when it is short."""

import re
from collections.abc import Callable, Mapping

RATE_HEADER = re.compile(r"x-ratelimit-(remaining|reset)(-|$)", re.IGNORECASE)


class RateBudget:
    """What is left of the current minute. Cal.com allows 120 requests a minute for each key."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._left: int | None = None
        self._until = 0.0

    def note(self, headers: Mapping[str, str]) -> None:
        """Take in an answer's headers; their names end in the limit's own name (`-Default`)."""
        said = rate_headers(headers)
        if "remaining" in said:
            self._left = int(said["remaining"])
            self._until = self._seconds() + said.get("reset", 60.0)

    def forget(self) -> None:
        """Know nothing, as at the beginning."""
        self._left = None

    @property
    def left(self) -> int | None:
        """Requests that may still be sent; None when it is not known (any more)."""
        return self._left if self._seconds() < self._until else None

    def is_short(self, wanted: int) -> bool:
        """Whether fewer than this many are known to be left."""
        return self.left is not None and self.left < wanted


def rate_headers(headers: Mapping[str, str]) -> dict[str, float]:
    """`remaining` and `reset` (seconds from now, not an epoch). The strictest limit wins."""
    said: dict[str, float] = {}
    for name, value in headers.items():
        kind = RATE_HEADER.match(name)
        if kind and _number(value) is not None:
            word, number = kind[1].lower(), _number(value) or 0.0
            said[word] = number if word not in said else (min, max)[word == "reset"](said[word], number)
    return said


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait after a 429. Cal.com sends no Retry-After today; a proxy before it may."""
    asked = _number(headers.get("retry-after", ""))
    return asked if asked is not None else rate_headers(headers).get("reset")


def _number(text: str) -> float | None:
    try:
        return max(0.0, float(text))
    except ValueError:
        return None

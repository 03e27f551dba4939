"""Reads what Cal.com says of its rate limit. Times are seconds from now, never an epoch."""

import re
from collections.abc import Mapping

RATE_HEADER = re.compile(r"x-ratelimit-(remaining|reset)(-|$)", re.IGNORECASE)
BLOCKED_SECONDS = 60.0  # of whoever passed the limit, where the answer does not say (Cal.com's documents)


def rate_headers(headers: Mapping[str, str]) -> dict[str, float]:
    """`remaining` and `reset`, of the strictest limit; the names end in the limit's own (`-Default`)."""
    said: dict[str, float] = {}
    for name, value in headers.items():
        kind = RATE_HEADER.match(name)
        number = _number(value) if kind else None
        if kind and number is not None:
            word = kind[1].lower()
            said[word] = number if word not in said else (min, max)[word == "reset"](said[word], number)
    return said


def wait_of(headers: Mapping[str, str]) -> float | None:
    """How long to wait after a 429. Cal.com sends no Retry-After today; a proxy before it may."""
    asked = _number(headers.get("retry-after", ""))
    return asked if asked is not None else rate_headers(headers).get("reset")


def _number(text: str) -> float | None:
    try:
        return max(0.0, float(text))
    except ValueError:
        return None

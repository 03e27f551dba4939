"""Reads what Cal.com says of its rate limit. Times are seconds from now, never an epoch."""

import logging
import math
import re
from collections.abc import Mapping

import httpx

from bot.scheduling.ports import Budget

RATE_HEADER = re.compile(rb"x-ratelimit-(remaining|reset)(-|$)", re.IGNORECASE)
BLOCKED_SECONDS = 60.0  # of whoever passed the limit, where the answer does not say (Cal.com's documents)
POINT_IN_TIME = 1e8  # seconds; whoever says that much means since 1970, as other services do
TOO_MANY = 429
# They have limits of their own (5 a minute), which say nothing of the others.
APART = frozenset(
    {
        ("POST", "/bookings/{uid}/guests"),
        ("POST", "/bookings/{uid}/attendees"),
        ("PATCH", "/bookings/{uid}/location"),
    }
)

log = logging.getLogger(__name__)


async def pass_on(
    response: httpx.Response, endpoint: tuple[str, str], budget: Budget, credential: str
) -> None:
    """Tell the budget what the server says, where that is less than it may think. Raises nothing."""
    if endpoint in APART:
        return
    if response.status_code == TOO_MANY:
        seconds = blocked_for(response.headers)
        log.warning("calcom blocks credential %s for %d s", credential, seconds)
        await budget.hear(credential, left=0, seconds=seconds)
        return
    said = rate_headers(response.headers)
    if said.get("remaining", math.inf) < 2 * budget.allowance.burst:
        seconds = said.get("reset", budget.allowance.window)
        await budget.hear(credential, left=int(said["remaining"]), seconds=seconds)


def rate_headers(headers: Mapping[str, str]) -> dict[str, float]:
    """`remaining` and `reset`, of the strictest limit; the names end in the limit's own (`-Default`)."""
    said: dict[str, float] = {}
    # As they came, where they are at hand: every answer is looked through.
    raw = headers.raw if isinstance(headers, httpx.Headers) else httpx.Headers(headers).raw
    for name, value in raw:
        kind = RATE_HEADER.match(name)
        number = _number(value) if kind else None
        if kind and number is not None and number < POINT_IN_TIME:
            word = kind[1].lower().decode()
            said[word] = number if word not in said else (min, max)[word == "reset"](said[word], number)
    return said


def wait_of(headers: httpx.Headers) -> float | None:
    """How long to wait after a 429. Cal.com sends no Retry-After today; a proxy before it may."""
    asked = _number(headers.get("retry-after", ""))
    asked = None if asked is not None and asked >= POINT_IN_TIME else asked
    return asked if asked is not None else rate_headers(headers).get("reset")


def blocked_for(headers: httpx.Headers) -> float:
    """The same, where a 429 must mean some time."""
    asked = wait_of(headers)
    return BLOCKED_SECONDS if asked is None else asked


def _number(text: str | bytes) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None

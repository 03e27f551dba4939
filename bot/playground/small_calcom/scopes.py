"""What an access token must be allowed to do for each address. Endpoints without a scope take none."""

from collections.abc import Sequence
from typing import Final

from bot.playground.small_calcom.refusals import Refusal

PUBLIC: Final = "PUBLIC"  # nobody need say who they are
WHOLE: Final = (PUBLIC, "_READ", "_WRITE", "ORG", "TEAM")  # endings of those that stand as they are
# The first that fits. Cal.com's documentation names the scope on the page of each endpoint.
SCOPES: Final = (
    ("GET", "/v2/slots", PUBLIC),
    ("*", "/v2/slots/reservations", PUBLIC),
    ("GET", "/v2/bookings/", PUBLIC),
    ("GET", "/v2/bookings", "BOOKING_READ"),
    ("POST", "/v2/bookings/*/cancel", PUBLIC),
    ("POST", "/v2/bookings/*/reschedule", PUBLIC),
    ("POST", "/v2/bookings/*", "BOOKING_WRITE"),
    ("POST", "/v2/bookings", PUBLIC),
    ("*", "/v2/bookings", "BOOKING_WRITE"),
    ("*", "/v2/event-types", "EVENT_TYPE"),
    ("*", "/v2/schedules", "SCHEDULE"),
    ("*", "/v2/me/ooo", "SCHEDULE"),
    ("*", "/v2/me", "PROFILE"),
    ("*", "/v2/calendars", "APPS"),
    ("*", "/v2/conferencing", "APPS"),
    ("*", "/v2/webhooks", "WEBHOOK"),
    ("*", "/v2/organizations", "ORG"),
    ("*", "/v2/teams", "TEAM"),
)


def check_scope(scopes: Sequence[str], method: str, path: str) -> None:
    """Raises Refusal (403) when a token lacks what this address asks. No scopes at all: an old client."""
    needed = scope_for(method, path.partition("?")[0])
    if needed == PUBLIC or not scopes or any(one == needed or one.startswith(needed + "_") for one in scopes):
        return
    raise Refusal(403, f"insufficient_scope: token does not have the required scopes. Required: {needed}")


def scope_for(method: str, path: str) -> str:
    """The scope that this address asks."""
    for verb, begin, scope in SCOPES:
        if verb in ("*", method) and _begins(path, begin):
            return scope if scope.endswith(WHOLE) else f"{scope}_{_power(method)}"
    return PUBLIC


def _power(method: str) -> str:
    return "READ" if method == "GET" else "WRITE"


def _begins(path: str, begin: str) -> bool:
    if begin.endswith("/"):
        return path.startswith(begin)
    wanted, given = begin.split("/"), path.split("/")
    if len(given) < len(wanted):
        return False
    return all(one in ("*", other) for one, other in zip(wanted, given, strict=False))

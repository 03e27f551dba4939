"""Decides which of our errors an answer of Cal.com means: by status first, then by fragments of its message.

The messages of our errors are codes for operators; Cal.com's own texts may hold uids and are dropped here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.calcom.signs import ACCESS, CLOSED, GONE, NOT_THERE, REFUSED, TIMES, Sign
from bot.scheduling.errors import (
    BookingClosed,
    CalendarError,
    CalendarUnavailable,
    NotAllowed,
    NotBookable,
    NotSupported,
    OutcomeUnknown,
)

SIGNS = (*TIMES, *CLOSED, *GONE, *REFUSED, *ACCESS)
MOVED_TO = re.compile(r"rescheduled already to booking with uid=([\w-]+)")
FIELD = re.compile(r"\w{1,40}", re.ASCII)
TAGGED = re.compile(r"\{([\w-]{1,60})\}\w")
MISSING = re.compile(r"[Mm]issing required booking field response: ([\w-]{1,60})")
WRONG_FIELD = re.compile(r"(\w{1,40}) property is wrong", re.ASCII)
TOO_SOON = frozenset({425, 429})
UNDECIDED = 408  # a timeout on the way: the request may have been carried out
SEE_OTHER = 303  # after a write: it has been carried out, says HTTP, and the answer is elsewhere
EXPIRED = 498  # of a platform's access token
NO_SUCH_METHOD = frozenset({405, 501})
MOST_FIELDS = 4
DEEPEST = 4  # that a message may be wrapped
OF_CREDENTIALS = frozenset(
    {"token_expired", "bad_token", "key_expired", "bad_key", "no_credentials", "not_allowed_401"}
)


def error_of(
    status: int,
    body: object,
    *,
    writing: bool,
    retry_after: float | None = None,
    request_id: str | None = None,
) -> CalendarError:
    """Say what an answer that is not a success means.

    `body`: parsed JSON, or None when it is none; `retry_after` in seconds; `request_id`: its `X-Request-Id`.
    """
    error = _error(status, body, writing, retry_after)
    error.request_id = request_id
    return error


def message_of(body: object) -> str:
    """Cal.com's text, from any of its error shapes; empty for anything else (a proxy's page)."""
    if not isinstance(body, dict):
        return ""
    wrapped = body.get("error")
    if isinstance(wrapped, dict):
        return _text(wrapped.get("message")) or _text(wrapped.get("details"))
    return _text(body.get("message")) or _text(wrapped)


def refuses_credentials(error: CalendarError) -> bool:
    """Whether newer credentials might help. Other refusals come with a 401, too: a booking limit for one."""
    return isinstance(error, NotAllowed) and str(error) in OF_CREDENTIALS


def _error(status: int, body: object, writing: bool, retry_after: float | None) -> CalendarError:
    if status in TOO_SOON:
        return CalendarUnavailable("rate_limited", retry_after)
    message = message_of(body).lower()
    if status in NO_SUCH_METHOD:
        return NotSupported("no_such_method")
    if status >= 500 or status == UNDECIDED or (writing and status == SEE_OTHER):
        return _meant_by(message, TIMES) or _lost(status, writing)
    signs = (*SIGNS, *NOT_THERE) if status == 404 else SIGNS
    error = _meant_by(message, signs) or _by_status(status, body)
    if isinstance(error, NotBookable):
        error.fields = _unanswered(message_of(body))
    if isinstance(error, BookingClosed):
        error.moved_to = _moved_to(message_of(body))
    return error


def _meant_by(message: str, signs: Iterable[Sign]) -> CalendarError | None:
    """The first sign that fits decides."""
    return next((one.kind(one.code) for one in signs if one.fragment in message), None)


def _lost(status: int, writing: bool) -> CalendarError:
    code = f"server_error_{status}"
    return OutcomeUnknown(code) if writing else CalendarUnavailable(code)


def _moved_to(message: str) -> str | None:
    found = MOVED_TO.search(message)
    return found[1] if found else None


def _by_status(status: int, body: object) -> CalendarError:
    if status in (401, 403):
        return NotAllowed(f"not_allowed_{status}")
    if status == EXPIRED:
        return NotAllowed("token_expired")
    if status == 402:
        return NotBookable("payment_required")
    if status == 404 or 300 <= status < 400:
        return CalendarUnavailable(f"wrong_address_{status}")
    fields = tuple(dict.fromkeys(_wrong_fields(body)))[:MOST_FIELDS]
    return NotBookable(":".join((f"refused_{status}", *fields)))


def _wrong_fields(body: object) -> Iterator[str]:
    """The names of the fields that Cal.com does not accept, never what was in them."""
    yield from (name.lower() for name in WRONG_FIELD.findall(message_of(body)))
    for one in _misfits(body):
        name = one.get("property") if isinstance(one, dict) else None
        if isinstance(name, str) and FIELD.fullmatch(name):
            yield name.lower()


def _unanswered(message: str) -> tuple[str, ...]:
    """The slugs that Cal.com names before what it says of an answer: `{phone}invalid_number`."""
    found = (*TAGGED.findall(message), *MISSING.findall(message))
    return tuple(dict.fromkeys(found))[:MOST_FIELDS]


def _misfits(body: object) -> list[Any]:
    """The list that a failed validation gives under `details.errors`."""
    found: Any = body
    for key in ("error", "details", "errors"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, list) else []


def _text(value: object, deeper: int = DEEPEST) -> str:
    """What is to read in a message: a text, a list of texts, or an object that has a message again."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and deeper:
        return ", ".join(filter(None, (_text(one, deeper - 1) for one in value)))
    return _text(value.get("message"), deeper - 1) if isinstance(value, dict) and deeper else ""

"""Reads an answer of Cal.com: its body as ours, or the error that it means, under the request's id."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from bot.calcom.errors import error_of, refuses_credentials
from bot.calcom.transport.limits import wait_of
from bot.scheduling.errors import CalendarError, OutcomeUnknown, StrangeAnswer
from bot.scheduling.outside_json import read_json

T = TypeVar("T")
# From an answer's whole body; raises ValueError when it is not what was asked for.
Reader = Callable[[Any], T]

MAY_REFUSE = frozenset({401, 403, 498})  # who asks, or what they ask for
REQUEST_ID = re.compile(r"[\w.:-]{1,64}")


def read_answer(response: httpx.Response, into: Reader[T], *, writing: bool = False) -> T:
    """What is in it. Raises what an answer means that is no success, or that cannot be read."""
    body = parsed(response)
    if not response.is_success:
        wait, request_id = wait_of(response.headers), request_id_of(response)
        raise error_of(response.status_code, body, writing=writing, retry_after=wait, request_id=request_id)
    try:
        return into(body)
    except (ValueError, OverflowError) as error:  # pydantic's too; ours hide the input
        raise _unreadable(error, writing, request_id_of(response)) from error


def refuses_access(response: httpx.Response) -> bool:
    """Whether it says that key or token are not good (any more)."""
    status = response.status_code
    return status in MAY_REFUSE and refuses_credentials(error_of(status, parsed(response), writing=True))


def request_id_of(response: httpx.Response) -> str | None:
    """Under which Cal.com has logged it. Anything else that stands there is not for our log."""
    told = response.headers.get("x-request-id", "")
    return told if REQUEST_ID.fullmatch(told) else None


def _unreadable(error: Exception, writing: bool, request_id: str | None) -> CalendarError:
    """Say which fields do not fit, never what was in them."""
    misfits = error.errors(include_input=False) if isinstance(error, ValidationError) else ()
    why = ", ".join(".".join(map(str, one["loc"])) for one in misfits) or str(error)
    code = f"unreadable_answer: {why}"
    unreadable = OutcomeUnknown(code) if writing else StrangeAnswer(code)
    unreadable.request_id = request_id
    return unreadable


def parsed(response: httpx.Response) -> Any:
    """Its JSON, or None where it is none."""
    try:
        return read_json(response.content)
    except (ValueError, RecursionError):  # the latter: nested deeper than anything of Cal.com's
        return None

"""What cannot be is answered with a status and a code, `{"error": code}`; the page has the words for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.small_calcom import Refusal
from bot.playground.small_slack import Answer, Refused

# Cal.com tells these apart by their words alone, some of which name a uid: the page must not know one.
CALCOM_CODES = {
    "already has booking": "slot_taken",
    "booking_conflict_error": "slot_taken",
    "in the past": "in_the_past",
    "can't be booked at": "out_of_bounds",
    "rescheduled already": "already_moved",
    "has been cancelled": "already_cancelled",
    "already ended": "already_ended",
    "already confirmed": "already_confirmed",
    "not found": "booking_not_found",
    "{email}": "invalid_email",
}


async def _by_http(_request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    return JSONResponse({"error": getattr(error, "detail", "")}, status, getattr(error, "headers", None))


async def _by_slack(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": getattr(error, "error", "")}, 409)


async def _by_calcom(_request: Request, error: Exception) -> Response:
    words = str(error)
    code = next((code for sign, code in CALCOM_CODES.items() if sign in words), "calcom_refused")
    return JSONResponse({"error": code}, 409)


HANDLERS: Mapping[Any, Any] = {HTTPException: _by_http, Refused: _by_slack, Refusal: _by_calcom}


CANNOT_BE = (LookupError, ValueError, OverflowError)


@contextmanager
def refusing(
    code: str, status: int = 409, *, where: tuple[type[Exception], ...] = CANNOT_BE
) -> Iterator[None]:
    """What is not there or cannot be within becomes this refusal; `where`: only such exceptions."""
    try:
        yield
    except where as error:
        raise HTTPException(status, code) from error


def answered(answer: Answer) -> Response:
    """Slack shows a person a warning when the app did not take it."""
    return JSONResponse({"ok": True}) if answer.ok else unanswered()


def unanswered() -> Response:
    """The app did not answer, or not as Slack can use it."""
    return JSONResponse({"ok": False, "error": "app_did_not_answer"}, 502)

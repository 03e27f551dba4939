"""What cannot be is answered with a status and a code, `{"error": code}`; the page has the words for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.playground.small_calcom import Refusal
from bot.playground.small_calcom.refusals import IN_THE_PAST, OUT_OF_BOUNDS, TAKEN
from bot.playground.small_slack import Answer, Refused
from bot.playground.world import Citizen, World

# Cal.com tells these apart by their words alone.
CALCOM_CODES = {TAKEN: "slot_taken", IN_THE_PAST: "in_the_past", OUT_OF_BOUNDS: "out_of_bounds"}


async def _by_http(_request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    return JSONResponse({"error": getattr(error, "detail", "")}, status, getattr(error, "headers", None))


async def _by_slack(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": getattr(error, "error", "")}, 409)


async def _by_calcom(_request: Request, error: Exception) -> Response:
    """The message itself may name a uid, which the page must not know."""
    code = CALCOM_CODES.get(getattr(error, "message", ""), getattr(error, "code", ""))
    return JSONResponse({"error": code}, 409)


HANDLERS: Mapping[Any, Any] = {HTTPException: _by_http, Refused: _by_slack, Refusal: _by_calcom}


@contextmanager
def refusing(code: str, status: int = 409) -> Iterator[None]:
    """What is not there or not allowed within becomes this refusal."""
    try:
        yield
    except (LookupError, ValueError) as error:
        raise HTTPException(status, code) from error


def citizen(world: World, person: str) -> Citizen:
    """Somebody of the cast. Raises HTTPException 404."""
    with refusing("user_not_found", 404):
        return world.citizen(person)


def answered(answer: Answer) -> Response:
    """Slack shows a person a warning when the app did not take it."""
    if answer.ok:
        return JSONResponse({"ok": True})
    return JSONResponse({"ok": False, "error": "app_did_not_answer"}, 502)

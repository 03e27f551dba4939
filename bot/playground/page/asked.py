"""A page's request, read with suspicion: same origin, JSON, small, and of the right shape."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_BODY = 64_000  # a form may hold a few texts of 3,000 characters


class Asked(BaseModel):
    """Nothing but what is named is taken, and nothing is made of a wrong type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


A = TypeVar("A", bound=BaseModel)


async def asked(request: Request, kind: type[A]) -> A:
    """Read the body. Raises HTTPException 403, 413, 415 or 422; its detail is a code."""
    _check_origin(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        # A form of another site's could be sent without asking; JSON cannot.
        raise HTTPException(415, "not_json")
    try:
        return kind.model_validate_json(await _small_body(request))
    except ValidationError as error:
        raise HTTPException(422, "wrong_shape") from error


def _check_origin(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise HTTPException(403, "foreign_origin")


async def _small_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, "too_long")
    return body

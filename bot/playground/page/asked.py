"""What a page may ask for, read with suspicion: same origin, JSON, small, and of the right shape."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_BODY = 32_000
MAX_TEXT = 4_000


class Asked(BaseModel):
    """Nothing but what is named is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: str = Field(max_length=40)
    channel: str = Field(max_length=40)


class Say(Asked):
    """Something typed; `thread_ts` when in a thread."""

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    thread_ts: str | None = Field(default=None, max_length=40)


class Command(Asked):
    """A slash command with its text."""

    command: str = Field(pattern=r"^/[\w-]{1,30}$")
    text: str = Field(max_length=MAX_TEXT)


class Press(Asked):
    """A button pressed, or an option chosen."""

    ts: str = Field(max_length=40)
    action_id: str = Field(max_length=255)
    value: str | None = Field(default=None, max_length=2_000)
    option: str | None = Field(default=None, max_length=2_000)


class Invite(Asked):
    """The bot is asked into a channel."""


A = TypeVar("A", bound=Asked)


async def asked(request: Request, kind: type[A]) -> A:
    """Read the body. Raises HTTPException 403, 413, 415 or 422."""
    _check_origin(request)
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise HTTPException(415)  # a form of another site's could be sent without asking; JSON cannot
    try:
        return kind.model_validate_json(await _small_body(request))
    except ValidationError as error:
        raise HTTPException(422) from error


def _check_origin(request: Request) -> None:
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise HTTPException(403)


async def _small_body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return body

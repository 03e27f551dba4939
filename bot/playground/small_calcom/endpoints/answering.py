"""What the families of endpoints share: an endpoint's type, the envelope, and which versions it knows."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.playground.small_calcom.calls import Call
from bot.playground.small_calcom.refusals import no_route

Answer = tuple[int, Any]
Endpoint = Callable[..., Awaitable[Answer]]
Route = tuple[str, str, Endpoint]  # method, path, what answers it


def success(data: Any, status: int = 200) -> Answer:
    """The envelope around what was asked for."""
    return status, {"status": "success", "data": data}


def done() -> Answer:
    """Success with nothing to show."""
    return 200, {"status": "success"}


def need(call: Call, *versions: str) -> None:
    """Other versions do not know this address: the older ones had others. Raises Refusal."""
    if call.version not in versions:
        raise no_route(call.method, call.path)

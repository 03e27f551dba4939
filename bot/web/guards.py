"""Guards around every request: how long its body may be, what browsers may do with the answer, and what is
said of faults that nobody thought of."""

import asyncio
import hashlib
import logging
import traceback
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

MAX_BODY: Final = 1_000_000
MOST_HEARD: Final = 20 * MAX_BODY  # of a body that is refused
SLOWEST_BODY: Final = 10.0  # seconds; Slack gives up after three


class BodyLimit:
    """Reads the body before the app does; one that is too long (413) or too slow (408) ends here."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, seconds: float = SLOWEST_BODY) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on with its body, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._body(scope, receive)
        except ClientGone:
            return
        except TimeoutError:
            await _refuse(408, scope, receive, send)
        else:
            if body is None:
                await _refuse(413, scope, receive, send)
            else:
                await self._app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """All of it; None when it is too long. Raises ClientGone.

        A long one is read on for a while and thrown away: a client hears no refusal while it speaks.
        """
        body, heard, is_short = bytearray(), 0, _announced(scope) <= self._limit
        while heard <= MOST_HEARD:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            chunk = message.get("body", b"")
            heard += len(chunk)
            is_short = is_short and heard <= self._limit
            body += chunk if is_short else b""
            if not message.get("more_body", False):
                return bytes(body) if is_short else None
        return None


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    answer = PlainTextResponse("", status_code=status, headers={"connection": "close"})
    await answer(scope, receive, send)


class ClientGone(Exception):
    """Nobody waits for an answer."""


def _announced(scope: Scope) -> int:
    """The Content-Length; 0 where there is none that can be read."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives this body, then whatever comes."""
    told = False

    async def replay() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


class SecurityHeaders:
    """Headers that forbid browsers to guess, frame, keep or leak what is served. A page may set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and add what the answer does not say itself."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


def _guard(headers: MutableHeaders) -> None:
    is_page = headers.get("content-type", "").startswith("text/html")
    headers.setdefault("x-content-type-options", "nosniff")
    headers.setdefault("referrer-policy", "no-referrer")
    headers.setdefault("x-frame-options", "DENY")
    headers.setdefault("cache-control", "no-store")
    headers.setdefault(
        "content-security-policy",
        "frame-ancestors 'none'" if is_page else "default-src 'none'; frame-ancestors 'none'",
    )


class LastResort:
    """Answers 500 and a reference to what nobody thought of, and logs where it happened.

    The error's own words are left out of both: they may repeat what came in.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, and see it through."""
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001 - the web edge is one of the two homes for this
            reference = _noted(error)
            if begun:
                raise BrokenOff(reference) from None
            await PlainTextResponse(reference, status_code=500)(scope, receive, send)


class BrokenOff(Exception):
    """An answer ended before its end; what for is in the log, by this reference."""


def _noted(error: Exception) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    reference = hashlib.sha256(frames.encode()).hexdigest()[:8]
    log.error("trouble %s: %s\n%s", reference, type(error).__name__, frames)
    return reference

"""The small Cal.com over HTTP: routes, rate limit, faults, and errors as the real one writes them."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.playground.small_calcom.calls import full_path, key_of, read_call
from bot.playground.small_calcom.endpoints.answering import Endpoint
from bot.playground.small_calcom.endpoints.answering import Route as Answering
from bot.playground.small_calcom.limits import RateLimit
from bot.playground.small_calcom.oauth import OAuth
from bot.playground.small_calcom.records import Request
from bot.playground.small_calcom.refusals import TOO_MANY, Refusal, no_route
from bot.playground.small_calcom.store import Store
from bot.playground.small_calcom.trouble import Trouble

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MORE_THAN_SENT = "4096"  # announced and never sent: the client sees the connection break


class LostAnswer(Response):
    """Breaks the connection, or keeps it open without a word until the client goes away."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with nothing. The server closes a connection whose answer stays unfinished."""
        if self.how == "hang":
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        length = [(b"content-length", MORE_THAN_SENT.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": length})


class Server:
    """Turns HTTP into calls of the endpoints. `requests` is the log of all that was answered."""

    def __init__(
        self,
        store: Store,
        routes: Iterable[Answering],
        pages: Iterable[Route],
        oauth: OAuth,
        *,
        trouble: Trouble,
        limit: RateLimit,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._trouble = trouble
        self._limit = limit
        self._oauth = oauth
        self._clock = clock
        self._resets = 0
        self.requests: list[Request] = []
        self.app = Starlette(
            routes=[*self._routes(routes), *pages, Route("/{path:path}", self._unknown, methods=METHODS)]
        )

    def reset(self) -> None:
        """Forget the log. A call that is on its way does no work in the new world."""
        self._resets += 1
        self.requests.clear()

    def _routes(self, routes: Iterable[Answering]) -> list[Route]:
        return [Route(path, self._answering(endpoint), methods=[method]) for method, path, endpoint in routes]

    def _answering(self, endpoint: Endpoint) -> Callable[[HttpRequest], Any]:
        async def answer(request: HttpRequest) -> Response:
            path, resets, came = full_path(request), self._resets, self._store.arrival()
            await asyncio.sleep(0)  # whoever calls at the same time comes before this one is answered
            if self._trouble.touches(request.method, path) and self._trouble.delay:
                await asyncio.sleep(self._trouble.delay)
            if resets != self._resets:
                return self._refused(request, Refusal(503, "Service Unavailable"))
            response = await self._answer(request, endpoint, came)
            self._note(request, path, response.status_code)
            how = self._trouble.loses(request.method, path)
            return LostAnswer(how) if how else response

        return answer

    async def _answer(self, request: HttpRequest, endpoint: Endpoint, came: int) -> Response:
        try:
            self._check_fault(request)
            call = await read_call(request, self._store, came, self._oauth)
            if not self._limit.count(key_of(request)):
                raise _too_many()
            status, body = await endpoint(call, **request.path_params)
            return self._json(request, status, body)
        except Refusal as refusal:
            return self._refused(request, refusal)

    def _refused(self, request: HttpRequest, refusal: Refusal) -> Response:
        return self._json(request, refusal.status, refusal.body(full_path(request), self._clock()))

    def _check_fault(self, request: HttpRequest) -> None:
        match self._trouble.fault(request.method, full_path(request)):
            case "down":
                raise Refusal(503, "Service Unavailable")
            case "fail":
                raise Refusal(500, "Internal server error", bare=True)
            case "rate_limited":
                raise _too_many()

    def _json(self, request: HttpRequest, status: int, body: Any) -> Response:
        headers = {**self._limit.headers(key_of(request)), "X-Request-Id": self._store.new_uuid()}
        if status == 429:
            headers |= {"X-RateLimit-Remaining-Default": "0", "X-RateLimit-Reset-Default": "60"}
        return JSONResponse(body, status, headers, media_type="application/json; charset=utf-8")

    def _note(self, request: HttpRequest, path: str, status: int) -> None:
        version = request.headers.get("cal-api-version")
        self.requests.append(Request(request.method, path, version, status))

    async def _unknown(self, request: HttpRequest) -> Response:
        return self._refused(request, no_route(request.method, full_path(request)))


def _too_many() -> Refusal:
    return Refusal(429, TOO_MANY, code="ThrottlerException", details=TOO_MANY)

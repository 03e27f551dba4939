"""The Web API and the response_urls over HTTP: tokens, arguments, Slack's answers, and trouble."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.playground.small_slack.model import Call, Json, Refused
from bot.playground.small_slack.trouble import Fault, Trouble

Method = Callable[[Json], Json]
MAX_BODY = 1_000_000


class WebApi:
    """`calls` keeps what the bot sent. `open_methods` need no bot token. Each answer names `scopes`."""

    def __init__(
        self,
        methods: Mapping[str, Method],
        respond: Callable[[str, Json], Json],
        *,
        bot_token: str,
        trouble: Trouble,
        calls: deque[Call],
        open_methods: Mapping[str, Method],
        scopes: Callable[[], Sequence[str]],
    ) -> None:
        self._methods = methods
        self._respond = respond
        self._token = bot_token
        self._trouble = trouble
        self._calls = calls
        self._open_methods = open_methods
        self._scopes = scopes

    def app(self) -> Starlette:
        """The ASGI app."""
        routes = [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/respond/{name}", self._answer_url, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _call(self, request: Request) -> Response:
        method = request.path_params["method"]
        args = await _arguments(request)
        return await self._done(method, args, lambda: self._run(method, args, _token(request, args)))

    async def _answer_url(self, request: Request) -> Response:
        args = await _arguments(request)
        name = request.path_params["name"]
        response = await self._done("respond", args, lambda: self._respond(name, args))
        if self._calls and self._calls[-1].answer.get("error") in ("used_url", "expired_url"):
            response.status_code = 404
        return response

    def _run(self, method: str, args: Json, token: str) -> Json:
        if method in self._open_methods:
            return self._open_methods[method](args | {"token": token})
        if method not in self._methods:
            raise Refused("unknown_method")
        if token != self._token:
            raise Refused("invalid_auth" if token else "not_authed")
        return self._methods[method](args)

    async def _done(self, method: str, args: Json, run: Callable[[], Json]) -> Response:
        fault = self._trouble.met(method)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = _refusal(fault) or _tried(run)
        shown = {name: value for name, value in args.items() if name != "token"}
        self._calls.append(Call(method=method, payload=shown, answer=answer))
        response = _response(answer, fault)
        response.headers["x-slack-req-id"] = f"{len(self._calls):032x}"
        response.headers["x-oauth-scopes"] = ",".join(self._scopes())
        return response


def _tried(run: Callable[[], Json]) -> Json:
    try:
        return {"ok": True, **run()}
    except Refused as error:
        return {"ok": False, "error": error.error}


def _refusal(fault: Fault | None) -> Json | None:
    errors = {"limit": "ratelimited", "fail": "internal_error", "refuse": fault.error if fault else ""}
    return {"ok": False, "error": errors[fault.kind]} if fault and fault.kind in errors else None


def _response(answer: Json, fault: Fault | None) -> Response:
    if fault is None or fault.kind in ("refuse", "slow"):
        return JSONResponse(answer)
    if fault.kind == "lose":
        return Lost()
    if fault.kind == "limit":
        return JSONResponse(answer, status_code=429, headers={"Retry-After": str(int(fault.seconds))})
    return JSONResponse(answer, status_code=fault.status)


class Lost(Response):
    """Promises a body and breaks off: the client sees a broken connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start an answer and end it too early."""
        headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"ok"', "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _token(request: Request, args: Json) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else str(args.get("token", ""))


async def _arguments(request: Request) -> Json:
    """Form, JSON or query; None and JSON in strings are read as slack_sdk sends them."""
    body = await request.body()
    args: dict[str, Any] = dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        sent = _read_json(body.decode("utf-8", "replace")) if len(body) <= MAX_BODY else None
        args |= sent if isinstance(sent, dict) else {}
    else:
        args |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return {name: _value(name, value) for name, value in args.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in ("blocks", "attachments", "metadata", "view"):
        return _read_json(value)
    return {"true": True, "false": False}.get(value, value) if name not in ("text", "token") else value


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text

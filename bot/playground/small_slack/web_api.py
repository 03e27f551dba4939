"""The Web API and the response_urls over HTTP: tokens, arguments, Slack's answers, and trouble."""

import asyncio
import base64
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.small_slack.model import Call, Json, Refused
from bot.playground.small_slack.trouble import Fault, Trouble

Method = Callable[[Json], Json]
MAX_BODY = 1_000_000
SECRETS = ("token", "client_secret", "code", "code_verifier", "refresh_token")  # arguments not noted


class WebApi:
    """`calls` keeps what the bot sent. `open_methods` need no bot token. Each answer names `scopes`.

    `check` raises Refused for a token that opens nothing.
    """

    def __init__(
        self,
        methods: Mapping[str, Method],
        respond: Callable[[str, Json], Json],
        *,
        check: Callable[[str], None],
        trouble: Trouble,
        calls: deque[Call],
        open_methods: Mapping[str, Method],
        scopes: Callable[[], Sequence[str]],
    ) -> None:
        self._methods = methods
        self._respond = respond
        self._check = check
        self._trouble = trouble
        self._calls = calls
        self._open_methods = open_methods
        self._scopes = scopes

    def app(self, *more: BaseRoute) -> Starlette:
        """The ASGI app, with `more` routes."""
        routes = [
            *more,
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/respond/{name}", self._answer_url, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _call(self, request: Request) -> Response:
        args = await arguments(request)
        return await self.answered(request.path_params["method"], args, token_of(request, args))

    async def answered(self, method: str, args: Json, token: str) -> Response:
        """Run a method for who has this token."""
        return await self.answered_by(method, args, lambda: self._run(method, args, token))

    async def _answer_url(self, request: Request) -> Response:
        args = await arguments(request)
        name = request.path_params["name"]
        response = await self.answered_by("respond", args, lambda: self._respond(name, args))
        if self._calls and self._calls[-1].answer.get("error") in ("used_url", "expired_url"):
            response.status_code = 404
        return response

    def _run(self, method: str, args: Json, token: str) -> Json:
        if method in self._open_methods:
            return self._open_methods[method](args | {"token": token})
        if method not in self._methods:
            raise Refused("unknown_method")
        self._check(token)
        return self._methods[method](args)

    async def answered_by(self, method: str, args: Json, run: Callable[[], Json]) -> Response:
        """Run this as if it were a method of this name, with the trouble that there is."""
        fault = self._trouble.met(method)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        answer = _refusal(fault) or _tried(run)
        shown = {name: value for name, value in args.items() if name not in SECRETS}
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


def token_of(request: Request, args: Json) -> str:
    """The token of a call: in its header, else among its arguments; empty without one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else str(args.get("token", ""))


async def arguments(request: Request) -> Json:
    """Form, JSON or query; None and JSON in strings are read as slack_sdk sends them."""
    body = await request.body()
    args: dict[str, Any] = _client_of(request) | dict(request.query_params)
    if "json" in request.headers.get("content-type", ""):
        sent = _read_json(body.decode("utf-8", "replace")) if len(body) <= MAX_BODY else None
        args |= sent if isinstance(sent, dict) else {}
    else:
        args |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return {name: _value(name, value) for name, value in args.items() if value is not None}


def _client_of(request: Request) -> dict[str, Any]:
    """The app's id and secret, where they come as slack_sdk sends them: by basic authentication."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(given).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in ("attachments", "blocks", "files", "metadata", "unfurls", "view"):
        return _read_json(value)
    return {"true": True, "false": False}.get(value, value) if name not in ("text", "token") else value


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text

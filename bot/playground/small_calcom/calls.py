"""One call as the server sees it: who, in which version, with what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.playground.small_calcom.oauth import Grant, OAuth
from bot.playground.small_calcom.records import Account
from bot.playground.small_calcom.refusals import NO_KEY, Refusal
from bot.playground.small_calcom.scopes import check_scope
from bot.playground.small_calcom.store import Store

OLD = "2024-04-15"
SELF_HOSTED = (OLD, "2024-06-11", "2024-06-14", "2024-08-13", "2024-09-04")
HOSTED = (*SELF_HOSTED, "2026-02-25", "2026-05-01", "2026-06-12")
ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Call:
    """A request, read. `path` is what it is called in errors: with its query."""

    method: str
    path: str
    version: str
    caller: Account | None
    query: Mapping[str, str]
    raw: bytes
    came: int  # when, counted in arrivals

    @property
    def known_caller(self) -> Account:
        """The caller. Raises Refusal when nobody says who they are."""
        if self.caller is None:
            raise Refusal(401, NO_KEY)
        return self.caller

    def check_caller(self) -> None:
        """Refuse who does not say who they are. Raises Refusal."""
        if self.caller is None:
            raise Refusal(401, NO_KEY)

    @property
    def fields(self) -> dict[str, str]:
        """The texts of a form, or of a JSON object. Raises Refusal."""
        if self.raw.lstrip()[:1] == b"{":
            return {name: value for name, value in self.body.items() if isinstance(value, str)}
        return dict(parse_qsl(self.raw.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object that was sent; empty where nothing was. Raises Refusal."""
        if not self.raw:
            return {}
        try:
            parsed = json.loads(self.raw)
        except ValueError:
            raise Refusal(400, "Unexpected end of JSON input") from None
        return parsed if isinstance(parsed, dict) else {}


async def read_call(request: Request, store: Store, came: int, oauth: OAuth) -> Call:
    """Read a request. Raises Refusal for a key or token that is none, or may not do this."""
    asked = request.headers.get("cal-api-version", OLD)
    return Call(
        method=request.method,
        path=full_path(request),
        version=asked if asked in (HOSTED if store.hosted else SELF_HOSTED) else OLD,
        caller=_caller(request, store, oauth),
        query=dict(request.query_params),
        raw=await request.body(),
        came=came,
    )


def full_path(request: Request) -> str:
    """The path below where the server is mounted, with its query."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return f"{path}?{request.url.query}" if request.url.query else path


def key_of(request: Request) -> str:
    """Under which name its requests are counted."""
    return request.headers.get("authorization", ANONYMOUS)


def _caller(request: Request, store: Store, oauth: OAuth) -> Account | None:
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, key = given.partition(" ")
    if scheme != "Bearer" or not key.startswith("cal_"):
        return _allowed(request, oauth.caller(key) if scheme == "Bearer" else None)
    account = store.account_with(key)
    if account is None:
        raise Refusal(401, "CustomThrottlerGuard - Invalid API Key")
    return account


def _allowed(request: Request, grant: Grant | None) -> Account:
    """Who let an app in, as far as they did. Raises Refusal."""
    if grant is None:
        raise Refusal(401, "Invalid Access Token.")
    check_scope(grant.scopes, request.method, full_path(request))
    return grant.account

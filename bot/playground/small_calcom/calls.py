"""One call as the server sees it: who, in which version, with what."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.playground.small_calcom.records import Account
from bot.playground.small_calcom.refusals import NO_KEY, Refusal
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
    def body(self) -> dict[str, Any]:
        """The JSON object that was sent; empty where nothing was. Raises Refusal."""
        if not self.raw:
            return {}
        try:
            parsed = json.loads(self.raw)
        except ValueError:
            raise Refusal(400, "Unexpected end of JSON input") from None
        return parsed if isinstance(parsed, dict) else {}


async def read_call(request: Request, store: Store, came: int) -> Call:
    """Read a request. Raises Refusal for a key that is none."""
    asked = request.headers.get("cal-api-version", OLD)
    return Call(
        method=request.method,
        path=full_path(request),
        version=asked if asked in (HOSTED if store.hosted else SELF_HOSTED) else OLD,
        caller=_caller(request, store),
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


def _caller(request: Request, store: Store) -> Account | None:
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, key = given.partition(" ")
    if scheme != "Bearer" or not key.startswith("cal_"):
        raise Refusal(401, "Invalid Access Token.")
    account = store.account_with(key)
    if account is None:
        raise Refusal(401, "CustomThrottlerGuard - Invalid API Key")
    return account

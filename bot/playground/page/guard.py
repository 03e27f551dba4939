"""Who may have the page: asked for under a name of ours, and with the token where one is needed."""

import hmac
import re
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
COOKIE = "playground"

WRONG_HOST = "This playground does not answer to that name. Open it under the address that it printed."
UNINVITED = (
    "This playground is for those who have its token. Open the whole address that it printed when it "
    'started, with the token in it. If you have just done that from a link, <a href="/">go on</a>.'
)


@dataclass(frozen=True)
class Guard:
    """`hosts`: the names, without a port, under which the page answers; others could have been pointed here
    by a foreign page's DNS. `token`: what one must bring when others than this machine can connect."""

    hosts: frozenset[str] = LOOPBACK
    token: str | None = field(default=None, repr=False)

    def around(self, app: ASGIApp) -> "Guarded":
        """The app behind this guard."""
        return Guarded(app, self)

    def knows(self, host: str) -> bool:
        """Whether the page answers to what a Host header says."""
        name = _name(host)
        # Behind a token an address in figures will do: no DNS stands between it and us.
        return name in self.hosts or (self.token is not None and _is_address(name))

    def is_token(self, given: str) -> bool:
        """Whether it is the token; takes the same time for every wrong one."""
        return self.token is None or hmac.compare_digest(given.encode(), self.token.encode())


class Behind:
    """Middleware: some paths of an app are only for those whom the guard lets in."""

    def __init__(self, app: ASGIApp, guard: Guard, paths: tuple[str, ...]) -> None:
        self._app = app
        self._guarded = guard.around(app)
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, through the guard where it stands."""
        is_kept = scope["type"] == "http" and scope["path"].startswith(self._paths)
        await (self._guarded if is_kept else self._app)(scope, receive, send)


class Guarded:
    """An app that only those get to see whom the guard lets in."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self._app = app
        self._guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403; a token in the address moves into a cookie."""
        await (self._answer(scope) or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._guard.knows(headers.get("host", "")):
            return _no(WRONG_HOST)
        if self._guard.token is None:
            return None
        brought = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and brought and self._guard.is_token(brought):
            return _moved_in(brought)
        return None if self._guard.is_token(_cookie(headers)) else _no(UNINVITED)


def _moved_in(token: str) -> Response:
    """From here on a cookie says it, which neither scripts nor other sites can use."""
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
    return answer


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _no(words: str) -> Response:
    html = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Not here</title><p>{words}</p></html>'
    )
    return HTMLResponse(html, 403)


def _name(host: str) -> str:
    """Without its port and brackets."""
    return re.sub(r":\d*$", "", host.strip().lower()).removeprefix("[").removesuffix("]").rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

"""The HTTP session that all calls to Cal.com share."""

from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.request import getproxies

import httpx

from bot.calcom.transport.sockets import Sockets

CONNECTIONS = 24  # two people who each ask for a time with ten others
# Node, which Cal.com runs on, closes an idle connection after 5 s. A write sent at that moment would be lost.
IDLE_SECONDS = 4.0
PROXIES = frozenset({"http", "https", "all"})

LIMITS = httpx.Limits(
    max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=IDLE_SECONDS
)


class Session(httpx.AsyncClient):
    """httpx's client without its way through redirects, cookies, hooks and logins, none of which we use."""

    def __init__(self, headers: Mapping[str, str], sockets: Sockets) -> None:
        super().__init__(headers=headers, transport=sockets)
        self._sockets = sockets

    async def send(self, request: httpx.Request, *, stream: bool = False, **_: Any) -> httpx.Response:
        """Send it over our sockets, as it is."""
        response = await self._sockets.handle_async_request(request)
        response.request = request
        if not stream:
            await response.aread()
        return response


def open_http(headers: Mapping[str, str], *, abroad: bool = False) -> httpx.AsyncClient:
    """Open it, with the headers that a gateway in front of Cal.com wants. To be closed by the caller.

    `abroad`: the address was named by others, and must not be one of the private network that we are in.

    It keeps no cookies: those in one account's answer would go with the requests of all others. Where the
    environment names a proxy, httpx's own transport is used, which speaks with all kinds of them.
    """
    if PROXIES.isdisjoint(getproxies()):
        return Session(headers, Sockets(IDLE_SECONDS, httpx.create_ssl_context(), abroad=abroad))
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(headers=dict(headers), limits=LIMITS, cookies=no_cookies)

"""The HTTP session that all calls to Cal.com share."""

from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

CONNECTIONS = 10
# Node, which Cal.com runs on, closes an idle connection after 5 s. A write sent at that moment would be lost.
IDLE_SECONDS = 4.0

LIMITS = httpx.Limits(
    max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=IDLE_SECONDS
)


def open_http(headers: Mapping[str, str]) -> httpx.AsyncClient:
    """Open it, with the headers that a gateway in front of Cal.com wants. To be closed by the caller.

    It keeps no cookies: those in one account's answer would go with the requests of all others.
    """
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(headers=dict(headers), limits=LIMITS, cookies=no_cookies)

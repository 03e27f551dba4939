"""The HTTP session that all calls to Cal.com share."""

from collections.abc import Mapping

import httpx


def open_http(headers: Mapping[str, str]) -> httpx.AsyncClient:
    """Open it, with the headers that a gateway in front of Cal.com wants. To be closed by the caller."""
    return httpx.AsyncClient(headers=dict(headers))

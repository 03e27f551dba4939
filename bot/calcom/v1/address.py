"""Where an API v1 is, and how its key travels: in the query, seen by the server and by nobody else."""

from urllib.parse import urlsplit

import httpx

from bot.scheduling.errors import NotSupported

HOSTED = ("api.cal.com", "app.cal.com", "cal.com")


class KeyedUrl(httpx.URL):
    """An address whose query holds a key. It shows itself without the query.

    httpx writes addresses into its log, and its exceptions hold the request that they are about.
    """

    def __str__(self) -> str:
        return super().__str__().partition("?")[0]

    def __repr__(self) -> str:
        return f"KeyedUrl({str(self)!r})"


def base_of(base_url: str) -> str:
    """The address without a slash at its end. Raises NotSupported for the hosted API v1, which is gone."""
    if urlsplit(base_url).hostname in HOSTED:
        raise NotSupported("v1_was_shut_down_on_2026-04-08")
    return base_url.rstrip("/")

"""Speaks HTTP with Cal.com: versions, retries of reads, errors as ours. Writes are sent once, never again."""

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from bot.calcom.budget import RateBudget, wait_of
from bot.calcom.errors import error_of
from bot.calcom.versions import version_of
from bot.scheduling.errors import CalendarError, CalendarUnavailable, OutcomeUnknown

T = TypeVar("T")
Reader = Callable[
    [Any], T
]  # from an answer's whole body; raises ValueError when it is not what was asked for

# Told after each call: method, path template (never the path: it may hold a uid), the status or None without
# an answer, seconds.
OnCall = Callable[[str, str, int | None, float], None]

NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)
UNREACHED = (httpx.RequestError, httpx.InvalidURL)
WORTH_ANOTHER_TRY = frozenset({408, 429, 500, 502, 503, 504})
TIMEOUT = httpx.Timeout(15.0, connect=5.0)

log = logging.getLogger(__name__)


class CalcomClient:
    """One account's door to Cal.com. `patience`: the longest pause in seconds before the next try."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        base_url: str,
        api_key: str,
        tries: int = 3,
        patience: float = 3.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
        seconds: Callable[[], float] = time.monotonic,
        on_call: OnCall | None = None,
    ) -> None:
        self._http = http
        self._base = _rooted(base_url)
        self._key = api_key
        self._tries = tries
        self._patience = patience
        self._sleep = sleep
        self._jitter = jitter
        self._seconds = seconds
        self._on_call = on_call
        self.budget = RateBudget(seconds)

    async def read(
        self, template: str, into: Reader[T], *, params: Mapping[str, str | int] | None = None, **parts: str
    ) -> T:
        """GET, tried again with a bound. Raises the tree of `errors`, CalendarUnavailable in the end."""
        attempt = 0
        while True:
            attempt += 1
            try:
                response = await self._send("GET", template, parts, params=params)
            except UNREACHED as error:
                if attempt >= self._tries:
                    raise CalendarUnavailable("not_reached") from error
                pause: float | None = self._pause(attempt)
            else:
                pause = self._pause_after(response, attempt)
                if pause is None:
                    return _read(response, into)
            await self._sleep(pause or 0.0)

    async def write(
        self, method: str, template: str, into: Reader[T], *, body: object = None, **parts: str
    ) -> T:
        """Send once. Raises CalendarUnavailable when it did not arrive, OutcomeUnknown when it may have."""
        try:
            response = await self._send(method, template, parts, body=body)
        except NEVER_SENT as error:
            raise CalendarUnavailable("not_reached") from error
        except httpx.RequestError as error:
            raise OutcomeUnknown("answer_lost") from error
        return _read(response, into, writing=True)

    async def _send(
        self,
        method: str,
        template: str,
        parts: Mapping[str, str],
        *,
        params: Mapping[str, str | int] | None = None,
        body: object = None,
    ) -> httpx.Response:
        path = template.format(**{name: quote(part, safe="") for name, part in parts.items()})
        with self._told(method, template) as answered:
            response = await self._http.request(
                method,
                self._base + path,
                params=params,
                json=body,
                headers=self._headers(method, template),
                timeout=TIMEOUT,
                follow_redirects=False,  # a redirected POST becomes a GET, and the key would travel along
            )
            answered.append(response.status_code)
        self.budget.note(response.headers)
        log.info("calcom %s %s %d %s", method, template, response.status_code, _request_id(response))
        return response

    @contextmanager
    def _told(self, method: str, template: str) -> Iterator[list[int]]:
        """Tell of the call when it is over; the caller puts in the status that it got."""
        began, answered = self._seconds(), list[int]()
        try:
            yield answered
        finally:
            if self._on_call:
                status = answered[0] if answered else None
                self._on_call(method, template, status, self._seconds() - began)

    def _headers(self, method: str, template: str) -> dict[str, str]:
        version = version_of(method, template)
        named = {"cal-api-version": version} if version else {}
        return {"Authorization": f"Bearer {self._key}", "Accept": "application/json", **named}

    def _pause_after(self, response: httpx.Response, attempt: int) -> float | None:
        """How long to wait before asking again; None when this answer is final, or the wait too long."""
        if response.status_code not in WORTH_ANOTHER_TRY or attempt >= self._tries:
            return None
        asked = wait_of(response.headers) if response.status_code == 429 else None
        pause = max(asked or 0.0, self._pause(attempt))
        return pause if pause <= self._patience else None

    def _pause(self, attempt: int) -> float:
        longest = 0.2 * 2.0**attempt
        return min(self._patience, longest * (0.5 + self._jitter() / 2))


def _read(response: httpx.Response, into: Reader[T], *, writing: bool = False) -> T:
    body = _parsed(response)
    if not response.is_success:
        raise error_of(response.status_code, body, writing=writing, retry_after=wait_of(response.headers))
    try:
        return into(body)
    except ValueError as error:  # pydantic's too; ours hide the input
        raise _unreadable(error, writing) from error


def _unreadable(error: ValueError, writing: bool) -> CalendarError:
    """Say which fields do not fit, never what was in them."""
    misfits = error.errors(include_input=False) if isinstance(error, ValidationError) else ()
    why = ", ".join(".".join(map(str, one["loc"])) for one in misfits) or str(error)
    code = f"unreadable_answer: {why}"
    return OutcomeUnknown(code) if writing else CalendarUnavailable(code)


def _parsed(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None


def _rooted(base_url: str) -> str:
    trimmed = base_url.rstrip("/")
    return trimmed if trimmed.endswith("/v2") else f"{trimmed}/v2"


def _request_id(response: httpx.Response) -> str:
    return str(response.headers.get("x-request-id", "-"))

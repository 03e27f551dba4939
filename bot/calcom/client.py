"""Speaks HTTP with Cal.com: versions, retries of reads, errors as ours. Writes are sent once, never again."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from bot.calcom.access import Access
from bot.calcom.budget import RateBudget, wait_of
from bot.calcom.errors import error_of
from bot.calcom.line import Line
from bot.calcom.models import Asked
from bot.calcom.versions import Profile, version_of
from bot.scheduling.errors import CalendarError, CalendarUnavailable, OutcomeUnknown

T = TypeVar("T")
Reader = Callable[
    [Any], T
]  # from an answer's whole body; raises ValueError when it is not what was asked for
Query = Mapping[str, str | int]

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

REQUEST_ID = re.compile(r"[\w.:-]{1,64}")

log = logging.getLogger(__name__)


class CalcomClient:
    """One account's door to Cal.com. `line`: what all accounts at that server share."""

    def __init__(self, line: Line, access: Access) -> None:
        self._line = line
        self._pace = line.pace
        self._access = access
        self.budget = RateBudget(line.pace.seconds)

    async def profile(self) -> Profile:
        """Of which kind the server is: some requests depend on it."""
        return await self._line.server.profile()

    async def read(
        self, template: str, into: Reader[T], *, params: Asked | Query | None = None, **parts: str | int
    ) -> T:
        """GET, tried again with a bound. Raises the tree of `errors`, CalendarUnavailable in the end."""
        query = params.as_query() if isinstance(params, Asked) else params
        attempt = 0
        while True:
            attempt += 1
            try:
                response = await self._send("GET", template, parts, params=query)
            except UNREACHED as error:
                if attempt >= self._pace.tries:
                    raise CalendarUnavailable("not_reached") from error
                pause: float | None = self._pace.pause(attempt)
            else:
                pause = self._pause_after(response, attempt)
                if pause is None:
                    return _read(response, into)
            await self._pace.sleep(pause or 0.0)

    async def write(
        self, method: str, template: str, into: Reader[T], *, body: Asked | None = None, **parts: str | int
    ) -> T:
        """Send once. Raises CalendarUnavailable when it did not arrive, OutcomeUnknown when it may have."""
        try:
            response = await self._send(method, template, parts, body=body.as_json() if body else None)
        except NEVER_SENT as error:
            raise CalendarUnavailable("not_reached") from error
        except httpx.RequestError as error:
            raise OutcomeUnknown("answer_lost") from error
        return _read(response, into, writing=True)

    async def version(self, method: str, template: str) -> str | None:
        """In which API version this server is asked there. Raises NotSupported."""
        return version_of(method, template, await self.profile())

    async def _send(
        self,
        method: str,
        template: str,
        parts: Mapping[str, str | int],
        *,
        params: Query | None = None,
        body: object = None,
    ) -> httpx.Response:
        path = template.format(**{name: quote(str(part), safe="") for name, part in parts.items()})
        headers = await self._headers(method, template)
        with self._told(method, template) as answered:
            response = await self._line.http.request(
                method,
                self._line.server.base_url + path,
                params=params,
                json=body,
                headers=headers,
                timeout=self._pace.timeout(writing=method != "GET"),
                follow_redirects=False,  # a redirected POST becomes a GET, and the key would travel along
            )
            answered.append(response.status_code)
        self.budget.note(response.headers)
        log.info("calcom %s %s %d %s", method, template, response.status_code, _request_id(response) or "-")
        return response

    @contextmanager
    def _told(self, method: str, template: str) -> Iterator[list[int]]:
        """Tell of the call when it is over; the caller puts in the status that it got."""
        began, answered = self._pace.seconds(), list[int]()
        try:
            yield answered
        finally:
            if self._line.on_call:
                status = answered[0] if answered else None
                self._line.on_call(method, template, status, self._pace.seconds() - began)

    async def _headers(self, method: str, template: str) -> dict[str, str]:
        version = await self.version(method, template)
        named = {"cal-api-version": version} if version else {}
        return {**await self._access.headers(), "Accept": "application/json", **named}

    def _pause_after(self, response: httpx.Response, attempt: int) -> float | None:
        """How long to wait before asking again; None when this answer is final, or the wait too long."""
        if response.status_code not in WORTH_ANOTHER_TRY or attempt >= self._pace.tries:
            return None
        asked = wait_of(response.headers) if response.status_code == 429 else None
        pause = max(asked or 0.0, self._pace.pause(attempt))
        return pause if pause <= self._pace.patience else None


def _read(response: httpx.Response, into: Reader[T], *, writing: bool = False) -> T:
    body = _parsed(response)
    if not response.is_success:
        wait, request_id = wait_of(response.headers), _request_id(response)
        raise error_of(response.status_code, body, writing=writing, retry_after=wait, request_id=request_id)
    try:
        return into(body)
    except ValueError as error:  # pydantic's too; ours hide the input
        raise _unreadable(error, writing, _request_id(response)) from error


def _unreadable(error: ValueError, writing: bool, request_id: str | None) -> CalendarError:
    """Say which fields do not fit, never what was in them."""
    misfits = error.errors(include_input=False) if isinstance(error, ValidationError) else ()
    why = ", ".join(".".join(map(str, one["loc"])) for one in misfits) or str(error)
    code = f"unreadable_answer: {why}"
    unreadable = OutcomeUnknown(code) if writing else CalendarUnavailable(code)
    unreadable.request_id = request_id
    return unreadable


def _parsed(response: httpx.Response) -> Any:
    try:
        return json.loads(response.content)
    except ValueError:
        return None


def _request_id(response: httpx.Response) -> str | None:
    """Under which Cal.com has logged it. Anything else that stands there is not for our log."""
    told = response.headers.get("x-request-id", "")
    return told if REQUEST_ID.fullmatch(told) else None

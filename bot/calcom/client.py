"""Speaks HTTP with Cal.com: tries under a deadline, errors as ours. No write is sent twice blindly."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import httpx

from bot.calcom import tries
from bot.calcom.access import Access
from bot.calcom.answers import Reader, read_answer, request_id_of
from bot.calcom.budget import RateBudget
from bot.calcom.line import Line
from bot.calcom.models import Asked
from bot.calcom.pace import SHORTEST_TRY, kind_of
from bot.calcom.versions import Profile, version_of

T = TypeVar("T")
Query = Mapping[str, str | int]

log = logging.getLogger(__name__)


class Call(NamedTuple):
    """One request. `template` names the endpoint, `path` may hold a uid."""

    method: str
    template: str
    path: str
    params: Query | None = None
    body: object = None

    @property
    def writing(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"


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

    async def version(self, method: str, template: str) -> str | None:
        """In which API version this server is asked there. Raises NotSupported."""
        return version_of(method, template, await self.profile())

    async def read(
        self, template: str, into: Reader[T], *, params: Asked | Query | None = None, **parts: str | int
    ) -> T:
        """GET, tried again with a bound. Raises the tree of `errors`, CalendarUnavailable in the end."""
        query = params.as_query() if isinstance(params, Asked) else params
        return read_answer(await self._tried(Call("GET", template, _filled(template, parts), query)), into)

    async def write(
        self, method: str, template: str, into: Reader[T], *, body: Asked | None = None, **parts: str | int
    ) -> T:
        """Send; again only where the first one certainly did nothing.

        Raises CalendarUnavailable when it did not arrive, OutcomeUnknown when it may have.
        """
        sent = body.as_json() if body else None
        call = Call(method, template, _filled(template, parts), body=sent)
        return read_answer(await self._tried(call), into, writing=True)

    async def _tried(self, call: Call) -> httpx.Response:
        """Send until there is an answer to stay with. Raises CalendarUnavailable, OutcomeUnknown."""
        pace, attempt = self._pace, 0
        until = pace.seconds() + pace.deadline
        while True:
            attempt += 1
            try:
                response = await self._send(call, until - pace.seconds())
            except tries.UNREACHED as error:
                pause = tries.pause_after_failure(error, attempt, pace, writing=call.writing)
                if pause is None or not self._may_go_on(attempt, pause, until):
                    raise tries.error_without_answer(error, writing=call.writing) from error
            else:
                pause = tries.pause_after_answer(response, attempt, pace, writing=call.writing)
                if pause is None or not self._may_go_on(attempt, pause, until):
                    return response
            await pace.sleep(pause)

    def _may_go_on(self, attempt: int, pause: float, until: float) -> bool:
        return attempt < self._pace.tries and self._pace.seconds() + pause + SHORTEST_TRY <= until

    async def _send(self, call: Call, left: float) -> httpx.Response:
        """One try, with so much left of the deadline."""
        breaker, seconds = self._line.breaker, self._pace.seconds
        breaker.refuse(seconds())
        headers = await self._headers(call.method, call.template)
        breaker.admit(seconds())
        try:
            response = await self._exchange(call, headers, left)
        except httpx.RequestError as error:
            if tries.shows_host_away(error):
                breaker.missed(seconds())
            raise
        breaker.missed(seconds()) if response.status_code in tries.AWAY else breaker.reached()
        self.budget.note(response.headers)
        return response

    async def _exchange(self, call: Call, headers: Mapping[str, str], left: float) -> httpx.Response:
        longest = self._pace.try_of(kind_of(call.method, call.template), left)
        with self._told(call) as answered:
            try:
                async with asyncio.timeout(longest):  # the library's own clock starts anew with each byte
                    response = await self._line.http.request(
                        call.method,
                        self._line.server.base_url + call.path,
                        params=call.params,
                        json=call.body,
                        headers=headers,
                        timeout=self._pace.timeout(longest),
                        follow_redirects=False,  # a redirected POST becomes a GET, and the key travels along
                    )
            except TimeoutError as error:
                raise httpx.ReadTimeout("") from error
            answered.append(response.status_code)
        told = request_id_of(response) or "-"
        log.info("calcom %s %s %d %s", call.method, call.template, response.status_code, told)
        return response

    @contextmanager
    def _told(self, call: Call) -> Iterator[list[int]]:
        """Tell of the call when it is over; the caller puts in the status that it got."""
        began, answered = self._pace.seconds(), list[int]()
        try:
            yield answered
        finally:
            if self._line.on_call:
                status = answered[0] if answered else None
                self._line.on_call(call.method, call.template, status, self._pace.seconds() - began)

    async def _headers(self, method: str, template: str) -> dict[str, str]:
        version = await self.version(method, template)
        named = {"cal-api-version": version} if version else {}
        return {**await self._access.headers(), "Accept": "application/json", **named}


def _filled(template: str, parts: Mapping[str, str | int]) -> str:
    """The path, with its parts in it."""
    return template.format(**{name: quote(str(part), safe="") for name, part in parts.items()})

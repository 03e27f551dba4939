"""Speaks HTTP with an API v1: the key in the query, tries under a deadline, no write sent twice blindly."""

import asyncio
import logging
from collections.abc import Mapping
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import httpx

from bot.calcom.access.kinds import named_after
from bot.calcom.models import Asked
from bot.calcom.transport import tries
from bot.calcom.transport.answers import Reader, read_answer, request_id_of
from bot.calcom.transport.bounded import taken_in
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.connection import CONNECTIONS
from bot.calcom.transport.line import OnCall
from bot.calcom.transport.pace import SHORTEST_TRY, Pace, kind_of
from bot.calcom.transport.turnstile import Turnstile
from bot.calcom.v1.address import KeyedUrl, base_of
from bot.scheduling.asking import Urgency, who_asks
from bot.scheduling.rations import Unrationed

T = TypeVar("T")
Query = Mapping[str, str]

# All that the adapter asks for. Other endpoints are not known here.
ENDPOINTS = frozenset(
    {
        ("GET", "/me"),
        ("GET", "/event-types"),
        ("GET", "/slots"),
        ("GET", "/bookings"),
        ("POST", "/bookings"),
        ("GET", "/bookings/{id}"),
        ("PATCH", "/bookings/{id}"),
        ("DELETE", "/bookings/{id}"),
    }
)
NO_SECONDS = "x-ratelimit-reset"  # a point in time here, in API v2 the seconds that are left

log = logging.getLogger(__name__)


class Call(NamedTuple):
    """One request. `number`: of the booking that it is about."""

    method: str
    template: str
    number: int | None = None
    params: Query | None = None
    body: Asked | None = None

    @property
    def writing(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"

    @property
    def path(self) -> str:
        """The template, filled in. Raises KeyError for an endpoint that is not known here."""
        if (self.method, self.template) not in ENDPOINTS:
            raise KeyError(f"no endpoint of API v1: {self.method} {self.template}")
        return self.template.format(id=quote(str(self.number), safe=""))


class V1Client:
    """One account's door to an older server. `http`: the connections, closed by whoever opened them.

    `breaker`, `turnstile`: those of the line to that server, where there is one.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        key: str,
        *,
        pace: Pace | None = None,
        on_call: OnCall | None = None,
        breaker: Breaker | None = None,
        turnstile: Turnstile | None = None,
    ) -> None:
        self._http = http
        self._base_url = base_of(base_url)
        self._key = key
        self._pace = pace or Pace()
        self._on_call = on_call
        self._breaker = breaker or Breaker()
        self._turnstile = turnstile or Turnstile(Unrationed(), self._pace.seconds, places=CONNECTIONS)

    async def ask(self, call: Call, into: Reader[T]) -> T:
        """Send it; again only where the first one certainly did nothing.

        Raises the tree of `errors`: CalendarUnavailable when it did not arrive, OutcomeUnknown when a write
        may have.
        """
        return read_answer(await self._tried(call), into, writing=call.writing)

    async def _tried(self, call: Call) -> httpx.Response:
        pace, attempt = self._pace, 0
        until = pace.seconds() + pace.deadline
        while True:
            attempt += 1
            try:
                response = await self._admitted(call, until)
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

    async def _admitted(self, call: Call, until: float) -> httpx.Response:
        """One try, when it is its turn."""
        self._breaker.refuse(self._pace.seconds())
        await self._turn(call, until)
        try:
            return await self._send(call, until - self._pace.seconds())
        finally:
            self._turnstile.leave()

    async def _turn(self, call: Call, until: float) -> None:
        """Wait for it: for what is more urgent, and for the budget."""
        asking, own = who_asks(), Urgency.WRITE if call.writing else Urgency.READ
        urgency = own if asking.urgency is None else asking.urgency
        credential, latest = named_after(self._key), until - SHORTEST_TRY
        while await self._turnstile.enter(credential, asking.person, urgency, latest) <= self._pace.seconds():
            self._turnstile.leave()

    async def _send(self, call: Call, left: float) -> httpx.Response:
        """One try, with so much left of the deadline."""
        breaker, seconds = self._breaker, self._pace.seconds
        breaker.admit(seconds())
        longest = self._pace.try_of(kind_of(call.method, call.template), left)
        try:
            response = await self._exchange(call, longest)
        except httpx.RequestError as error:
            if tries.shows_host_away(error, longest=longest, pace=self._pace):
                breaker.missed(seconds())
            raise
        breaker.missed(seconds()) if response.status_code in tries.AWAY else breaker.reached()
        return response

    async def _exchange(self, call: Call, longest: float) -> httpx.Response:
        request = self._request(call, longest)
        began, status = self._pace.seconds(), None
        try:
            async with asyncio.timeout(longest):
                response = await self._answered(request)
            status = response.status_code
        except TimeoutError as error:
            raise httpx.ReadTimeout("") from error
        finally:
            if self._on_call:
                self._on_call(call.method, call.template, status, self._pace.seconds() - began)
        response.headers.pop(NO_SECONDS, None)
        log.info("calcom v1 %s %s %d %s", call.method, call.template, status, request_id_of(response) or "-")
        return response

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        response = await self._http.send(
            request, stream=True, follow_redirects=False
        )  # the key would go along
        try:
            return await taken_in(response)
        finally:
            await response.aclose()

    def _request(self, call: Call, longest: float) -> httpx.Request:
        request = self._http.build_request(
            call.method,
            self._base_url + call.path,
            json=call.body.as_json() if call.body else None,
            headers={"Accept": "application/json"},
            timeout=self._pace.timeout(longest),
        )
        request.url = KeyedUrl(request.url, params={**(call.params or {}), "apiKey": self._key})
        return request

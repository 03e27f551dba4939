"""Speaks HTTP with an API v1: the key in the query, tries under a deadline, no write sent twice blindly."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import httpx

from bot.calcom.access.kinds import named_after
from bot.calcom.models import Asked
from bot.calcom.transport.answers import Reader, read_answer
from bot.calcom.transport.bounded import whole_answer
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.connection import CONNECTIONS
from bot.calcom.transport.pace import Pace
from bot.calcom.transport.sending import Endpoint, OnCall, Sender
from bot.calcom.transport.turnstile import Turnstile
from bot.calcom.v1.address import KeyedUrl, base_of
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


class Call(NamedTuple):
    """One request. `number`: of the booking that it is about."""

    method: str
    template: str
    number: int | None = None
    params: Query | None = None
    body: Asked | None = None

    @property
    def endpoint(self) -> Endpoint:
        """What is called."""
        return Endpoint(self.method, self.template)

    @property
    def path(self) -> str:
        """The template, filled in. Raises KeyError for an endpoint that is not known here."""
        if self.endpoint not in ENDPOINTS:
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
        pace = pace or Pace()
        turnstile = turnstile or Turnstile(Unrationed(), pace.seconds, places=CONNECTIONS)
        breaker = breaker or Breaker()
        self._sender = Sender("calcom v1", named_after(key), pace, breaker, turnstile, on_call)

    async def ask(self, call: Call, into: Reader[T]) -> T:
        """Send it; again only where the first one certainly did nothing.

        Raises the tree of `errors`: CalendarUnavailable when it did not arrive, OutcomeUnknown when a write
        may have.
        """
        response = await self._sender.tried(call.endpoint, partial(self._once, call))
        return read_answer(response, into, writing=call.endpoint.writing)

    async def _once(self, call: Call, until: float) -> httpx.Response:
        response = await self._sender.once(call.endpoint, partial(self._exchange, call), until)
        response.headers.pop(NO_SECONDS, None)
        return response

    async def _exchange(self, call: Call, within: httpx.Timeout) -> httpx.Response:
        return await whole_answer(self._http, self._request(call, within))

    def _request(self, call: Call, within: httpx.Timeout) -> httpx.Request:
        request = self._http.build_request(
            call.method,
            self._base_url + call.path,
            json=call.body.as_json() if call.body else None,
            headers={"Accept": "application/json"},
            timeout=within,
        )
        request.url = KeyedUrl(request.url, params={**(call.params or {}), "apiKey": self._key})
        return request

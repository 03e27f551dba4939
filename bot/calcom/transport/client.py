"""Speaks with Cal.com as one account: versions, credentials, what was just read, errors as ours."""

import logging
from collections.abc import Mapping
from copy import copy
from functools import partial
from typing import NamedTuple, TypeVar
from urllib.parse import quote, urlencode

import httpx

from bot.calcom.access.kinds import Access, Anybody
from bot.calcom.models import Asked, WrongVersion
from bot.calcom.older_shapes import as_today
from bot.calcom.server import PROBE, kind_shown
from bot.calcom.transport.answers import Reader, read_answer, refuses_access
from bot.calcom.transport.bounded import whole_answer
from bot.calcom.transport.limits import pass_on
from bot.calcom.transport.line import Line
from bot.calcom.transport.reads import Question, asked_in
from bot.calcom.transport.sending import Endpoint
from bot.calcom.versions import Profile, is_same_everywhere, version_of
from bot.scheduling.asking import Urgency, on_behalf_of, who_asks
from bot.scheduling.errors import CalendarError

T = TypeVar("T")
Query = Mapping[str, str | int]

EVENT_TYPES = Endpoint("GET", "/event-types")

log = logging.getLogger(__name__)


class Call(NamedTuple):
    """One request. `path` may hold a uid.

    `version`: in place of the one that this kind of server is spoken to in.
    """

    endpoint: Endpoint
    path: str
    params: Query | None = None
    body: object = None
    version: str | None = None


class CalcomClient:
    """One account's door to Cal.com. `line`: what all accounts at that server share."""

    def __init__(self, line: Line, access: Access) -> None:
        self._line = line
        self._access = access
        self._sender = line.sender(access.credential)
        self._reads = line.reads
        self._is_anew = False

    def anew(self) -> "CalcomClient":
        """The same door for who must know how things stand now: nothing that was read before is used."""
        other = copy(self)
        other._is_anew = True
        return other

    def anybodys(self) -> "CalcomClient":
        """A door to the same server without a credential."""
        return CalcomClient(self._line, Anybody())

    def forget(self) -> None:
        """Know nothing of what was read, and of any trouble with the server."""
        self._line.forget()

    def heard_news(self) -> None:
        """Somebody's booking was made or changed, whichever credential it was done with."""
        self._line.heard_news()

    async def profile(self) -> Profile:
        """Of which kind the server is: some requests depend on it. Raises what a read raises."""
        return await self._line.server.profile(self._probe, self._access.credential)

    async def version(self, method: str, template: str) -> str | None:
        """In which API version this server is asked there. Raises NotSupported, and what a read raises."""
        if is_same_everywhere(method, template):
            return version_of(method, template, "hosted")
        return version_of(method, template, await self.profile())

    async def read(
        self, template: str, into: Reader[T], *, params: Asked | Query | None = None, **parts: str | int
    ) -> T:
        """GET, tried again with a bound, or what was just read. Raises the tree of `errors`."""
        query = params.as_query() if isinstance(params, Asked) else params
        call = Call(Endpoint("GET", template), _filled(template, parts), query)
        if self._reads is None or self._is_anew:
            return await self._read(call, into)
        asked = Question(self._access.credential, template, call.path, asked_in(query), into)
        urgency = who_asks().urgency
        return await self._reads.get(asked, partial(self._read, call, into), urgency=urgency)

    async def write(
        self, method: str, template: str, into: Reader[T], *, body: Asked | None = None, **parts: str | int
    ) -> T:
        """Send; again only where the first one certainly did nothing.

        Raises CalendarUnavailable when it did not arrive, OutcomeUnknown when it may have.
        """
        sent = body.as_json() if body else None
        call = Call(Endpoint(method, template), _filled(template, parts), body=sent)
        try:
            return await self._read(call, into)
        finally:
            if self._reads is not None:
                self._reads.wrote(self._access.credential, template)

    async def _probe(self) -> Profile:
        """Everybody waits for it, so it goes first."""
        with on_behalf_of(who_asks().person, Urgency.WRITE):
            return await self._read(Call(EVENT_TYPES, "/event-types", version=PROBE), kind_shown)

    async def _read(self, call: Call, into: Reader[T]) -> T:
        """An answer of another version means that the server is not of the kind that it was taken for."""
        response = await self._sender.tried(call.endpoint, partial(self._proven, call))
        try:
            return read_answer(response, self._reader(call, into), writing=call.endpoint.writing)
        except CalendarError as error:
            if isinstance(error.__cause__, WrongVersion):
                told = "%s %s was answered in another API version than it was asked in: see CAL_SERVER"
                log.error(told, *call.endpoint)
                self._line.server.forget()
            raise

    def _reader(self, call: Call, into: Reader[T]) -> Reader[T]:
        """A gateway may answer in older shapes. What came of a write is not looked up in a list of those."""
        is_looking_up = self._is_anew and call.endpoint.template == "/bookings"
        if call.endpoint.writing or is_looking_up or not self._line.server.is_gateway:
            return into
        return lambda body: into(as_today(call.endpoint.template, call.params, body))

    async def _proven(self, call: Call, until: float) -> httpx.Response:
        """One try; one more where the token is refused (so nothing was done) and there is a newer one."""
        proof = await self._access.headers()
        response = await self._once(call, proof, until)
        if refuses_access(response) and await self._access.renewed(proof):
            return await self._once(call, await self._access.headers(), until)
        return response

    async def _once(self, call: Call, proof: Mapping[str, str], until: float) -> httpx.Response:
        headers = {**proof, **await self._headers(call)}
        exchange = partial(self._exchange, call, headers)
        response = await self._sender.once(call.endpoint, exchange, until)
        await pass_on(response, call.endpoint, self._line.budget, self._access.credential)
        return response

    async def _exchange(
        self, call: Call, headers: Mapping[str, str], within: httpx.Timeout
    ) -> httpx.Response:
        http = self._line.http
        query = f"?{urlencode(call.params)}" if call.params else ""
        request = http.build_request(
            call.endpoint.method,
            httpx.URL(f"{self._line.server.base_url}{call.path}{query}"),  # read once: from a text, twice
            json=call.body,
            headers=headers,
            timeout=within,
        )
        return await whole_answer(http, request)

    async def _headers(self, call: Call) -> dict[str, str]:
        version = call.version or await self.version(*call.endpoint)
        return {"Accept": "application/json", **({"cal-api-version": version} if version else {})}


def _filled(template: str, parts: Mapping[str, str | int]) -> str:
    """The path, with its parts in it."""
    return template.format(**{name: quote(str(part), safe="") for name, part in parts.items()})

"""Speaks HTTP with Cal.com: tries under a deadline, errors as ours. No write is sent twice blindly."""

import asyncio
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import NamedTuple, TypeVar
from urllib.parse import quote

import httpx

from bot.calcom.access.kinds import Access
from bot.calcom.models import Asked, WrongVersion
from bot.calcom.older_shapes import as_today
from bot.calcom.server import PROBE, kind_shown
from bot.calcom.transport import tries
from bot.calcom.transport.answers import Reader, read_answer, refuses_access, request_id_of
from bot.calcom.transport.bounded import whole_answer
from bot.calcom.transport.limits import pass_on
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import SHORTEST_TRY, kind_of
from bot.calcom.transport.reads import BOOKED, Question, asked_in
from bot.calcom.versions import Profile, is_same_everywhere, version_of
from bot.scheduling.asking import Urgency, on_behalf_of, who_asks
from bot.scheduling.errors import CalendarError

T = TypeVar("T")
Query = Mapping[str, str | int]

log = logging.getLogger(__name__)


class Call(NamedTuple):
    """One request. `template` names the endpoint, `path` may hold a uid.

    `version`: in place of the one that this kind of server is spoken to in.
    """

    method: str
    template: str
    path: str
    params: Query | None = None
    body: object = None
    version: str | None = None

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
        self._reads = line.reads
        self._is_anew = False

    def anew(self) -> "CalcomClient":
        """The same door for who must know how things stand now: nothing that was read before is used."""
        other = copy(self)
        other._is_anew = True
        return other

    def forget(self) -> None:
        """Know nothing of what was read, and of any trouble with the server."""
        self._line.forget()

    def heard_news(self) -> None:
        """Somebody's booking was made or changed."""
        if self._reads is not None:
            self._reads.drop(BOOKED)

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
        call = Call("GET", template, _filled(template, parts), query)
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
        call = Call(method, template, _filled(template, parts), body=sent)
        try:
            return await self._read(call, into)
        finally:
            if self._reads is not None:
                self._reads.wrote(self._access.credential, template)

    async def _probe(self) -> Profile:
        """Everybody waits for it, so it goes first."""
        with on_behalf_of(who_asks().person, Urgency.WRITE):
            return await self._read(Call("GET", "/event-types", "/event-types", version=PROBE), kind_shown)

    async def _read(self, call: Call, into: Reader[T]) -> T:
        """An answer of another version means that the server is not of the kind that it was taken for."""
        try:
            return read_answer(await self._tried(call), self._reader(call, into), writing=call.writing)
        except CalendarError as error:
            if isinstance(error.__cause__, WrongVersion):
                told = "%s %s was answered in another API version than it was asked in: see CAL_SERVER"
                log.error(told, call.method, call.template)
                self._line.server.forget()
            raise

    def _reader(self, call: Call, into: Reader[T]) -> Reader[T]:
        """A gateway may answer in older shapes. What came of a write is not looked up in a list of those."""
        is_looking_up = self._is_anew and call.template == "/bookings"
        if call.writing or is_looking_up or not self._line.server.is_gateway:
            return into
        return lambda body: into(as_today(call.template, call.params, body))

    async def _tried(self, call: Call) -> httpx.Response:
        """Send until there is an answer to stay with. Raises CalendarUnavailable, OutcomeUnknown."""
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
        """One try; one more where the token is refused (so nothing was done) and there is a newer one."""
        self._line.breaker.refuse(self._pace.seconds())
        proof = await self._access.headers()
        response = await self._send(call, proof, until)
        if refuses_access(response) and await self._access.renewed(proof):
            return await self._send(call, await self._access.headers(), until)
        return response

    async def _send(self, call: Call, proof: Mapping[str, str], until: float) -> httpx.Response:
        breaker, seconds = self._line.breaker, self._pace.seconds
        headers = {**proof, **await self._headers(call)}
        await self._turn(call, until)
        try:
            breaker.admit(seconds())
            longest = self._pace.try_of(kind_of(call.method, call.template), until - seconds())
            response = await self._exchange(call, headers, longest)
        except httpx.RequestError as error:
            if tries.shows_host_away(error, longest=longest, pace=self._pace):
                breaker.missed(seconds())
            raise
        finally:
            self._line.turnstile.leave()
        breaker.missed(seconds()) if response.status_code in tries.AWAY else breaker.reached()
        endpoint = (call.method, call.template)
        await pass_on(response, endpoint, self._line.budget, self._access.credential)
        return response

    async def _turn(self, call: Call, until: float) -> None:
        """Wait for it; for another where this process stood still, and what it was given is stale."""
        asking, turnstile = who_asks(), self._line.turnstile
        own = Urgency.WRITE if call.writing else Urgency.READ
        urgency = own if asking.urgency is None else asking.urgency
        credential, latest = self._access.credential, until - SHORTEST_TRY
        while await turnstile.enter(credential, asking.person, urgency, latest) <= self._pace.seconds():
            turnstile.leave()

    async def _exchange(self, call: Call, headers: Mapping[str, str], longest: float) -> httpx.Response:
        with self._told(call) as answered:
            try:
                async with asyncio.timeout(longest):  # the library's own clock starts anew with each byte
                    response = await whole_answer(
                        self._line.http,
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

    async def _headers(self, call: Call) -> dict[str, str]:
        version = call.version or await self.version(call.method, call.template)
        return {"Accept": "application/json", **({"cal-api-version": version} if version else {})}


def _filled(template: str, parts: Mapping[str, str | int]) -> str:
    """The path, with its parts in it."""
    return template.format(**{name: quote(str(part), safe="") for name, part in parts.items()})

"""Sends a call to a server: in its turn, in time, again where that is safe. Whatever API is spoken there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple

import httpx

from bot.calcom.transport import tries
from bot.calcom.transport.answers import request_id_of
from bot.calcom.transport.breaker import Breaker
from bot.calcom.transport.pace import SHORTEST_TRY, Pace, kind_of
from bot.calcom.transport.turnstile import Turnstile
from bot.scheduling.asking import Urgency, who_asks

# Told after each call: method, path template (never the path: it may hold a uid), the status or None without
# an answer, seconds.
OnCall = Callable[[str, str, int | None, float], None]
Try = Callable[[float], Awaitable[httpx.Response]]  # with the instant by which it must have begun
Exchange = Callable[[httpx.Timeout], Awaitable[httpx.Response]]  # one request, and all of its answer

log = logging.getLogger(__name__)


class Endpoint(NamedTuple):
    """What is called, as it may be told: `template` holds no uid."""

    method: str
    template: str

    @property
    def writing(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"


@dataclass(frozen=True)
class Sender:
    """Sends the calls of one credential. `name`: of the API, for operators."""

    name: str
    credential: str
    pace: Pace
    breaker: Breaker
    turnstile: Turnstile
    on_call: OnCall | None = None

    async def tried(self, endpoint: Endpoint, once: Try) -> httpx.Response:
        """Send until there is an answer to stay with. Raises CalendarUnavailable, OutcomeUnknown."""
        pace, writing, attempt = self.pace, endpoint.writing, 0
        until = pace.seconds() + pace.deadline
        while True:
            attempt += 1
            self.breaker.refuse(pace.seconds())
            try:
                response = await once(until)
            except tries.UNREACHED as error:
                pause = tries.pause_after_failure(error, attempt, pace, writing=writing)
                if pause is None or not self._may_go_on(attempt, pause, until):
                    raise tries.error_without_answer(error, writing=writing) from error
            else:
                pause = tries.pause_after_answer(response, attempt, pace, writing=writing)
                if pause is None or not self._may_go_on(attempt, pause, until):
                    return response
            await pace.sleep(pause)

    async def once(self, endpoint: Endpoint, exchange: Exchange, until: float) -> httpx.Response:
        """One request, when it is its turn. Raises httpx's errors, and CalendarUnavailable for no turn."""
        await self._turn(endpoint, until)
        try:
            return await self._observed(endpoint, exchange, until)
        finally:
            self.turnstile.leave()

    def _may_go_on(self, attempt: int, pause: float, until: float) -> bool:
        return attempt < self.pace.tries and self.pace.seconds() + pause + SHORTEST_TRY <= until

    async def _turn(self, endpoint: Endpoint, until: float) -> None:
        """Wait for it; for another where this process stood still, and what it was given is stale."""
        asking, turnstile = who_asks(), self.turnstile
        own = Urgency.WRITE if endpoint.writing else Urgency.READ
        urgency, latest = own if asking.urgency is None else asking.urgency, until - SHORTEST_TRY
        while await turnstile.enter(self.credential, asking.person, urgency, latest) <= self.pace.seconds():
            turnstile.leave()

    async def _observed(self, endpoint: Endpoint, exchange: Exchange, until: float) -> httpx.Response:
        """The breaker hears whether the host is there."""
        breaker, seconds = self.breaker, self.pace.seconds
        breaker.admit(seconds())
        longest = self.pace.try_of(kind_of(*endpoint), until - seconds())
        try:
            response = await self._timed(endpoint, exchange, longest)
        except httpx.RequestError as error:
            log.warning("%s %s %s not answered: %s", self.name, *endpoint, type(error).__name__)
            if tries.shows_host_away(error, longest=longest, pace=self.pace):
                breaker.missed(seconds())
            raise
        breaker.missed(seconds()) if response.status_code in tries.AWAY else breaker.reached()
        return response

    async def _timed(self, endpoint: Endpoint, exchange: Exchange, longest: float) -> httpx.Response:
        began, response = self.pace.seconds(), None
        try:
            async with asyncio.timeout(longest):  # the library's own clock starts anew with each byte
                response = await exchange(self.pace.timeout(longest))
        except TimeoutError as error:
            raise httpx.ReadTimeout("") from error
        finally:
            self._tell(endpoint, response, self.pace.seconds() - began)
        return response

    def _tell(self, endpoint: Endpoint, response: httpx.Response | None, seconds: float) -> None:
        """Tell of a call that is over. `response`: None without an answer."""
        status = None if response is None else response.status_code
        if self.on_call:
            self.on_call(*endpoint, status, seconds)
        if response is not None:
            told = (status, request_id_of(response) or "-", round(1000 * seconds))
            log.info("%s %s %s status=%d request_id=%s ms=%d", self.name, *endpoint, *told)

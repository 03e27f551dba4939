"""What goes wrong meanwhile: processes that are killed and started again, answers that are lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

import httpx

from bot.playground.small_slack.trouble import Fault
from tests.faults.nursery import Child
from tests.faults.places import Place, url_of
from tests.faults.skewed import SKEW

WEB, WORKER = ("serve", "--web-only"), ("worker",)


@dataclass
class Crew:
    """The bot's processes, as their platform keeps them: whoever dies is started again."""

    place: Place
    commands: tuple[tuple[str, ...], ...]
    lot: Random
    ahead: tuple[float, ...] = ()  # seconds, where their clocks are wrong
    members: list[Child] = field(default_factory=list)
    kills: int = 0

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """All of them are started; Slack and Cal.com reach those that serve."""
        self.members = list(await asyncio.gather(*map(self._started, range(len(self.commands)))))
        async with httpx.AsyncHTTPTransport() as http:
            balancer = Balancer(self, http)
            self.place.slack.tune(transport=balancer)
            self.place.slack.events_url = "http://balancer/slack/events"
            self.place.calcom.deliver_through(balancer)
            self.place.calcom.webhook_url = "http://balancer/webhooks/calcom"
            yield

    def urls(self) -> list[str]:
        """Of those that serve, dead or alive."""
        both = zip(self.commands, self.members, strict=True)
        return [url_of(one) for command, one in both if command[0] == "serve"]

    async def die_every(self, seconds: float) -> None:
        """Kill one by lot, again and again."""
        while True:
            await asyncio.sleep(seconds)
            await self.kill(self.lot.randrange(len(self.members)))

    async def kill(self, which: int) -> None:
        """Kill this one; it is started again."""
        await self.members[which].kill()
        self.kills += 1
        self.members[which] = await self._started(which)

    async def _started(self, which: int) -> Child:
        settings = {SKEW: str(self.ahead[which])} if self.ahead else {}
        return await self.place.start(*self.commands[which], **settings)


class Balancer(httpx.AsyncBaseTransport):
    """Carries a delivery to one of those that serve, as a load balancer would that has not noticed yet."""

    def __init__(self, crew: Crew, http: httpx.AsyncBaseTransport) -> None:
        self._crew = crew
        self._http = http  # stays open, whoever is done with us

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        to = httpx.URL(self._crew.lot.choice(self._crew.urls()))
        request.url = request.url.copy_with(scheme=to.scheme, host=to.host, port=to.port)
        return await self._http.handle_async_request(request)


class Losing:
    """Loses a share of the answers of Slack and of Cal.com, after the work was done."""

    def __init__(self, place: Place, share: float, lot: Random) -> None:
        self._place = place
        self._share = share
        self._lot = lot
        self.lost = {"slack": 0, "calcom": 0}

    def begin(self) -> None:
        self._place.slack.trouble.met = self._slack  # type: ignore[method-assign]
        self._place.calcom.trouble.lose_answers = "drop"
        self._place.calcom.trouble.loses_of = self._calcom

    def end(self) -> None:
        self._share = 0.0

    def _slack(self, method: str) -> Fault | None:
        return Fault("lose", method, 1) if self._loses("slack") else None

    def _calcom(self, method: str, path: str) -> bool:
        return self._loses("calcom")

    def _loses(self, whose: str) -> bool:
        is_lost = self._lot.random() < self._share
        self.lost[whose] += is_lost
        return is_lost

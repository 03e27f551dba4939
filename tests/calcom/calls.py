"""What the tests of the endpoints share: the real api on a network that notes what was sent."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.calcom.api import CalcomApi
from bot.calcom.versions import Profile
from tests.calcom.means import client_of
from tests.contracts.calcom.recorded import Exchange


class Network:
    """Gives the answers in turn, the last one again and again; keeps the requests."""

    def __init__(self, *answers: Exchange | tuple[int, Any]) -> None:
        self._answers = [(one.status, one.answer) if isinstance(one, Exchange) else one for one in answers]
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, body = self._answers[min(len(self.asked), len(self._answers)) - 1]
        return httpx.Response(status, json=body)

    @property
    def queries(self) -> list[dict[str, str]]:
        """Of all requests."""
        return [dict(one.url.params) for one in self.asked]

    @property
    def body(self) -> Any:
        """Of the last request; None when it had none."""
        content = self.asked[-1].read()
        return json.loads(content) if content else None

    @property
    def line(self) -> str:
        """Method and path of the last request, below /v2."""
        return f"{self.asked[-1].method} {self.asked[-1].url.path.removeprefix('/v2')}"

    @property
    def version(self) -> str | None:
        """Of the last request."""
        return self.asked[-1].headers.get("cal-api-version")

    @asynccontextmanager
    async def api(self, profile: Profile = "self_hosted") -> AsyncIterator[CalcomApi]:
        """The real api on this network."""
        async with httpx.AsyncClient(transport=httpx.MockTransport(self)) as http:
            yield CalcomApi(client_of(http, profile=profile))

"""What it adds to a delivery to find out whose it is, and by which token it is answered."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from slack_bolt import BoltResponse
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.accounts.model import Installation
from bot.slack.authorizing import Doorkeeper, authorize
from bot.slack.installed import InstalledWorkspaces

pytestmark = pytest.mark.bench

WORKSPACES, ROUNDS = 1000, 20
MOST = 0.001  # seconds at p99
NOW = datetime(2026, 7, 14, 7, tzinfo=UTC)


class Store:
    """As many workspaces as there are ids, each look a millisecond away, as Redis is."""

    looks = 0

    async def of(self, team: str | None, enterprise: str | None = None) -> Installation | None:
        self.looks += 1
        await asyncio.sleep(0.001)
        return Installation(team=team, bot_user="U0BOT", bot_token=SecretStr("xoxb-1"), installed_at=NOW)

    async def keep(self, installation: Installation) -> None: ...

    async def forget(self, team: str | None, enterprise: str | None = None) -> None: ...

    @asynccontextmanager
    async def alone(self, team: str | None, enterprise: str | None = None) -> AsyncIterator[None]:
        yield


async def answered() -> BoltResponse:
    return BoltResponse(status=200)


def delivery(number: int) -> AsyncBoltRequest:
    team = f"T{number:06}"
    body: dict[str, Any] = {
        "type": "event_callback",
        "team_id": team,
        "event": {"type": "message", "channel": "C1", "user": "U1", "ts": "1.2", "text": "hello"},
        "authorizations": [{"team_id": team, "enterprise_id": None, "is_enterprise_install": False}],
    }
    return AsyncBoltRequest(body=body, mode="socket_mode")


async def test_whose_a_delivery_is_costs_next_to_nothing(measured: list[str]) -> None:
    store = Store()
    workspaces = InstalledWorkspaces(store, None, None, clock=lambda: NOW)  # type: ignore[arg-type]
    door, response = Doorkeeper(workspaces), BoltResponse(status=200)
    requests = [delivery(one) for one in range(WORKSPACES)]
    for request in requests:
        await door.async_process(req=request, resp=response, next=answered)
    took: list[float] = []
    for _ in range(ROUNDS):
        for request in requests:
            began = time.perf_counter()
            await door.async_process(req=request, resp=response, next=answered)
            await authorize(request.context)
            took.append(time.perf_counter() - began)

    took.sort()
    p50, p99 = took[len(took) // 2], took[len(took) * 99 // 100]
    measured.append(
        f"whose a delivery is, of {WORKSPACES} workspaces: p50 {p50 * 1e6:.0f} µs, p99 {p99 * 1e6:.0f} µs"
    )
    assert store.looks == WORKSPACES
    assert p99 < MOST

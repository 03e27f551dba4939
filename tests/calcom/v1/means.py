"""What the tests of API v1 share: the real adapter on a small server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from bot.calcom.transport.pace import Pace
from bot.calcom.v1.calendar import V1Calendar, open_v1_calendar
from tests.calcom.means import Naps
from tests.calcom.v1.small_v1 import BASE, KEY


@asynccontextmanager
async def calendar_on(
    small: Callable[[httpx.Request], httpx.Response], *, key: str = KEY, url: str = BASE, **fields
) -> AsyncIterator[V1Calendar]:
    """The adapter on a network that answers so; it does not really sleep. `fields`: of `open_v1_calendar`."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(small)) as http:
        yield open_v1_calendar(http, url, key, pace=Pace(sleep=Naps(), jitter=lambda: 1.0), **fields)

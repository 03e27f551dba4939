"""A process that asks Cal.com much with a key that others use: `python -m tests.faults.asking URL REDIS`.

Asks for many reads at once, and for a write whenever some of them are answered. Prints what came of it.
"""

import asyncio
import json
import sys

from bot.calcom.access.kinds import ApiKey
from bot.calcom.models import read_nothing
from bot.calcom.server import Server
from bot.calcom.transport.client import CalcomClient
from bot.calcom.transport.connection import open_http
from bot.calcom.transport.line import Line
from bot.calcom.transport.pace import Pace
from bot.scheduling.rations import Allowance
from bot.stores.budget import RedisBudget
from bot.stores.connect import connect
from bot.stores.keys import Keys
from tests.processes import patient

READS, WRITES = 28, 3
WINDOW, LIMIT = 6.0, 120
# Either side may stand still for a second between the look at the clock and the count.
ALLOWANCE = Allowance(limit=LIMIT, window=WINDOW, burst=20, lease=1.0, travel=2.0)
PATIENT = Pace(deadline=100.0, tries=10)


class Asking:
    """What one process asks, and what was answered."""

    def __init__(self, client: CalcomClient) -> None:
        self.client = client
        self.answered = 0
        self.overtaken: list[int] = []

    async def all(self) -> None:
        reads = [self._read() for _ in range(READS)]
        await asyncio.gather(*reads, self._writes())

    async def _read(self) -> None:
        await self.client.read("/me", read_nothing)
        self.answered += 1

    async def _writes(self) -> None:
        """Each when some more reads were answered; how many more were, before it was."""
        for number in range(WRITES):
            while self.answered < 3 * number + 1:  # noqa: ASYNC110 - polling is enough here
                await asyncio.sleep(0.01)
            before = self.answered
            await self.client.write("POST", "/bookings", read_nothing)
            self.overtaken.append(self.answered - before)


async def main(url: str, redis_url: str) -> None:
    redis = patient(connect(redis_url))
    budget = RedisBudget(redis, Keys("test"), ALLOWANCE)
    async with open_http({}) as http, redis:
        asking = Asking(CalcomClient(Line(http, Server(url, "hosted"), PATIENT, budget=budget), ApiKey("k")))
        await asking.all()
    print(json.dumps({"answered": asking.answered, "overtaken": asking.overtaken}))  # noqa: T201 - heard by the test


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

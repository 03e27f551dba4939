"""The house that every test of this room begins anew. Webhooks are not heard: news are put by hand."""

from collections.abc import AsyncIterator

import pytest

from bot.conversation.turns import Work
from bot.scheduling.model import BookingEvent
from tests.core.house import House, housed


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with housed() as one:
        await one.begin()
        one.calcom.rate_limit.limit = 100_000  # it is counted in real minutes, and here days pass in one
        put = one.line.put

        async def heard(work: Work) -> None:
            if not isinstance(work, BookingEvent):
                await put(work)

        monkeypatch.setattr(one.line, "put", heard)
        yield one

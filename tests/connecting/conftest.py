"""One small world for each module's tests."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.connecting.place import Place, place


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_place() -> AsyncIterator[Place]:
    async with place() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module")
async def here(running_place: Place) -> Place:
    """Swept clean."""
    await running_place.begin()
    return running_place

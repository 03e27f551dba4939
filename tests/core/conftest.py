"""The house that every test of this room begins anew."""

from collections.abc import AsyncIterator

import pytest

from tests.core.house import House, housed


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with housed() as one:
        await one.begin()
        yield one

"""The page that most tests ask."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.page.means import Setting


@pytest_asyncio.fixture
async def setting() -> AsyncIterator[Setting]:
    made = Setting()
    yield made
    await made.close()

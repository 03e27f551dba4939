"""Each test visits a server of its own kind, and leaves it as it was."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.live.servers import REAL, Place, kinds, opened, unusable
from tests.live.visiting import Visit, visited


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=kinds())
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    """A server, and an account there; one line to it, whose requests are counted together.

    Ends the run where a real server cannot be used, which would fail each test alike.
    """
    if request.param == REAL and (why := await unusable(os.environ)):
        pytest.exit(f"nothing was tried:\n{why}", returncode=2)
    async with opened(request.param) as place:
        yield place


@pytest_asyncio.fixture(loop_scope="session")
async def visit(place: Place, measured: list[str]) -> AsyncIterator[Visit]:
    """What a test does there."""
    async with visited(place) as visit:
        yield visit
    measured.extend(visit.left)

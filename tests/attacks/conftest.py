"""One scene for each module, begun anew for each attack; and what must never be found in the logs of any."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.attacks.scene import SECRETS, Scene, scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_scene() -> AsyncIterator[Scene]:
    """One for the module."""
    async with scene() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def bot(open_scene: Scene, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Scene]:
    """The bot on its first day. Afterwards its logs hold no traceback and no secret."""
    await open_scene.begin()
    caplog.set_level("DEBUG", logger="bot")
    yield open_scene
    await open_scene.rest()
    assert "Traceback" not in caplog.text
    assert "trouble " not in caplog.text
    assert [one for one in SECRETS if one in caplog.text] == []

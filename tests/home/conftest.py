"""The whole bot, with rules that can be kept."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.attacks.scene import Scene, scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_scene() -> AsyncIterator[Scene]:
    """One for the module."""
    async with scene(with_rules=True) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def bot(open_scene: Scene) -> Scene:
    """The bot on its first day."""
    await open_scene.begin()
    return open_scene

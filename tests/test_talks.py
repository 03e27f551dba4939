"""Every talk of `dialogues/` on a real Redis, every fifth on the embedded store; `make soak` plays all there.

Both stores keep one contract (tests/stores); what differs in a talk is how long each command takes."""

import pytest

from bot.playground.talks import Talk
from tests.talks import perform, talks

ALL = talks()
EMBEDDED = list(ALL)[::5]


@pytest.mark.parametrize("name", ALL)
async def test_talk(name: str, real_redis_url: str, measured: list[str]) -> None:
    await play(ALL[name], real_redis_url, measured)


@pytest.mark.parametrize("name", EMBEDDED)
async def test_talk_on_the_embedded_store(name: str, measured: list[str]) -> None:
    await play(ALL[name], None, measured)


@pytest.mark.soak
@pytest.mark.parametrize("name", [one for one in ALL if one not in EMBEDDED])
async def test_talk_on_the_embedded_store_at_length(name: str, measured: list[str]) -> None:
    await play(ALL[name], None, measured)


async def play(talk: Talk, redis_url: str | None, measured: list[str]) -> None:
    actions = await perform(talk, redis_url)

    if talk.cost is not None:
        measured.append(f"interaction cost, {talk.task}: {actions} actions")
        assert actions == talk.cost


def test_there_are_talks_enough() -> None:
    assert len(ALL) >= 40

"""Every talk of `dialogues/`, on the embedded store and on a real Redis."""

import pytest

from tests.talks import perform, talks

ALL = talks()


@pytest.mark.parametrize("name", ALL)
async def test_talk(name: str, redis_url: str | None, measured: list[str]) -> None:
    talk = ALL[name]

    actions = await perform(talk, redis_url)

    if talk.cost is not None:
        measured.append(f"interaction cost, {talk.task}: {actions} actions")
        assert actions == talk.cost


def test_there_are_talks_enough() -> None:
    assert len(ALL) >= 40

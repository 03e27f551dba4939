"""Every talk of `dialogues/`, on the embedded store and on a real Redis."""

import pytest

from tests.talks import Talk, perform, talks

ALL = talks()
COSTS: dict[str, int] = {}


@pytest.mark.parametrize("name", ALL)
async def test_talk(name: str, redis_url: str | None) -> None:
    talk = ALL[name]

    actions = await perform(talk, redis_url)

    if talk.cost is not None:
        assert actions == talk.cost
        COSTS[talk.task or name] = actions


def test_there_are_talks_enough() -> None:
    assert len(ALL) >= 40


@pytest.fixture(scope="module", autouse=True)
def interaction_costs(request: pytest.FixtureRequest) -> object:
    """Print what the tasks cost people, at the end."""
    yield
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and COSTS:
        said = ", ".join(f"{task} {cost}" for task, cost in sorted(COSTS.items()))
        reporter.write_line(f"\ninteraction cost in actions: {said}")


def read_talk(**fields: object) -> Talk:
    return Talk.model_validate(fields)

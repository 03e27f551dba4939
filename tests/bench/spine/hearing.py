"""Hearing's share of a turn: the processor's time of `understand` in a working bot, against all it uses."""

from tests.bench.spine.figures import Figure, at_most
from tests.bench.spine.profile import Profile, profile
from tests.bench.spine.world import World

GOAL = 15  # per cent


async def share(world: World, turns: int) -> Profile:
    """A bot in which only hearing is timed."""
    return await profile(world, "hearing", turns)


def figure(found: Profile) -> Figure:
    """Of the processor's time."""
    heard = found.stages["hearing"]
    assert heard.calls == found.turns
    part = 100 * heard.cpu / found.cpu
    hearing, everything = (1000 * seconds / found.turns for seconds in (heard.cpu, found.cpu))
    said = f"{part:.1f} % ({hearing:.2f} of {everything:.2f} ms of processor)"
    return at_most("hearing's share of a turn", part, GOAL, said, " %")

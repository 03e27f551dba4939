"""How much more two workers do than one, where a turn mostly waits for Cal.com."""

from contextlib import ExitStack
from statistics import median

from tests.bench.spine import load, programs
from tests.bench.spine.cost import WARM, check
from tests.bench.spine.figures import Figure, at_least
from tests.bench.spine.programs import Program
from tests.bench.spine.world import World

CONCURRENCY = 10  # lanes at a time in each worker
LATE = 500  # milliseconds
UNDER_WAY = 60  # mentions at any time: more than two workers take
GOAL = 1.7  # times


async def paces(world: World, *, turns: int, times: int) -> dict[int, list[float]]:
    """Turns a second with one worker and with two, in turn."""
    env = world.env | {"WORKER_CONCURRENCY": str(CONCURRENCY)}
    paces: dict[int, list[float]] = {1: [], 2: []}
    with programs.bot("serve --web-only", env, world.directory) as web:
        for _ in range(times):
            for workers, found in paces.items():
                with ExitStack() as stack:
                    for _ in range(workers):
                        stack.enter_context(programs.bot("worker", env, world.directory))
                    found.append(await _pace(world, web, turns * workers))
    return paces


async def _pace(world: World, web: Program, turns: int) -> float:
    assert web.port
    await world.calcom_is_late(0)
    await load.turns(world.slack, web.port, WARM)
    await world.calcom_is_late(LATE)
    taken = await load.turns(world.slack, web.port, turns, UNDER_WAY)
    check(web, taken, turns)
    return turns / taken.seconds


def figure(paces: dict[int, list[float]]) -> Figure:
    """The median of the rounds' ratios."""
    more = median(two / one for one, two in zip(paces[1], paces[2], strict=True))
    said = f"{more:.2f} times ({median(paces[2]):.1f} against {median(paces[1]):.1f} turns a second)"
    name = f"two workers against one, Cal.com answering in {LATE / 1000:g} s, concurrency {CONCURRENCY} each"
    return at_least(name, more, GOAL, said, " times")

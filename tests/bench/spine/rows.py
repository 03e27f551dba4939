"""The rows of the table by name, and how much each of them measures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.spine import acks, cost, growth, hearing, memory, sharing
from tests.bench.spine.figures import Figure
from tests.bench.spine.world import World


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    turns: int  # a round
    rounds: int
    events: int  # mentions at a rate
    shared: int  # turns a worker, in each of two rounds
    stored: tuple[int, ...]  # conversations beside which a turn is watched


FULL = Size(turns=300, rounds=7, events=1000, shared=100, stored=(10, 10_000, 1_000_000))
QUICK = Size(turns=150, rounds=3, events=300, shared=50, stored=(10, 10_000))

Row = Callable[[World, Size], Awaitable[list[Figure]]]


async def _cost(world: World, size: Size) -> list[Figure]:
    return cost.figures(await cost.rounds(world, turns=size.turns, times=size.rounds))


async def _acks(world: World, size: Size) -> list[Figure]:
    return [acks.figure(await acks.taken_in(world, size.events))]


async def _workers(world: World, size: Size) -> list[Figure]:
    return [sharing.figure(await sharing.paces(world, turns=size.shared, times=2))]


async def _hearing(world: World, size: Size) -> list[Figure]:
    return [hearing.figure(await hearing.share(world, 2 * size.turns))]


async def _growth(world: World, size: Size) -> list[Figure]:
    seen = await growth.beside(world, size.stored)
    return [growth.figure(seen), memory.conversation_figure(seen)]


async def _rest(world: World, size: Size) -> list[Figure]:
    return [memory.process_figure(await memory.at_rest(world))]


ROWS: dict[str, Row] = {
    "cost": _cost,
    "acks": _acks,
    "workers": _workers,
    "hearing": _hearing,
    "growth": _growth,
    "rest": _rest,
}

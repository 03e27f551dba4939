"""The rows of the table by name, and how much each of them measures."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.bench.spine import cost, growth
from tests.bench.spine.figures import Figure
from tests.bench.spine.world import World


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    turns: int  # a round
    rounds: int
    stored: tuple[int, ...]  # conversations beside which a turn is watched


FULL = Size(turns=300, rounds=7, stored=(10, 10_000, 1_000_000))
QUICK = Size(turns=150, rounds=3, stored=(10, 10_000))

Row = Callable[[World, Size], Awaitable[list[Figure]]]


async def _cost(world: World, size: Size) -> list[Figure]:
    return cost.figures(await cost.rounds(world, turns=size.turns, times=size.rounds))


async def _growth(world: World, size: Size) -> list[Figure]:
    return [growth.figure(await growth.beside(world, size.stored))]


ROWS: dict[str, Row] = {"cost": _cost, "growth": _growth}

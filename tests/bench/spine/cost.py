"""What a full turn costs beside the smallest honest one, and how many a second one process takes.

The programs are loaded in turn, round after round: what else the machine does falls on all of them alike.
"""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from tests.bench.spine import load, programs
from tests.bench.spine.figures import Figure, at_least, at_most
from tests.bench.spine.programs import Program
from tests.bench.spine.world import World

CPU_GOAL, PACE_GOAL = 1.6, 0.6  # times the smallest honest turn
AFTERWARDS = 0.5  # seconds for what follows a reply: a time is held, the work is struck off
WARM = 200  # turns


@dataclass(frozen=True)
class Round:
    """What one program did in one round: milliseconds of processor a turn, turns a second."""

    cpu: float
    pace: float


Rounds = dict[str, list[Round]]


async def rounds(world: World, *, turns: int, times: int) -> Rounds:
    """So many rounds of so many turns of each program."""
    with ExitStack() as stack:
        them = [
            stack.enter_context(programs.bot("serve", world.env, world.directory)),
            stack.enter_context(programs.reference("turn", world.reference_env(), world.directory)),
            stack.enter_context(programs.reference("echo", world.reference_env(), world.directory)),
        ]
        for one in them:
            await a_round(world, one, WARM)
        done: Rounds = {one.name: [] for one in them}
        for _ in range(times):
            for one in them:
                done[one.name].append(await a_round(world, one, turns))
    return done


async def a_round(world: World, program: Program, turns: int) -> Round:
    """Load one program, and count all that it did for it."""
    assert program.port
    began = program.cpu_seconds()
    taken = await load.turns(world.slack, program.port, turns)
    await asyncio.sleep(AFTERWARDS)
    used = program.cpu_seconds() - began
    check(program, taken, turns)
    return Round(1000 * used / turns, turns / taken.seconds)


def check(program: Program, taken: load.Taken, turns: int) -> None:
    """All were taken, and each of ours was answered with times to choose from, not with an apology."""
    assert taken.statuses == {200: turns}, f"{program.name}: {taken.statuses}\n{program.said()}"
    cards = turns if program.name.startswith("bot") else 0
    assert taken.cards == cards, f"{program.name}: {taken.cards} cards of {turns}\n{program.said()}"


def figures(done: Rounds) -> list[Figure]:
    """The two ratios, and the echo for orientation. Each is the median of the rounds."""
    cpu, pace = _cpu, _pace
    ours, turn, echo = done["bot serve"], done["turn"], done["echo"]
    dearer, quicker = _ratio(ours, turn, cpu), _ratio(ours, turn, pace)
    return [
        at_most(
            "CPU of a full turn against turn.py",
            dearer,
            CPU_GOAL,
            f"{dearer:.2f} times ({_median(ours, cpu):.2f} against {_median(turn, cpu):.2f} ms)",
            " times",
        ),
        at_least(
            "full turns a second on one process against turn.py",
            quicker,
            PACE_GOAL,
            f"{quicker:.2f} times ({_median(ours, pace):.0f} against {_median(turn, pace):.0f})",
            " times",
        ),
        Figure(
            "the echo app, for orientation",
            f"{_median(echo, cpu):.2f} ms, {_median(echo, pace):.0f} a second",
        ),
    ]


def _cpu(one: Round) -> float:
    return one.cpu


def _pace(one: Round) -> float:
    return one.pace


def _median(some: list[Round], of: Callable[[Round], float]) -> float:
    return median(of(one) for one in some)


def _ratio(ours: list[Round], theirs: list[Round], of: Callable[[Round], float]) -> float:
    """The median of the rounds' own ratios: a round's programs ran next to each other."""
    return median(of(a) / of(b) for a, b in zip(ours, theirs, strict=True))

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
    """What one program did in one round: milliseconds of processor a turn, turns a second.

    `waited`: the part of the time in which others had the processor that it wanted.
    """

    cpu: float
    pace: float
    waited: float


OURS, ALIKE, TURN, ECHO = "bot serve", "bot serve, alike", "turn", "echo"
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
        done: Rounds = {name: [] for name in (OURS, ALIKE, TURN, ECHO)}
        for _ in range(times):
            for one in them:
                done[one.name].append(await a_round(world, one, turns))
            done[ALIKE].append(await a_round(world, them[0], turns, alike=True))
    return done


async def a_round(world: World, program: Program, turns: int, *, alike: bool = False) -> Round:
    """Load one program, and count all that it did for it."""
    assert program.port
    began, waited = program.cpu_seconds(), program.waited_seconds()
    taken = await load.turns(world.slack, program.port, turns, alike=alike)
    waited = program.waited_seconds() - waited
    await asyncio.sleep(AFTERWARDS)
    used = program.cpu_seconds() - began
    check(program, taken, turns)
    return Round(1000 * used / turns, turns / taken.seconds, waited / taken.seconds)


def check(program: Program, taken: load.Taken, turns: int) -> None:
    """All were taken, and each of ours was answered with times to choose from, not with an apology."""
    assert taken.statuses == {200: turns}, f"{program.name}: {taken.statuses}\n{program.said()}"
    cards = turns if program.name.startswith("bot") else 0
    assert taken.cards == cards, f"{program.name}: {taken.cards} cards of {turns}\n{program.said()}"


def figures(done: Rounds) -> list[Figure]:
    """The two ratios, for questions that all differ and for equal ones, and the echo for orientation."""
    echo = f"{_median(done[ECHO], _cpu):.2f} ms, {_median(done[ECHO], _pace):.0f} a second"
    return [
        _dearer(done, OURS, "CPU of a full turn against turn.py"),
        _dearer(done, ALIKE, "the same, all asking about the same week"),
        _quicker(done, OURS, "full turns a second on one process against turn.py"),
        _quicker(done, ALIKE, "the same, all asking about the same week"),
        Figure("the echo app, for orientation", echo),
    ]


def _dearer(done: Rounds, ours: str, name: str) -> Figure:
    ratio, spent = _ratio(done[ours], done[TURN], _cpu), [_median(done[one], _cpu) for one in (ours, TURN)]
    said = f"{ratio:.2f} times ({spent[0]:.2f} against {spent[1]:.2f} ms)"
    return at_most(name, ratio, CPU_GOAL, said, " times")


def _quicker(done: Rounds, ours: str, name: str) -> Figure:
    ratio, paces = _ratio(done[ours], done[TURN], _pace), [_median(done[one], _pace) for one in (ours, TURN)]
    waited = [100 * _median(done[one], _waited) for one in (ours, TURN)]
    said = f"{ratio:.2f} times ({paces[0]:.0f} against {paces[1]:.0f}"
    said += f"; without a processor {waited[0]:.0f} and {waited[1]:.0f} % of the time)"
    return at_least(name, ratio, PACE_GOAL, said, " times")


def _cpu(one: Round) -> float:
    return one.cpu


def _pace(one: Round) -> float:
    return one.pace


def _waited(one: Round) -> float:
    return one.waited


def _median(some: list[Round], of: Callable[[Round], float]) -> float:
    return median(of(one) for one in some)


def _ratio(ours: list[Round], theirs: list[Round], of: Callable[[Round], float]) -> float:
    """The median of the rounds' own ratios: a round's programs ran next to each other."""
    return median(of(a) / of(b) for a, b in zip(ours, theirs, strict=True))

"""Where the time of a turn goes: `python -m tests.bench.spine.profile [stages | libraries]`.

A working bot with a stop-watch is sent mentions, sixteen at a time. `CPU` is processor time for a turn;
`rest` is what no timed function did: the event loop, sockets, HTTP parsing, and the stop-watch itself.
"""

import asyncio
import json
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.spine import load, programs
from tests.bench.spine.cost import AFTERWARDS, WARM, check
from tests.bench.spine.points import POINTS
from tests.bench.spine.stopwatch import Spent
from tests.bench.spine.world import World, world

TURNS = 1000
AT_ONCE = 16


@dataclass(frozen=True)
class Profile:
    """Seconds of processor for all turns, and of each stage."""

    turns: int
    cpu: float
    stages: dict[str, Spent]


async def profile(world: World, points: str, turns: int = TURNS, at_once: int = AT_ONCE) -> Profile:
    """Run a bot with these points timed."""
    spent = world.directory / f"{points}.json"
    env = world.env | {"POINTS": points, "SPENT": str(spent)}
    with programs.staged(env, world.directory) as bot:
        assert bot.port
        await load.turns(world.slack, bot.port, WARM)
        await asyncio.sleep(AFTERWARDS)
        bot.process.send_signal(signal.SIGUSR1)
        began = bot.cpu_seconds()
        taken = await load.turns(world.slack, bot.port, turns, at_once)
        await asyncio.sleep(AFTERWARDS)
        used = bot.cpu_seconds() - began
        check(bot, taken, turns)
    stages = {name: Spent(**one) for name, one in json.loads(spent.read_text()).items()}
    return Profile(turns, used, stages)


def table(found: Profile, points: str) -> str:
    """In the order of the points; Markdown."""
    names = list(dict.fromkeys(stage for stage, _, _ in POINTS[points]))
    rows = [_row(name, found.stages.get(name, Spent()), found) for name in names]
    rest = found.cpu - sum(one.cpu for one in found.stages.values())
    rows += [_line("rest", "", rest, found), _line("**a turn**", "", found.cpu, found)]
    return "\n".join(("| stage | calls | CPU ms | share |", "|---|---:|---:|---:|", *rows))


def _row(name: str, spent: Spent, found: Profile) -> str:
    return _line(name, f"{spent.calls / found.turns:.1f}", spent.cpu, found)


def _line(name: str, calls: str, cpu: float, found: Profile) -> str:
    return f"| {name} | {calls} | {1000 * cpu / found.turns:.3f} | {100 * cpu / found.cpu:.1f} % |"


async def _show(points: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        async with world(Path(directory)) as around:
            print(table(await profile(around, points), points))


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ("stages", "libraries"):
        asyncio.run(_show(chosen))

"""Hearing's share of a turn: the processor's time of `understand` in a working bot, against all it uses."""

import asyncio
import json
import signal

from tests.bench.spine import load, programs
from tests.bench.spine.cost import AFTERWARDS, WARM, check
from tests.bench.spine.figures import Figure, at_most
from tests.bench.spine.world import World

GOAL = 15  # per cent


async def share(world: World, turns: int) -> tuple[float, float]:
    """Milliseconds of processor a turn: for hearing, and for everything."""
    stages = world.directory / "stages.json"
    env = world.env | {"STAGES": str(stages)}
    with programs.staged(env, world.directory) as bot:
        assert bot.port
        await load.turns(world.slack, bot.port, WARM)
        await asyncio.sleep(AFTERWARDS)
        bot.process.send_signal(signal.SIGUSR1)
        began = bot.cpu_seconds()
        taken = await load.turns(world.slack, bot.port, turns)
        await asyncio.sleep(AFTERWARDS)
        used = bot.cpu_seconds() - began
        check(bot, taken, turns)
    heard = json.loads(stages.read_text())["hearing"]
    assert len(heard) == turns
    return 1000 * sum(cpu for _, cpu in heard) / turns, 1000 * used / turns


def figure(hearing: float, everything: float) -> Figure:
    """Of the processor's time."""
    part = 100 * hearing / everything
    said = f"{part:.1f} % ({hearing:.2f} of {everything:.2f} ms of processor)"
    return at_most("hearing's share of a turn", part, GOAL, said, " %")

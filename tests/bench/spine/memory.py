"""What is held: by a conversation in Redis, and by a process that has nothing to do."""

import asyncio
from collections.abc import Sequence

from tests.bench.spine import programs
from tests.bench.spine.figures import Figure, at_most
from tests.bench.spine.growth import Seen
from tests.bench.spine.world import World

MODES = ("serve", "serve --web-only", "worker")
CONVERSATION_GOAL = 2048  # bytes
PROCESS_GOAL = 120  # MiB
MIB = 2**20
AT_REST = 3.0  # seconds after the start


async def at_rest(world: World) -> dict[str, float]:
    """MiB held by a process of each mode that has started and has nothing to do."""
    found = {}
    for mode in MODES:
        with programs.bot(mode, world.env, world.directory) as bot:
            await asyncio.sleep(AT_REST)
            found[mode] = bot.resident_bytes() / MIB
    return found


def process_figure(found: dict[str, float]) -> Figure:
    """The largest of them counts."""
    said = ", ".join(f"{mode} {mib:.0f} MiB" for mode, mib in found.items())
    return at_most("memory of a process at rest", max(found.values()), PROCESS_GOAL, said, " MiB")


def conversation_figure(seen: Sequence[Seen]) -> Figure:
    """What each stored conversation added to Redis's own count, where most were stored."""
    most = seen[-1]
    said = f"{most.held:.0f} B each of {most.stored:,}; its keys alone {most.keys} B"
    return at_most("memory of a stored conversation in Redis", most.held, CONVERSATION_GOAL, said, " B")

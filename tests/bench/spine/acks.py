"""How soon a delivery is acknowledged while Cal.com is slow, and whether anything is refused or lost.

The web process only takes in; a worker of its own does the work. Mentions come at a fixed rate, each timed
from when it was due. When all have come Cal.com is quick again, or the last card would take minutes. The echo
is sent some in the same seconds: what delays both is the machine.
"""

import asyncio
from dataclasses import dataclass

from tests.bench.spine import load, programs
from tests.bench.spine.cost import WARM
from tests.bench.spine.figures import Figure, at_most, quantile
from tests.bench.spine.world import World

RATE = 100  # a second
LATE = 2000  # milliseconds
PART = 4  # the echo is sent one for so many
GOAL = 50  # milliseconds, for 99 of 100
LONGEST = 300.0  # seconds for the last card


@dataclass(frozen=True)
class Acks:
    """What came of it. `lost`: never answered with a card."""

    milliseconds: list[float]
    refused: int
    lost: int
    echo: list[float]  # milliseconds


async def taken_in(world: World, count: int) -> Acks:
    """Send so many mentions to a web process with one worker behind it."""
    with (
        programs.bot("serve --web-only", world.env, world.directory) as web,
        programs.bot("worker", world.env, world.directory),
        programs.reference("echo", world.reference_env(), world.directory) as echo,
    ):
        assert web.port
        assert echo.port
        for one in (web, echo):
            await load.turns(world.slack, one.port, WARM)
        await world.calcom_is_late(LATE)
        sent, beside = await asyncio.gather(
            load.at_a_rate(world.slack, web.port, count, RATE),
            load.at_a_rate(world.slack, echo.port, count // PART, RATE / PART),
        )
        await world.calcom_is_late(0)
        await asyncio.wait(sent.awaited, timeout=LONGEST)
    cards = sum(reply.done() and reply.result().is_card for reply in sent.awaited)
    return Acks(sent.milliseconds, sent.taken.refused, count - cards, beside.milliseconds)


def figure(acks: Acks) -> Figure:
    """99 of 100 within the goal, none refused, none lost."""
    slowest = quantile(acks.milliseconds, 0.99)
    half, echo = quantile(acks.milliseconds, 0.5), quantile(acks.echo, 0.99)
    said = f"{slowest:.1f} ms (half: {half:.1f} ms; p99 of the echo beside it: {echo:.1f} ms)"
    name = f"ack p99, web alone with a worker, {RATE} events/s, Cal.com answering in {LATE / 1000:g} s"
    timed = at_most(
        name, slowest, GOAL, f"{said}, {acks.refused} refused, {acks.lost} lost", " ms, none, none"
    )
    return timed.and_also(not acks.refused and not acks.lost)

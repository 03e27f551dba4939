"""Whether a turn costs more beside more stored conversations: Redis's own count of commands and bytes.

One turn at a time, and Redis is asked before and after each. What a process does anyway, working or not (it
looks for calls and for lanes left behind), falls into some turns and not into others: the cheapest one shows
what a turn costs.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from redis.asyncio import Redis

from tests.bench.spine import load, programs, storing
from tests.bench.spine.figures import Figure
from tests.bench.spine.world import World

TURNS = 40
DIGITS = 64  # bytes by which turns differ: fractions of a second, and ids that pack a little better
WARM = 50
QUIET = 0.15  # seconds after a reply in which the rest of its turn is done
REQUEST = b"*2\r\n$4\r\nINFO\r\n$10\r\neverything\r\n"
CALLS = re.compile(rb"^cmdstat_([\w|]+):calls=(\d+)", re.M)


class Spent(NamedTuple):
    """What one turn made Redis do: how often each command, and the bytes in and out of all of them."""

    commands: tuple[tuple[str, int], ...]
    received: int
    sent: int

    @property
    def calls(self) -> int:
        return sum(count for _, count in self.commands)

    def is_like(self, other: "Spent") -> bool:
        """The same commands, and as many bytes but for a few digits."""
        apart = max(abs(self.received - other.received), abs(self.sent - other.sent))
        return self.commands == other.commands and apart <= DIGITS

    def least(self) -> tuple[int, int]:
        """What to compare by: commands, then bytes."""
        return self.calls, self.received + self.sent


@dataclass(frozen=True)
class Seen:
    """Turns beside so many stored conversations. `spent`: what the cheapest cost; `seconds`: to the reply.

    Bytes of a stored conversation: `held` by all that Redis took for them, `keys` by what it says of one's
    keys.
    """

    stored: int
    spent: Spent
    seconds: float
    held: float
    keys: int


async def beside(world: World, stored: Sequence[int]) -> list[Seen]:
    """A bot's turns beside each of these numbers of conversations, in rising order."""
    with programs.bot("serve", world.env, world.directory) as bot:
        assert bot.port
        await load.turns(world.slack, bot.port, WARM)
        async with _connected(world) as redis:
            return await _beside(world, redis, bot.port, stored)


@asynccontextmanager
async def _connected(world: World):
    redis = Redis.from_url(world.redis.url, socket_timeout=120)
    redis.set_response_callback("INFO", bytes)
    try:
        yield redis
    finally:
        await redis.aclose()


async def _beside(world: World, redis: Redis, port: int, stored: Sequence[int]) -> list[Seen]:
    thread = next(iter(world.slack.posts))
    keys = await storing.bytes_of(redis, thread)
    seen, there, empty = [], 0, await _memory(redis)
    for number in stored:
        await storing.copy(redis, thread, there + 1, number)
        there, held = number, (await _memory(redis) - empty) / number
        seen.append(Seen(number, *await _watched(world, redis, port), held, keys))
    return seen


async def _memory(redis: Redis) -> int:
    return _field(await _told(redis), b"used_memory")


async def _watched(world: World, redis: Redis, port: int) -> tuple[Spent, float]:
    spent, seconds = [], []
    for _ in range(TURNS):
        before = await _told(redis)
        taken = await load.turns(world.slack, port, 1, at_once=1, alike=True)
        assert taken.cards == 1
        await asyncio.sleep(QUIET)
        spent.append(_between(before, await _told(redis)))
        seconds += taken.replies
    return min(spent, key=Spent.least), median(seconds)


async def _told(redis: Redis) -> bytes:
    """What Redis tells of itself, as it came."""
    return await redis.execute_command("INFO", "everything")


def _between(before: bytes, after: bytes) -> Spent:
    """What happened in between, without the telling itself: the first one's answer, the second's request."""
    calls = _calls(after) - _calls(before)
    del calls["info"]
    answer = len(before) + len(f"${len(before)}\r\n\r\n")
    received = _field(after, b"total_net_input_bytes") - _field(before, b"total_net_input_bytes")
    sent = _field(after, b"total_net_output_bytes") - _field(before, b"total_net_output_bytes")
    return Spent(tuple(sorted(calls.items())), received - len(REQUEST), sent - answer)


def _calls(told: bytes) -> Counter[str]:
    return Counter({name.decode(): int(calls) for name, calls in CALLS.findall(told)})


def _field(told: bytes, name: bytes) -> int:
    found = re.search(rb"^%s:(\d+)" % name, told, re.M)
    assert found
    return int(found[1])


def figure(seen: Sequence[Seen]) -> Figure:
    """Whether all of them cost the same, but for a few digits."""
    first = seen[0].spent
    same = all(one.spent.is_like(first) for one in seen)
    stored = ", ".join(f"{one.stored:,}" for one in seen)
    cost = "; ".join(_said(one.spent) for one in (seen[:1] if same else seen))
    times = ", ".join(f"{one.seconds * 1000:.1f}" for one in seen)
    return Figure(
        f"Redis commands and bytes a turn beside {stored} stored conversations",
        f"{'identical: ' if same else ''}{cost}; reply after {times} ms",
        "identical",
        same,
        max(one.spent.calls for one in seen) / first.calls,
    )


def _said(spent: Spent) -> str:
    return f"{spent.calls} commands, {spent.received} B in, {spent.sent} B out"

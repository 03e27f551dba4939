"""The same small question about many lanes, in one round trip."""

from collections.abc import Callable, Sequence
from typing import Literal

from redis.asyncio import Redis

Question = Literal["llen", "exists"]


async def of_each(
    redis: Redis, question: Question, lanes: Sequence[str], key: Callable[[str], str]
) -> list[int]:
    """The answers in order; `key` says where to look for a lane. Raises what redis-py raises."""
    if not lanes:
        return []
    pipe = redis.pipeline(transaction=False)
    for lane in lanes:
        getattr(pipe, question)(key(lane))
    return [int(number) for number in await pipe.execute()]

"""Fills Redis with conversations: copies of a real one, made inside Redis, under the keys they would have."""

from redis.asyncio import Redis

LASTING = 3600  # seconds: what is kept shorter than that belongs to a turn, not to a conversation
CHUNK = 5000  # copies a script call; a Redis that is busy for long is one that does not answer
OLD = "1500000000."  # the threads of copies; no delivery has such a ts

# KEYS[1]: the key of the copied one with `@` in the place of its thread. ARGV: thread, from, to, ttl, dump.
COPY = """
local before, after = string.match(KEYS[1], '^(.*)@(.*)$')
for number = tonumber(ARGV[2]), tonumber(ARGV[3]) do
  local key = before .. ARGV[1] .. string.format('%07d', number) .. after
  redis.call('RESTORE', key, ARGV[4], ARGV[5], 'REPLACE')
end
"""


async def lasting_keys(redis: Redis, thread: str) -> list[str]:
    """What is kept of this thread when nothing is being done, by name."""
    names = [name.decode() async for name in redis.scan_iter(match=f"*{thread}*", count=1000)]
    return sorted([name for name in names if await redis.ttl(name) > LASTING])


async def bytes_of(redis: Redis, thread: str) -> int:
    """What Redis says that this thread's lasting keys take, each by itself."""
    return sum([await redis.memory_usage(name, samples=0) for name in await lasting_keys(redis, thread)])


async def copy(redis: Redis, thread: str, first: int, last: int) -> None:
    """Make copies of this thread, from the first number to the last."""
    script = redis.register_script(COPY)
    for key in await lasting_keys(redis, thread):
        dump, ttl = await redis.dump(key), await redis.pttl(key)
        for at in range(first, last + 1, CHUNK):
            until = min(at + CHUNK - 1, last)
            await script(keys=[key.replace(thread, "@")], args=[OLD, at, until, ttl, dump])

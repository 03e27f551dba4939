"""Who does what is to be done every so often: whoever asks first in a period, of however many processes."""

from redis.asyncio import Redis

from bot.stores.connect import answers
from bot.stores.keys import Keys

# Periods are counted from 1970 by Redis's own clock, one for all machines. The last one done is what is kept.
CLAIM = """
local period = math.floor(redis.call('TIME')[1] / ARGV[1])
if tonumber(redis.call('GET', KEYS[1]) or -1) >= period then return 0 end
redis.call('SET', KEYS[1], period, 'EX', 2 * ARGV[1])
return 1
"""


class RedisPeriods:
    """Implements `jobs.ports.Periods`. Raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._keys = keys
        self._claim = redis.register_script(CLAIM)

    async def claim(self, name: str, seconds: int) -> bool:
        """Whether this period's turn is ours. Periods in which nobody asked are gone, not made up for."""
        async with answers():
            return bool(await self._claim(keys=[self._keys.period(name)], args=[seconds]))

"""Counts the requests that may be sent with each credential, for all processes together, on Redis."""

import logging

from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.scheduling.errors import CalendarUnavailable
from bot.scheduling.rations import Allowance, Lease
from bot.stores.connect import answers
from bot.stores.keys import Keys

SHARES = 4  # nobody takes more than a quarter of what is there: a lease that is not used up is lost

log = logging.getLogger(__name__)

# Redis's own clock counts: those of the processes differ. Should it be set back, what was noted is now.
BUCKET = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local had = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'said', 'until')
local rate, burst, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at = math.min(tonumber(had[2]) or now, now)
local tokens = math.min(burst, (tonumber(had[1]) or burst) + (now - at) * rate)
local said, ends = nil, math.min(tonumber(had[4]) or 0, now + longest)
if now < ends then said = tonumber(had[3]) end
local function note(name, number)
  redis.call('HSET', KEYS[1], name, string.format('%.6f', number))
end
"""
LEASE = f"""{BUCKET}
local wanted, kept = tonumber(ARGV[4]), tonumber(ARGV[5])
local free = math.floor(math.min(tokens, said or tokens) - kept)
if free < 1 then
  local wait = (kept + 1 - tokens) / rate
  if said then note('until', ends) end
  if said and said < kept + 1 then wait = math.max(wait, ends - now) end
  note('tokens', tokens) note('at', now)
  redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * longest))
  return {{0, string.format('%.6f', wait)}}
end
local granted = math.min(wanted, math.max(1, math.floor(free / {SHARES})))
note('tokens', tokens - granted) note('at', now)
if said then note('said', said - granted) end
redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * longest))
return {{granted, '0'}}
"""
HEAR = f"""{BUCKET}
local left, seconds = tonumber(ARGV[4]), tonumber(ARGV[5])
if said and said <= left and ends >= now + seconds then return 0 end
note('said', math.min(said or left, left)) note('until', math.max(ends, now + seconds))
note('tokens', tokens) note('at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * longest))
return 1
"""
LEFT = f"{BUCKET} return math.max(0, math.floor(math.min(tokens, said or tokens)))"

BELIEVED_SECONDS = 600.0  # the longest that a server can make everybody wait


class RedisBudget:
    """Implements `scheduling.ports.Budget` as a token bucket.

    Without Redis nothing is leased, so nothing is sent: the work it would be for cannot be kept either, and
    to send uncounted could lock the account. Where Redis forgot everything, each bucket is full again.
    """

    def __init__(self, redis: Redis, keys: Keys, allowance: Allowance) -> None:
        self.allowance = allowance
        self._keys = keys
        self._lease = redis.register_script(LEASE)
        self._hear = redis.register_script(HEAR)
        self._left = redis.register_script(LEFT)
        self._bucket = (allowance.rate, allowance.burst, BELIEVED_SECONDS)

    async def lease(self, credential: str, *, wanted: int, kept: int) -> Lease:
        """Take up to so many requests, and leave so many. Raises CalendarUnavailable."""
        key = self._keys.budget(credential)
        try:
            async with answers():
                granted, wait = await self._lease(keys=[key], args=[*self._bucket, wanted, kept])
        except StoreUnavailable as error:
            raise CalendarUnavailable("requests_not_counted") from error
        return Lease(int(granted), float(wait))

    async def hear(self, credential: str, *, left: int, seconds: float) -> None:
        """Believe the server where it is less than was thought; what was answered already is not lost."""
        key = self._keys.budget(credential)
        try:
            async with answers():
                await self._hear(keys=[key], args=[*self._bucket, left, seconds])
        except StoreUnavailable as error:
            log.warning("rate limit not noted: %s", error)

    async def left(self, credential: str) -> int:
        """How many could be sent at once. Raises CalendarUnavailable."""
        try:
            async with answers():
                return int(await self._left(keys=[self._keys.budget(credential)], args=self._bucket))
        except StoreUnavailable as error:
            raise CalendarUnavailable("requests_not_counted") from error

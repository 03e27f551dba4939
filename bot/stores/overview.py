"""What waits and what was given up, for people who look after it. It shows no text and changes nothing."""

from datetime import UTC, datetime
from typing import NamedTuple, cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.correlation import short_name
from bot.conversation.turns import Work
from bot.stores.batches import of_each
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.dead import Dead, RedisDead
from bot.stores.items import ID_CHARACTERS, opened, reference_of
from bot.stores.keys import Keys
from bot.stores.later import RedisLater

SEALED, UNREADABLE = "sealed", "unreadable"  # with a key that this process lacks; by this version


TIME = "return redis.call('TIME')[1]"


class Listed(NamedTuple):
    """A work as it is shown. `since`: when it was said or pressed; of one given up, when it was."""

    lane: str
    kind: str
    reference: str
    since: datetime | None
    tries: int
    why: str = ""


class Shown(NamedTuple):
    """`waiting` may be fewer than `total`, which all are."""

    waiting: tuple[Listed, ...]
    total: int
    dead: tuple[Listed, ...]
    later: int
    now: datetime


class Overview:
    """Reads what there is. Everything raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._time = redis.register_script(TIME)
        self._later = RedisLater(redis, keys, codec)
        self.dead = RedisDead(redis, keys)

    async def shown(self, *, at_most: int) -> Shown:
        """All of it; of what waits, so many, those of the lanes that wait longest first."""
        waiting, total = await self._waiting(at_most)
        dead = tuple(self.listed(one) for one in await self.dead.all())
        return Shown(waiting, total, dead, await self._later.count(), await self._now())

    def listed(self, one: Dead) -> Listed:
        """One that was given up."""
        work, kind = self._read(one.lane, one.item)
        return Listed(one.lane, kind, _reference(one.item, work), one.at, one.tries, one.why)

    async def _now(self) -> datetime:
        async with answers():
            return datetime.fromtimestamp(int(await self._time(keys=[self._keys.lanes()])), UTC)

    async def _waiting(self, at_most: int) -> tuple[tuple[Listed, ...], int]:
        found: list[Listed] = []
        async with answers():
            names = cast("list[bytes]", await self._redis.zrange(self._keys.lanes(), 0, -1))
            lanes = [name.decode() for name in names]
            lengths = await of_each(self._redis, "llen", lanes, self._keys.inbox)
            for lane, length in zip(lanes, lengths, strict=True):
                if length and len(found) < at_most:
                    found += await self._in(lane, at_most - len(found))
        return tuple(found), sum(lengths)

    async def _in(self, lane: str, at_most: int) -> list[Listed]:
        items = cast("list[bytes]", await self._redis.lrange(self._keys.inbox(lane), 0, at_most - 1))
        ids = [item[:ID_CHARACTERS] for item in items] or [b""]
        tries = cast("list[bytes | None]", await self._redis.hmget(self._keys.tries(lane), ids))
        return [self._one(lane, item, int(tried or 0)) for item, tried in zip(items, tries, strict=False)]

    def _one(self, lane: str, item: bytes, tries: int) -> Listed:
        work, kind = self._read(lane, item)
        return Listed(lane, kind, _reference(item, work), work.at if work else None, tries)

    def _read(self, lane: str, item: bytes) -> tuple[Work | None, str]:
        """The work and its kind; no word of it goes on from here."""
        try:
            work = opened(item, self._keys.inbox(lane), self._codec)
        except UnknownKey:
            return None, SEALED
        except (Unreadable, ValidationError):
            return None, UNREADABLE
        return work, work.kind


def _reference(item: bytes, work: Work | None) -> str:
    """What people were told, and what stands in the log."""
    return short_name(work.id) if work else reference_of(item)

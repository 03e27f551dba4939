"""What people prefer, on Redis: all of a workspace in one hash, so that several people are one command."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.ports import StoreUnavailable
from bot.conversation.preferences import Preferences
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import Keys
from bot.stores.walking import Walk

log = logging.getLogger(__name__)

# KEYS: the hash. ARGV: the Slack id; what was read there, or nothing; what is to stand there.
SWAP = """
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""
TRIES = 20  # of changing what others change at the same time


class RedisPreferences:
    """Implements `conversation.ports.PreferencesBook`. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._walk = Walk(redis, keys, codec)
        self._swap = redis.register_script(SWAP)

    async def of(self, team: str, person: str) -> Preferences:
        """Theirs, or the usual ones."""
        return self._read(team, person, await self._raw(team, person))

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, Preferences]:
        """The same for several, in one command."""
        if not people:
            return {}
        async with answers():
            found = await self._redis.hmget(self._keys.preferences(team), list(people))
        raws = cast("list[bytes | None]", found)
        return {one: self._read(team, one, raw) for one, raw in zip(people, raws, strict=True)}

    async def keep(self, preferences: Preferences) -> None:
        """From now on, whatever was before."""
        key = self._keys.preferences(preferences.team)
        async with answers():
            await self._redis.hset(key, preferences.person, self._sealed(preferences))

    async def change(self, team: str, person: str, to: Callable[[Preferences], Preferences]) -> Preferences:
        """What `to` makes of theirs as they are now, kept; done anew where somebody else was faster."""
        for _ in range(TRIES):
            raw = await self._raw(team, person)
            before = self._read(team, person, raw)
            after = to(before)
            if after == before or await self._is_swapped(raw or b"", after):
                return after
        raise StoreUnavailable("the preferences change all the time")

    async def forget(self, team: str, person: str) -> None:
        """The usual ones again, of somebody whom nobody has met."""
        async with answers():
            await self._redis.hdel(self._keys.preferences(team), person)

    async def met(self, team: str) -> AsyncIterator[Preferences]:
        """Of everybody who has used the bot there."""
        async for person, raw in self._walk.fields(self._keys.preferences(team)):
            found = self._read(team, person, raw)
            if found.is_met:
                yield found

    async def _raw(self, team: str, person: str) -> bytes | None:
        async with answers():
            return cast("bytes | None", await self._redis.hget(self._keys.preferences(team), person))

    async def _is_swapped(self, before: bytes, after: Preferences) -> bool:
        key = self._keys.preferences(after.team)
        async with answers():
            return bool(await self._swap(keys=[key], args=[after.person, before, self._sealed(after)]))

    def _sealed(self, preferences: Preferences) -> bytes:
        data = preferences.model_dump_json(exclude_defaults=True).encode()
        return self._codec.enclose(data, self._bound(preferences.team, preferences.person))

    def _read(self, team: str, person: str, raw: bytes | None) -> Preferences:
        """What makes no sense is taken for the usual: they would be asked for it for ever."""
        usual = Preferences(team=team, person=person)
        if raw is None:
            return usual
        try:
            return Preferences.model_validate_json(self._codec.open(raw, self._bound(team, person)))
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        except (Unreadable, ValidationError) as error:
            log.error("preferences unreadable team=%s person=%s error=%s", team, person, type(error).__name__)
            return usual

    def _bound(self, team: str, person: str) -> str:
        return f"{self._keys.preferences(team)}:{person}"

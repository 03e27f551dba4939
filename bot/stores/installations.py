"""The workspaces that have the bot, on Redis: sealed, bound to their place, all in one hash."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from secrets import token_hex
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.accounts.model import Installation
from bot.accounts.secrets import to_be_sealed
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.stores.codec import Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.held import holding, token_for
from bot.stores.keys import Keys
from bot.stores.lock import Lock
from bot.stores.packing import packed, unpacked

WAIT_SECONDS = 15.0  # longer than a token takes to be rotated

# KEYS: the installations, the lock of this one. ARGV: the token of who holds it, or nothing; place; sealed.
KEEP = """
if ARGV[1] ~= '' and redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 1
"""
# Whoever rotates its token loses their lock, and writes nothing back.
FORGET = """
redis.call('DEL', KEYS[2])
return redis.call('HDEL', KEYS[1], ARGV[1])
"""


class RedisInstallations:
    """Implements `accounts.ports.Installations`. All of it raises StoreUnavailable. The codec must seal."""

    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        codec: Codec,
        *,
        wait_seconds: float = WAIT_SECONDS,
        new_token: Callable[[], str] = token_hex,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._wait_seconds = wait_seconds
        self._new_token = new_token
        self._noted: set[tuple[str, str]] = set()  # workspaces that an organisation's is known to serve
        self._keep = redis.register_script(KEEP)
        self._forget = redis.register_script(FORGET)

    async def of(self, team: str | None, enterprise: str | None = None) -> Installation | None:
        """The workspace's own; else its organisation's. One command, and one when it serves it first."""
        places = [*([team] if team else []), *([_org(enterprise)] if enterprise else [])]
        if not places:
            return None
        async with answers():
            answer = await self._redis.hmget(self._keys.installations(), places)
        found = cast("list[bytes | None]", answer)
        read = (self._read(place, raw) for place, raw in zip(places, found, strict=True) if raw)
        installation = next(read, None)
        if installation and installation.is_org and team and enterprise:
            await self._note(team, enterprise)
        return installation

    async def served(self, enterprise: str) -> tuple[str, ...]:
        """The workspaces that the organisation's installation has served."""
        async with answers():
            found = await self._redis.smembers(self._keys.workspaces_of(enterprise))
        return tuple(sorted(one.decode() for one in cast("set[bytes]", found)))

    async def teams(self) -> tuple[str, ...]:
        """All places that have the bot."""
        return tuple([one.place for one in await self.all()])

    async def all(self) -> tuple[Installation, ...]:
        """All there are."""
        async with answers():
            answer = await self._redis.hgetall(self._keys.installations())
        found = cast("dict[bytes, bytes]", answer)
        return tuple(self._read(place.decode(), raw) for place, raw in sorted(found.items()))

    async def keep(self, installation: Installation) -> None:
        """In the place of the former one. Raises LockLost where the lock was had and is lost."""
        place = _place(installation.team, installation.enterprise)
        sealed = self._codec.enclose(packed(to_be_sealed(installation)), self._bound(place))
        names = self._names(place)
        async with answers():
            if not await self._keep(keys=names, args=[token_for(names[1]), place, sealed]):
                raise LockLost("somebody else changes this installation")

    async def forget(self, team: str | None, enterprise: str | None = None) -> None:
        """The workspace's own; without a workspace the organisation's."""
        place = _place(team, enterprise)
        async with answers():
            await self._forget(keys=self._names(place), args=[place])
            if team is None and enterprise:
                await self._redis.delete(self._keys.workspaces_of(enterprise))
                self._noted = {one for one in self._noted if one[1] != enterprise}

    def alone(self, team: str | None, enterprise: str | None = None) -> AbstractAsyncContextManager[None]:
        """A lock over all processes. Raises LockLost when it cannot be had in time."""
        place = _place(team, enterprise)
        lock = Lock(self._redis, self._keys.installation_lock(place), self._new_token())
        return holding(lock, f"installation:{place}", wait_seconds=self._wait_seconds)

    def _read(self, place: str, raw: bytes) -> Installation:
        try:
            return Installation.model_validate_json(
                unpacked(self._codec.open_sealed(raw, self._bound(place)))
            )
        except Unreadable as error:
            raise StoreUnavailable(f"an installation does not open: {error}") from error
        except ValidationError:  # not shown: it may hold a secret
            raise StoreUnavailable("an installation makes no sense") from None

    async def _note(self, team: str, enterprise: str) -> None:
        if (team, enterprise) not in self._noted:
            async with answers():
                await self._redis.sadd(self._keys.workspaces_of(enterprise), team)
            self._noted.add((team, enterprise))

    def _names(self, place: str) -> list[str]:
        return [self._keys.installations(), self._keys.installation_lock(place)]

    def _bound(self, place: str) -> str:
        return f"{self._keys.installations()}:{place}"


def _place(team: str | None, enterprise: str | None) -> str:
    return team or _org(enterprise)


def _org(enterprise: str | None) -> str:
    return f"org:{enterprise or ''}"

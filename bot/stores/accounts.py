"""What people have connected, on Redis: sealed, bound to their owner, found by a keyed hash of an e-mail.

All of a workspace's stands in one hash, so that a look-up is one command however many there are, and several
people are one command, too. Which person has an e-mail is only a hint; what they have connected decides.
"""

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from secrets import token_hex
from typing import Literal, cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.accounts.model import PersonAccounts
from bot.accounts.secrets import to_be_sealed
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.stores.codec import Codec, UnknownKey, Unreadable
from bot.stores.connect import answers
from bot.stores.held import holding, token_for
from bot.stores.keys import Keys
from bot.stores.lock import Lock
from bot.stores.packing import packed, unpacked

log = logging.getLogger(__name__)

EMAIL = "e-mail of an account"  # what the hashes are of
WAIT_SECONDS = 15.0  # longer than a token takes to be refreshed

# KEYS: people, emails, the person's lock. ARGV: the token of who holds it, or nothing; the Slack id; the
# sealed accounts, or nothing; how many hashes go; those; and those that come.
KEEP = """
if ARGV[1] ~= '' and redis.call('GET', KEYS[3]) ~= ARGV[1] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[2])
else redis.call('HSET', KEYS[1], ARGV[2], ARGV[3]) end
for place = 5, #ARGV do
  if place > 4 + ARGV[4] then
    redis.call('HSET', KEYS[2], ARGV[place], ARGV[2])
  elseif redis.call('HGET', KEYS[2], ARGV[place]) == ARGV[2] then
    redis.call('HDEL', KEYS[2], ARGV[place])
  end
end
return 1
"""
# Whoever works with what is forgotten loses their lock, and writes nothing of it back.
FORGET = """
redis.call('DEL', KEYS[3])
for place = 2, #ARGV do
  if redis.call('HGET', KEYS[2], ARGV[place]) == ARGV[1] then redis.call('HDEL', KEYS[2], ARGV[place]) end
end
return redis.call('HDEL', KEYS[1], ARGV[1])
"""


class RedisAccounts:
    """Implements `accounts.ports.Accounts`. The codec must seal."""

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
        self._keep = redis.register_script(KEEP)
        self._forget = redis.register_script(FORGET)

    @property
    def refusal(self) -> Literal["volatile", "unsealed"] | None:
        """Everybody can connect."""
        return None

    async def of(self, team: str, person: str) -> PersonAccounts:
        """What this person has connected; one command. Raises StoreUnavailable."""
        return self._read(team, person, await self._raw(team, person))

    async def several(self, team: str, people: Sequence[str]) -> Mapping[str, PersonAccounts]:
        """The same for several, in one command; who has connected nothing is missing."""
        if not people:
            return {}
        async with answers():
            raws = cast("list[bytes | None]", await self._redis.hmget(self._keys.people(team), list(people)))
        found = {one: self._read(team, one, raw) for one, raw in zip(people, raws, strict=True)}
        return {person: accounts for person, accounts in found.items() if accounts.accounts}

    async def everybody(self, team: str) -> AsyncIterator[PersonAccounts]:
        """All who have connected something."""
        async with answers():
            names = [
                one.decode() async for one, _ in self._redis.hscan_iter(self._keys.people(team), count=500)
            ]
        for person in dict.fromkeys(names):
            accounts = await self.of(team, person)
            if accounts.accounts:
                yield accounts

    async def by_email(self, team: str, email: str) -> str | None:
        """Who has connected an account of this address: a hint is looked up, then what they really have."""
        hints = list(self._hashes(team, email))
        async with answers():
            found = cast("list[bytes | None]", await self._redis.hmget(self._keys.emails(team), hints))
        for person in dict.fromkeys(one.decode() for one in found if one):
            if _plain(email) in _emails(await self.of(team, person)):
                return person
        return None

    async def keep(self, accounts: PersonAccounts) -> None:
        """In the place of the former ones. Raises LockLost where the lock was had and is lost."""
        team, person = accounts.team, accounts.person
        sealed = b""
        if accounts.accounts or accounts.hosts:
            sealed = self._codec.enclose(packed(to_be_sealed(accounts)), self._bound(team, person))
        await self._put(team, person, sealed, await self.of(team, person), accounts)

    async def renew(self, team: str, person: str) -> bool:
        """Have it sealed and found by the first key; whether it was not. Raises Unreadable, LockLost."""
        async with self.alone(team, person):
            raw = await self._raw(team, person)
            sealed = self._codec.renewed(raw, self._bound(team, person)) if raw else None
            if sealed:
                same = self._read(team, person, raw)
                await self._put(team, person, sealed, same, same)
            return sealed is not None

    async def _put(
        self, team: str, person: str, sealed: bytes, former: PersonAccounts, now: PersonAccounts
    ) -> None:
        come = {self._hashes(team, email)[0] for email in _emails(now)}
        gone = {one for email in _emails(former) for one in self._hashes(team, email)} - come
        token = token_for(self._lock_key(team, person))
        args: list[str | bytes | int] = [token, person, sealed, len(gone), *gone, *come]
        async with answers():
            if not await self._keep(keys=self._names(team, person), args=args):
                raise LockLost("somebody else changes what this person has connected")

    async def forget(self, team: str, person: str) -> None:
        """All of this person's; who is about to change it writes nothing back."""
        former = _emails(await self.of(team, person))
        gone = [one for email in former for one in self._hashes(team, email)]
        async with answers():
            await self._forget(keys=self._names(team, person), args=[person, *gone])

    def alone(self, team: str, person: str) -> AbstractAsyncContextManager[None]:
        """A lock over all processes. Raises LockLost when it cannot be had in time."""
        lock = Lock(self._redis, self._lock_key(team, person), self._new_token())
        return holding(lock, f"accounts:{team}:{person}", wait_seconds=self._wait_seconds)

    async def _raw(self, team: str, person: str) -> bytes | None:
        async with answers():
            return cast("bytes | None", await self._redis.hget(self._keys.people(team), person))

    def _read(self, team: str, person: str, raw: bytes | None) -> PersonAccounts:
        nothing = PersonAccounts(team=team, person=person)
        if raw is None:
            return nothing
        try:
            return PersonAccounts.model_validate_json(
                unpacked(self._codec.open_sealed(raw, self._bound(team, person)))
            )
        except UnknownKey as error:
            raise StoreUnavailable(str(error)) from error
        except (Unreadable, ValidationError) as error:  # neither is shown: the second may hold a secret
            log.error("accounts unreadable team=%s person=%s error=%s", team, person, type(error).__name__)
            return nothing.model_copy(update={"is_unreadable": True})

    def _names(self, team: str, person: str) -> list[str]:
        return [self._keys.people(team), self._keys.emails(team), self._lock_key(team, person)]

    def _lock_key(self, team: str, person: str) -> str:
        return self._keys.person_lock(team, person)

    def _bound(self, team: str, person: str) -> str:
        return f"{self._keys.people(team)}:{person}"

    def _hashes(self, team: str, email: str) -> tuple[str, ...]:
        return self._codec.hashes(f"{team}:{_plain(email)}", EMAIL)


def _emails(accounts: PersonAccounts) -> set[str]:
    return {_plain(one.account.email) for one in accounts.accounts if one.account.email}


def _plain(email: str) -> str:
    return email.strip().casefold()

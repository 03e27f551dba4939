"""The audit log on Redis: one stream a workspace, only ever appended to, of which the oldest is dropped."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import cast

from pydantic import ValidationError
from redis.asyncio import Redis

from bot.conversation.auditing import ENTRY, Entry
from bot.stores.codec import Codec, Unreadable
from bot.stores.connect import answers
from bot.stores.keys import AUDIT_SEEN_SECONDS, DAY, Keys

AT_A_TIME = 500  # entries that are read in one go
LOOKED_THROUGH = 1000  # of a workspace's last entries, for those of one person; some 0.4 MB

# Once, however often it is said; older entries make room on the way.
APPEND = f"""
if not redis.call('SET', KEYS[2], '1', 'NX', 'EX', {AUDIT_SEEN_SECONDS}) then return 0 end
local oldest = math.max(0, redis.call('TIME')[1] - ARGV[3]) * 1000
redis.call('XADD', KEYS[1], 'MINID', '~', string.format('%d', oldest), '*', 'of', ARGV[1], 'entry', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return redis.call('XLEN', KEYS[1])
"""
TIME = "return redis.call('TIME')[1]"


class RedisAuditLog:
    """Implements `conversation.ports.AuditLog`. All of it raises StoreUnavailable."""

    def __init__(self, redis: Redis, keys: Keys, codec: Codec, *, days: int) -> None:
        self._redis = redis
        self._keys = keys
        self._codec = codec
        self._seconds = days * DAY
        self._append = redis.register_script(APPEND)
        self._time = redis.register_script(TIME)
        self._teams: set[str] = set()  # that are known to be listed

    async def note(self, entry: Entry) -> None:
        """Append it, unless the same stands there already."""
        await self._list(entry.team)
        of = sha256(entry.key.encode()).hexdigest()[:32]
        stream = self._keys.audit(entry.team)
        sealed = self._codec.seal(entry.model_dump_json(exclude_none=True).encode(), f"{stream}:{of}")
        keys = [stream, self._keys.audit_seen(entry.team, of)]
        async with answers():
            if (
                await self._append(keys=keys, args=[of, sealed, self._seconds]) == 1
            ):  # it may have been deleted
                await self._redis.sadd(self._keys.audit_teams(), entry.team)

    async def latest_of(self, team: str, person: str, most: int) -> tuple[Entry, ...]:
        """This person's, the newest first, among the last `LOOKED_THROUGH` of the workspace."""
        stream = self._keys.audit(team)
        async with answers():
            answer = await self._redis.xrevrange(stream, count=LOOKED_THROUGH)
        found = cast("list[tuple[bytes, dict[bytes, bytes]]]", answer)
        read = (self._read(stream, fields) for _, fields in found)
        theirs = (one for one in read if one and one.person == person)
        return tuple(islice(theirs, most))

    async def teams(self) -> tuple[str, ...]:
        """The workspaces that have an audit log."""
        async with answers():
            found = cast("set[bytes]", await self._redis.smembers(self._keys.audit_teams()))
        return tuple(sorted(one.decode() for one in found))

    async def entries(
        self, team: str, since: datetime | timedelta | None = None
    ) -> AsyncGenerator[Entry | None, None]:
        """From the oldest on, or from an instant or so long ago; None where one cannot be read."""
        stream, start = self._keys.audit(team), await self._start(since)
        while True:
            async with answers():
                answer = await self._redis.xrange(stream, min=start, count=AT_A_TIME)
            found = cast("list[tuple[bytes, dict[bytes, bytes]]]", answer)
            for _, fields in found:
                yield self._read(stream, fields)
            if len(found) < AT_A_TIME:
                return
            start = f"({found[-1][0].decode()}"

    async def _start(self, since: datetime | timedelta | None) -> str:
        if since is None:
            return "-"
        if isinstance(since, timedelta):
            async with answers():
                since = datetime.fromtimestamp(int(await self._time()), UTC) - since
        return str(max(0, int(since.timestamp() * 1000)))

    async def _list(self, team: str) -> None:
        if team not in self._teams:
            async with answers():
                await self._redis.sadd(self._keys.audit_teams(), team)
            self._teams.add(team)

    def _read(self, stream: str, fields: dict[bytes, bytes]) -> Entry | None:
        try:
            of = fields[b"of"].decode("ascii", "replace")
            return ENTRY.validate_json(self._codec.open(fields[b"entry"], f"{stream}:{of}"))
        except (KeyError, Unreadable, ValidationError):
            return None

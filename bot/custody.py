"""Keys and people's data, for operators: `python -m bot rotate-keys`, `python -m bot data`."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.auditing import DeedStep, deed
from bot.conversation.ports import LockLost, StoreUnavailable
from bot.settings import Settings, reveal
from bot.stores.audit import RedisAuditLog
from bot.stores.belongings import Belongings
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.connections import connections
from bot.stores.keys import Keys
from bot.stores.rotation import Rotated, Rotation


class Unreached(Exception):
    """Redis does not answer, or what is there does not open."""


class NoKeys(Exception):
    """ENCRYPTION_KEYS is not set."""


async def rotate_keys(settings: Settings) -> Rotated:
    """Seal all that is kept with the first key. Raises NoKeys, Unreached."""
    async with _opened(settings) as kept:
        if not kept.codec.seals:
            raise NoKeys
        return await kept.rotation.rotate()


async def exported(settings: Settings, team: str, person: str | None) -> AsyncIterator[str]:
    """A line of JSON for each thing that is kept of a workspace, or of a person in it. Raises Unreached."""
    async with _opened(settings) as kept:
        await kept.note("exported", team, person)
        async with aclosing(kept.belongings.export(team, person)) as lines:
            async for line in lines:
                yield line


async def deleted(settings: Settings, team: str, person: str | None, *, keeps_audit: bool) -> int:
    """Forget it; how many things there were. Raises Unreached."""
    async with _opened(settings) as kept:
        count = await kept.belongings.delete(team, person, keeps_audit=keeps_audit)
        if person or keeps_audit:
            await kept.note("deleted", team, person)
        return count


@dataclass(frozen=True)
class _Kept:
    codec: Codec
    rotation: Rotation
    belongings: Belongings
    audit: RedisAuditLog

    async def note(self, step: DeedStep, team: str, person: str | None) -> None:
        """In the audit log. Nobody of the workspace did it, and whose it was is not said: it was deleted."""
        what = "person" if person else "workspace"
        at = datetime.now(UTC)
        await self.audit.note(deed(step, team=team, person="", at=at, why="operator", what=what))


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[_Kept]:
    redis = connect(reveal(settings.redis_url))
    codec = Codec.from_setting(reveal(settings.encryption_keys))
    of = redis, Keys(settings.redis_prefix), codec
    belongings = Belongings(*of, *connections(*of, forgets=False))
    try:
        yield _Kept(codec, Rotation(*of), belongings, RedisAuditLog(*of, days=settings.audit_days))
    except (StoreUnavailable, LockLost) as error:
        raise Unreached from error
    finally:
        await redis.aclose()

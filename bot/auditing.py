"""Shows the audit log to operators: `python -m bot audit`."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.auditing import AuditEntry, Entry, hidden
from bot.conversation.ports import StoreUnavailable
from bot.logs import as_one, printable
from bot.settings import Settings, reveal
from bot.stores.audit import RedisAuditLog
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.keys import Keys

UNREADABLE = "unreadable"  # sealed with a key that is not among ENCRYPTION_KEYS, or damaged


class Unreached(Exception):
    """Redis does not answer."""


@dataclass(frozen=True)
class Asked:
    """What is to be shown. `since`: an instant, or so long ago; `booking`: a uid."""

    team: str | None = None
    since: datetime | timedelta | None = None
    booking: str | None = None
    as_json: bool = False


async def audited(settings: Settings, asked: Asked) -> AsyncIterator[str]:
    """The lines to be shown, the oldest first, workspace by workspace. Raises Unreached."""
    redis = connect(reveal(settings.redis_url))
    codec = Codec.from_setting(reveal(settings.encryption_keys))
    log = RedisAuditLog(redis, Keys(settings.redis_prefix), codec, days=settings.audit_days)
    try:
        for team in (asked.team,) if asked.team else await log.teams():
            async with aclosing(log.entries(team, asked.since)) as entries:
                async for entry in entries:
                    if is_meant(entry, asked.booking):
                        yield _json(entry, team) if asked.as_json else _line(entry, team)
    except StoreUnavailable as error:
        raise Unreached from error
    finally:
        await redis.aclose()


def is_meant(entry: Entry | None, booking: str | None) -> bool:
    """Whether an entry tells of that booking; every one where none is asked for."""
    if booking is None:
        return True
    return isinstance(entry, AuditEntry) and hidden(booking) in (entry.reference, entry.booking)


def _line(entry: Entry | None, team: str) -> str:
    if entry is None:
        return f"{UNREADABLE} team={as_one(printable(team))}"
    told = {
        name: value for name, value in entry.model_dump(mode="json").items() if value not in (None, "", [])
    }
    words = [f"{name}={as_one(printable(_plain(told[name])))}" for name in told if name not in SHOWN_FIRST]
    return " ".join([*(str(told[name]) for name in SHOWN_FIRST[1:] if name in told), *words])


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _json(entry: Entry | None, team: str) -> str:
    return json.dumps({"team": team, "step": UNREADABLE}) if entry is None else entry.model_dump_json()


SHOWN_FIRST = ("version", "at", "step", "write")

"""What people do with works that wait or were given up: `python -m bot jobs`. It shows no text of theirs."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Literal

from bot.conversation.ports import StoreUnavailable
from bot.settings import Settings, reveal
from bot.stores.codec import Codec
from bot.stores.connect import connect
from bot.stores.dead import Dead, RedisDead
from bot.stores.keys import Keys
from bot.stores.overview import Listed, Overview, Shown

Deed = Literal["show", "retry", "drop"]

log = logging.getLogger(__name__)

REMIND_SECONDS = 3600
SHOWN = 50  # works that wait
HEAD = ("REFERENCE", "KIND", "TRIES", "AGE", "LANE", "ERROR")


class NoneSuch(Exception):
    """No work of this reference was given up."""


class Unreached(Exception):
    """Redis does not answer, or refuses."""


async def tend(settings: Settings, deed: Deed | None, reference: str | None) -> str:
    """Show what there is; or let the work of this reference wait once more, or drop it. None: all that was
    given up. What to say. Raises NoneSuch, Unreached."""
    try:
        async with _opened(settings) as overview:
            return await _done(overview, deed or "show", reference)
    except StoreUnavailable as error:
        raise Unreached from error


async def _done(overview: Overview, deed: Deed, reference: str | None) -> str:
    match deed:
        case "show":
            return render(await overview.shown(at_most=SHOWN))
        case "retry":
            count = await _each(overview, reference, overview.dead.retry)
            return f"{count} put back, to be done within seconds."
        case "drop":
            return f"{await _each(overview, reference, overview.dead.drop)} dropped."


async def remind(dead: RedisDead) -> None:
    """Say in the log that works were given up, until somebody looks after them. Raises StoreUnavailable."""
    if count := len(await dead.all()):
        log.warning("works given up count=%d; `python -m bot jobs` shows them", count)


def render(shown: Shown) -> str:
    """For people. Ages are measured by Redis's own clock."""
    now = shown.now
    more = shown.total - len(shown.waiting)
    return "\n".join(
        (
            f"Waiting: {shown.total}",
            *_table(shown.waiting, now),
            *((f"  and {more} more",) if more > 0 else ()),
            f"For later: {shown.later}",
            f"Given up: {len(shown.dead)}",
            *_table(shown.dead, now),
        )
    )


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Overview]:
    redis = connect(reveal(settings.redis_url))
    codec = Codec.from_setting(reveal(settings.encryption_keys))
    try:
        yield Overview(redis, Keys(settings.redis_prefix), codec)
    finally:
        await redis.aclose()


async def _each(overview: Overview, reference: str | None, do: Callable[[Dead], Awaitable[bool]]) -> int:
    """Do it with what the reference names, None naming all; with how many it was done."""
    dead = await overview.dead.all()
    meant = [one for one in dead if reference is None or overview.listed(one).reference == reference]
    if reference is not None and not meant:
        raise NoneSuch
    return sum([await do(one) for one in meant])


def _table(works: Sequence[Listed], now: datetime) -> list[str]:
    rows = [HEAD, *(_row(one, now) for one in works)] if works else []
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))] if rows else []
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _row(one: Listed, now: datetime) -> tuple[str, ...]:
    age = _age(now - one.since) if one.since else "?"
    return one.reference, one.kind, str(one.tries), age, one.lane, one.why


def _age(passed: timedelta) -> str:
    """In the largest unit that fits: `40s`, `12m`, `5h`, `3d`."""
    seconds = max(0, int(passed.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"

"""Server-sent events: the whole state first, then every change; ends when the feed is stopped."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from bot.playground.page.calendars import CalendarView
from bot.playground.page.snapshot import change_seen, snapshot
from bot.playground.small_slack import Change, SmallSlack
from bot.playground.small_slack.changes import Feed
from bot.playground.world import World

HEARTBEAT_SECONDS = 15.0


async def events(slack: SmallSlack, calendar: CalendarView, world: World) -> AsyncIterator[str]:
    """The page's stream. The state is taken after listening has begun, so that nothing falls between."""
    with slack.changes.listen() as feed:
        stop_telling = calendar.on_change(lambda: feed.put(Change("calendar")))
        heart = asyncio.create_task(_beat(feed))
        try:
            yield _event("state", snapshot(slack, world))
            async for change in feed:
                if (told := _told(change, slack, world)) is not None:
                    yield told
        finally:
            stop_telling()
            heart.cancel()
            with suppress(asyncio.CancelledError):
                await heart


async def _beat(feed: Feed[Change]) -> None:
    """A sign of life: a page that has gone is noticed when something is written to it."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        feed.put(Change("beat"))


def _told(change: Change, slack: SmallSlack, world: World) -> str | None:
    if change.kind == "beat":
        return ": alive\n\n"
    if change.kind == "calendar":
        return _event("calendar", {})
    if change.kind == "reset":
        return _event("state", snapshot(slack, world))
    seen = change_seen(change, slack)
    return None if seen is None else _event("change", seen)


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"

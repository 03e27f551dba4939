"""Reads what somebody's page shows of their calendar."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation.visits import Meeting, Snapshot, Trouble
from bot.meetings.naming import key_of
from bot.outcomes import together
from bot.scheduling.errors import CalendarError, NotConnected, ReconnectNeeded
from bot.scheduling.model import Booking, EventType
from bot.skills.common.desk import Desk
from bot.skills.common.fitting import day_window
from bot.skills.common.people import known
from bot.skills.common.targets import mine
from intents.frames import Window

AHEAD = timedelta(days=14)
MEETINGS_AT_MOST = 20
PAGES_AT_MOST = 5


async def looked(team: str, desk: Desk, before: Snapshot | None) -> Snapshot:
    """What stands there now; where it cannot be read, what stood there `before`, and why.

    Raises StoreUnavailable, DirectoryUnavailable.
    """
    try:
        return await _read(team, desk)
    except (NotConnected, CalendarError) as error:
        if isinstance(error, NotConnected) or before is None:
            return Snapshot(team=team, who=desk.speaker, at=desk.now, trouble=_trouble(error))
        return before.model_copy(update={"who": desk.speaker, "trouble": _trouble(error)})


async def _read(team: str, desk: Desk) -> Snapshot:
    today = day_window(desk.now.astimezone(ZoneInfo(desk.speaker.zone)).date(), ZoneInfo(desk.speaker.zone))
    within = Window(start=today.start, end=today.start + AHEAD)
    account, found, kinds = await asyncio.gather(
        desk.calendar.me(), mine(desk.calendar, desk.speaker, within), desk.calendar.event_types()
    )
    is_own = account.email.lower() == (desk.speaker.email or "").lower()
    return Snapshot(
        team=team,
        who=desk.speaker,
        at=desk.now,
        meetings=await _meetings([one for one in found if one.end > desk.now], desk),
        pages=_pages(kinds),
        account="" if is_own else account.name,
    )


async def _meetings(bookings: Sequence[Booking], desk: Desk) -> tuple[Meeting, ...]:
    return tuple([await _meeting(one, desk) for one in bookings[:MEETINGS_AT_MOST]])


async def _meeting(booking: Booking, desk: Desk) -> Meeting:
    others = together(booking, await known(booking, desk.directory, desk.speaker), desk.speaker)
    email = (desk.speaker.email or "").lower()
    return Meeting(
        ref=key_of(booking.uid),
        booking=booking,
        is_host=any(one.email.lower() == email for one in booking.hosts),
        ids=others.ids,
        names=others.names,
    )


def _pages(kinds: Sequence[EventType]) -> tuple[EventType, ...]:
    return tuple(one for one in kinds if one.url and not one.hidden)[:PAGES_AT_MOST]


def _trouble(error: NotConnected | CalendarError) -> Trouble:
    if isinstance(error, NotConnected):
        return "not_connected"
    return "ended" if isinstance(error, ReconnectNeeded) else "away"

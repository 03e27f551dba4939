"""Who hosts: in whose calendar a new meeting is booked, and which kinds of meetings that has."""

import asyncio

from bot.scheduling.model import Account, CalendarRef, EventType, Value
from bot.skills.common.desk import Desk


class Host(Value):
    """Whose calendar it is, and what can be booked in it."""

    calendar: CalendarRef
    account: Account
    event_types: tuple[EventType, ...] = ()


async def host_of(desk: Desk) -> Host:
    """The calendar that serves the speaker. Raises NotConnected and the calendar's errors."""
    return await read_host(desk.served_by, desk)


async def read_host(calendar: CalendarRef, desk: Desk) -> Host:
    """Ask that calendar whose it is, and what it has. Raises the calendar's errors."""
    reader = desk.calendars.reader(calendar)
    account, event_types = await asyncio.gather(reader.me(), reader.event_types())
    return Host(calendar=calendar, account=account, event_types=event_types)

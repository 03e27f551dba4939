"""Keeps the first time of the latest card out of others' sight while its owner decides: a courtesy."""

from bot.conversation.ports import ThreadSession
from bot.conversation.state import Conversation
from bot.scheduling.commands import CreateBooking
from bot.scheduling.model import SHARED
from bot.scheduling.ports import Calendars


async def hold_first(session: ThreadSession, calendars: Calendars) -> None:
    """Hold the first time of the latest card, if it is open and holds none. Leaves word of it."""
    latest = next(iter(reversed(session.state.conversations)), None)
    if latest is None or latest.hold or not latest.is_open:
        return
    first = next((one for one in latest.proposals if one.status == "open"), None)
    if first is None or not isinstance(first.command, CreateBooking):
        return
    command = first.command
    hold = await calendars.holds(first.calendar).hold(command.event_type_id, command.start, command.minutes)
    if hold:
        await session.leave(session.state.replacing(latest.changed(hold=hold)))


async def let_go(conversation: Conversation, calendars: Calendars) -> Conversation:
    """Release what it holds. Before times are read again, so that our own hold does not hide one."""
    if conversation.hold is None:
        return conversation
    ref = next((one.calendar for one in conversation.proposals), SHARED)
    await calendars.holds(ref).release(conversation.hold.uid)
    return conversation.changed(hold=None)

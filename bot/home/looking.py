"""Reads what somebody's page shows of their calendar."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation.turns import MeetingNews, meeting_lane
from bot.conversation.visits import Meeting, Snapshot, Trouble
from bot.means import Means
from bot.meetings.chains import Following
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


async def looked(team: str, desk: Desk, before: Snapshot | None, means: Means) -> Snapshot:
    """What stands there now; where it cannot be read, what stood there `before`, and why.

    Raises StoreUnavailable, DirectoryUnavailable.
    """
    try:
        return await _read(team, desk, means)
    except (NotConnected, CalendarError) as error:
        if isinstance(error, NotConnected) or before is None:
            return Snapshot(team=team, who=desk.speaker, at=desk.now, trouble=_trouble(error))
        return before.model_copy(update={"who": desk.speaker, "trouble": _trouble(error)})


async def _read(team: str, desk: Desk, means: Means) -> Snapshot:
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
        meetings=await _meetings([one for one in found if one.end > desk.now], team, desk, means),
        pages=_pages(kinds),
        account="" if is_own else account.name,
    )


async def _meetings(bookings: Sequence[Booking], team: str, desk: Desk, means: Means) -> tuple[Meeting, ...]:
    found = [await _meeting(one, desk) for one in bookings[:MEETINGS_AT_MOST]]
    return tuple([await _with_decisions(one, team, desk, means) if one.is_request else one for one in found])


async def _with_decisions(meeting: Meeting, team: str, desk: Desk, means: Means) -> Meeting:
    """With what can be approved of it in its lane. Where nobody was told of it yet, they are to be told."""
    booking = meeting.booking
    reader = desk.calendars.reader(desk.served_by)
    try:
        key = await Following(team, means.chains, reader).meeting(booking.uid, booking)
    except CalendarError:
        return meeting
    talk = (await means.store.peek(meeting_lane(team, key))).notice_to(desk.speaker.id)
    is_open = {one.command.kind: one.id for one in talk.proposals if one.status == "open"} if talk else {}
    if talk is None or talk.card is None:  # it is told nowhere that something could come of it
        await means.queue.put(_news(booking, key, team, desk))
        return meeting
    decisions = {"accept": is_open.get("confirm", ""), "decline": is_open.get("decline", "")}
    return meeting.model_copy(update={"lane": key, **decisions})


def _news(booking: Booking, key: str, team: str, desk: Desk) -> MeetingNews:
    return MeetingNews(
        id=f"{team}:page:{key}:{key_of(booking.uid)}",
        team=team,
        meeting=key,
        uid=booking.uid,
        calendar=desk.served_by,
        news="requested",
        page=desk.speaker.id,
        at=desk.now,
    )


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

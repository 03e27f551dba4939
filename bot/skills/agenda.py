"""What is on: the speaker's own bookings of a day or so. Private in channels."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from intents.spans import spans

from bot.conversation.answers import Answer
from bot.conversation.replies import Moment, Phrase, say
from bot.scheduling.model import Booking
from bot.skills.common.desk import Desk
from bot.skills.common.people import invited
from bot.skills.common.targets import line, mine
from intents.frames import ListBookings, When, Window

SHOWN_AT_MOST = 20
REACH = timedelta(days=31)


async def show(wish: ListBookings, desk: Desk) -> Answer:
    """List the speaker's bookings; today's when no time was named. Raises the calendar's errors."""
    within = _within(wish.when, desk)
    others = (await invited(wish.who, desk.directory, desk.speaker)).emails
    found = [
        one
        for one in await mine(desk.calendar, desk.speaker, within)
        if all(one.involves(email) for email in others) and _is_in(one, wish.when, within)
    ]
    note = say("agenda.scope", host=(await desk.calendar.me()).name)
    return Answer(card=desk.card(*_lines(found, within), notes=(note,)), is_private=True)


def _within(when: When | None, desk: Desk) -> Window:
    if when is None or not when.windows:
        return _day(desk.now, desk.speaker.zone)
    ends = [one.end or one.start + timedelta(days=1) for one in when.windows]
    start = min(one.start for one in when.windows)
    return Window(start=start, end=min(max(ends), start + REACH))


def _day(now: datetime, zone: str) -> Window:
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    return Window(start=midnight, end=midnight + timedelta(days=1))


def _is_in(booking: Booking, when: When | None, within: Window) -> bool:
    """Whether it overlaps a stretch that was named."""
    if when is None:
        return True
    return any(
        booking.start < (one.end or one.start + timedelta(minutes=1)) and one.start < booking.end
        for one in spans(when, within)
    )


def _lines(found: list[Booking], within: Window) -> tuple[Phrase, ...]:
    start = Moment(at=within.start, style="day")
    if not found:
        return (say("agenda.empty", day=start),)
    more = len(found) - SHOWN_AT_MOST
    return (
        say("agenda.headline", count=len(found), day=start),
        *(_line(one) for one in found[:SHOWN_AT_MOST]),
        *((say("agenda.more", count=more),) if more > 0 else ()),
    )


def _line(booking: Booking) -> Phrase:
    return say("agenda.pending", booking=line(booking)) if booking.status == "pending" else line(booking)

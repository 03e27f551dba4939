"""What is on: the speaker's own bookings of a day or so. Private in channels."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation.answers import Answer
from bot.conversation.replies import Moment, Phrase, PhraseValue, say
from bot.scheduling.model import Booking
from bot.skills.common.desk import Desk
from bot.skills.common.fitting import A_DAY, day_window
from bot.skills.common.people import invited
from bot.skills.common.targets import line, mine, upcoming
from intents.frames import ListBookings, When, Window
from intents.spans import spans

SHOWN_AT_MOST = 20
REACH = timedelta(days=31)
A_MINUTE = timedelta(minutes=1)


async def show(wish: ListBookings, desk: Desk) -> Answer:
    """List the speaker's bookings; today's when no time was named. Raises the calendar's errors."""
    others = (await invited(wish.who, desk.directory, desk.speaker)).emails
    told = await (_coming(wish, others, desk) if wish.which else _of_time(wish.when, others, desk))
    account = await desk.calendar.me()
    is_own = account.email.lower() == (desk.speaker.email or "").lower()
    note = say("agenda.scope_yours") if is_own else say("agenda.scope", host=account.name)
    return Answer(card=desk.card(*told, notes=(note,)), is_private=True)


async def _of_time(when: When | None, others: tuple[str, ...], desk: Desk) -> tuple[Phrase, ...]:
    """What is on then; where no time was named, today, or what comes next."""
    within = _within(when, desk)
    found = _with(others, await mine(desk.calendar, desk.speaker, within))
    there = [one for one in found if _is_in(one, when, within)]
    coming = () if there or when else await _next(others, desk)
    return (*_lines(there, _days(within, desk.speaker.zone)), *coming)


async def _coming(wish: ListBookings, others: tuple[str, ...], desk: Desk) -> tuple[Phrase, ...]:
    """The next one, or all that are to come."""
    found = _with(others, await upcoming(desk))
    if not found:
        return (say("agenda.none_coming"),)
    if wish.which == "next":
        return (say("agenda.next", booking=_line(found[0])),)
    more = len(found) - SHOWN_AT_MOST
    return (
        say("agenda.coming", count=len(found)),
        *(_line(one) for one in found[:SHOWN_AT_MOST]),
        *((say("agenda.more", count=more),) if more > 0 else ()),
    )


def _with(emails: tuple[str, ...], bookings: tuple[Booking, ...]) -> list[Booking]:
    return [one for one in bookings if all(one.involves(email) for email in emails)]


async def _next(emails: tuple[str, ...], desk: Desk) -> tuple[Phrase, ...]:
    """What comes next, where today is empty."""
    found = _with(emails, await upcoming(desk))
    return (say("agenda.next", booking=_line(found[0])),) if found else ()


def _within(when: When | None, desk: Desk) -> Window:
    if when is None or not when.windows:
        zone = ZoneInfo(desk.speaker.zone)
        return day_window(desk.now.astimezone(zone).date(), zone)
    ends = [one.end or one.start + A_DAY for one in when.windows]
    start = min(one.start for one in when.windows)
    return Window(start=start, end=min(max(ends), start + REACH))


def _is_in(booking: Booking, when: When | None, within: Window) -> bool:
    """Whether it overlaps a stretch that was named."""
    if when is None:
        return True
    return any(
        booking.start < (one.end or one.start + A_MINUTE) and one.start < booking.end
        for one in spans(when, within)
    )


def _days(within: Window, zone: str) -> PhraseValue:
    """The day, or the first and the last one."""
    first = Moment(at=within.start, style="day")
    if within.end is None:
        return first
    last = within.end - A_MINUTE
    home = ZoneInfo(zone)
    if last.astimezone(home).date() == within.start.astimezone(home).date():
        return first
    return say("agenda.days", first=first, last=Moment(at=last, style="day"))


def _lines(found: list[Booking], days: PhraseValue) -> tuple[Phrase, ...]:
    if not found:
        return (say("agenda.empty", days=days),)
    more = len(found) - SHOWN_AT_MOST
    return (
        say("agenda.headline", count=len(found), days=days),
        *(_line(one) for one in found[:SHOWN_AT_MOST]),
        *((say("agenda.more", count=more),) if more > 0 else ()),
    )


def _line(booking: Booking) -> Phrase:
    return say("agenda.pending", booking=line(booking)) if booking.status == "pending" else line(booking)

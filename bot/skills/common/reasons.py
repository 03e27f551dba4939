"""Why a host cannot be met at a time: what is known of it, and never with whom or about what they meet."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Booking, EventType, Slot
from bot.scheduling.ports import CalendarReader
from bot.skills.common.company import Stretch
from bot.skills.common.fitting import fitting
from intents.frames import When, Window
from intents.spans import spans

Reason = Literal["notice", "hours", "booked", "busy"]
REACH = timedelta(days=60)
WEEKS = 3  # after it, in which the same hours of the week are looked at
A_WEEK = timedelta(days=7)


class Sought(NamedTuple):
    """A time that is asked about. `minutes`: how long the meeting lasts."""

    when: When
    kind: EventType
    minutes: int

    def stretches(self, now: datetime) -> tuple[Stretch, ...]:
        """The time, in stretches of it that have not passed."""
        found = spans(self.when, Window(start=now, end=now + REACH))
        return tuple((one.start, one.end or one.start + timedelta(minutes=self.minutes)) for one in found)


async def why_not(
    sought: Sought, calendar: CalendarReader, now: datetime, *, is_visited: bool
) -> Reason | None:
    """Why nothing is open then; None: something is, or nobody says. `is_visited`: its bookings are hidden."""
    stretches = sought.stretches(now)
    if not stretches:
        return None
    start, end = stretches[0][0], max(end for _, end in stretches)
    try:
        slots = await _slots(sought, calendar, start, end + WEEKS * A_WEEK)
        booked = () if is_visited else await _bookings(calendar, start, end)
    except CalendarError:
        return None
    if fitting(slots, sought.when, Window(start=start, end=end)):
        return None
    return reason(stretches, slots, booked, sought, now)


async def _slots(
    sought: Sought, calendar: CalendarReader, start: datetime, end: datetime
) -> tuple[Slot, ...]:
    minutes = sought.minutes if len(sought.kind.lengths) > 1 else None
    return await calendar.open_slots(sought.kind.id, start=start, end=end, minutes=minutes)


async def _bookings(calendar: CalendarReader, start: datetime, end: datetime) -> tuple[Booking, ...]:
    """The owner's alone: an admin's key may list those of others."""
    email = (await calendar.me()).email
    found = await calendar.bookings(after=start, before=end)
    return tuple(one for one in found if one.involves(email))


def reason(
    stretches: Sequence[Stretch],
    slots: Iterable[Slot],
    booked: Sequence[Booking],
    sought: Sought,
    now: datetime,
) -> Reason:
    """Too soon; else at hours of the week at which nothing is open in the weeks after it either; else taken.

    `slots` reach over these weeks. Pure.
    """
    if all(end <= now + timedelta(minutes=sought.kind.notice) for _, end in stretches):
        return "notice"
    later = [_weeks_on(one, weeks, sought.when.zone) for one in stretches for weeks in range(1, WEEKS + 1)]
    if not any(start <= slot.start and slot.end <= end for slot in slots for start, end in later):
        return "hours"
    taken = any(one.start < end and start < one.end for one in booked for start, end in stretches)
    return "booked" if taken else "busy"


def _weeks_on(stretch: Stretch, weeks: int, zone: str) -> Stretch:
    """The same time on the clock, so many weeks later."""
    home = ZoneInfo(zone)
    start, end = (at.astimezone(home) + weeks * A_WEEK for at in stretch)
    return start, end

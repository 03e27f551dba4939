"""Where a booking is to be moved to, worked out from what was said. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.conversation.state import Move, Paging
from bot.scheduling.model import Booking
from bot.skills.common.fitting import A_DAY, day_window, days_of, names_instants
from intents.frames import More, When, Window
from intents.spans import narrow, spans

REACH = timedelta(days=14)
DAY_MINUTES = 24 * 60


def wanted(plan: Move, booking: Booking, now: datetime, zone: str) -> When:
    """The new time asked for: shifted, the same time on another day, as said, or whatever comes next."""
    if plan.shift is not None:
        return _point(_shifted(booking.start, plan.shift, ZoneInfo(zone)), zone)
    if plan.to is None:
        return When(zone=zone, windows=(_from_its_day(booking, now, zone),))
    if plan.keeps_time:
        return _same_time(plan.to, booking)
    if other_reading(plan, booking, now):
        return _on_its_day(plan.to, booking)
    if plan.to.windows:
        return plan.to
    return _hours_only(plan.to, booking, now)


def other_reading(plan: Move, booking: Booking, now: datetime) -> When | None:
    """The next instant of that time of day, where "to 4pm" can mean it or the meeting's own day."""
    if plan.to is None or plan.keeps_time or len(plan.to.windows) != 1:
        return None
    point = plan.to.windows[0]
    is_next = point.is_point and now < point.start <= now + A_DAY
    zone = ZoneInfo(plan.to.zone)
    is_its_day = point.start.astimezone(zone).date() == booking.start.astimezone(zone).date()
    return plan.to if is_next and not is_its_day else None


def refined(plan: Move, said: When | None, *, keeps_time: bool = False) -> Move:
    """A copy for which another time was named, or (`keeps_time`) the same time on other days."""
    to = narrow(plan.to, said) if said else plan.to
    return plan.model_copy(update={"to": to, "shift": None, "keeps_time": keeps_time, "paging": Paging()})


def turned(plan: Move, said: More) -> Move:
    """A copy for which other times are wanted: within what was said, or any if that was a single time."""
    is_single = plan.shift is not None or plan.keeps_time or (plan.to and names_instants(plan.to))
    paging = Paging(seen=plan.paging.seen, side=said.direction)
    to = None if is_single else plan.to
    return plan.model_copy(update={"paging": paging, "to": to, "shift": None, "keeps_time": False})


def _shifted(at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    """Whole days keep the time on the clock, also when clocks change; hours and minutes are real ones."""
    days, rest = divmod(minutes, DAY_MINUTES)
    return at + timedelta(minutes=minutes) if rest else at.astimezone(zone) + timedelta(days=days)


def _hours_only(to: When, booking: Booking, now: datetime) -> When:
    """On the booking's own day, unless that was excluded or no hours were named."""
    its_day = to.model_copy(update={"windows": (_its_day(booking, to.zone),)})
    if to.hours and spans(its_day, its_day.windows[0]):
        return its_day
    return to.model_copy(update={"windows": (_from_its_day(booking, now, to.zone),)})


def _same_time(to: When, booking: Booking) -> When:
    """The same time of day: on the same weekday where a whole week was named, else on each day named."""
    zone = ZoneInfo(to.zone)
    local = booking.start.astimezone(zone)
    reach = Window(start=booking.start, end=booking.start + REACH)
    days = sorted(days_of(to, reach))
    days = [day for day in days if day.weekday() == local.weekday()] or days
    points = (datetime.combine(day, local.time(), zone) for day in days)
    windows = tuple(Window(start=point, is_point=True) for point in points)
    return to.model_copy(update={"windows": windows, "hours": ()})


def _on_its_day(to: When, booking: Booking) -> When:
    zone = ZoneInfo(to.zone)
    day = booking.start.astimezone(zone).date()
    point = datetime.combine(day, to.windows[0].start.astimezone(zone).time(), zone)
    return to.model_copy(update={"windows": (Window(start=point, is_point=True),)})


def _point(at: datetime, zone: str) -> When:
    return When(zone=zone, windows=(Window(start=at.astimezone(ZoneInfo(zone)), is_point=True),))


def _its_day(booking: Booking, zone: str) -> Window:
    home = ZoneInfo(zone)
    return day_window(booking.start.astimezone(home).date(), home)


def _from_its_day(booking: Booking, now: datetime, zone: str) -> Window:
    start = max(now, _its_day(booking, zone).start)
    return Window(start=start, end=booking.start + REACH)

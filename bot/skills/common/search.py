"""The search for times: what was asked for, or what comes closest, one change at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.conversation.state import Paging
from bot.scheduling.model import Slot, Value
from bot.scheduling.offers import SHOWN, choose_offer, first_of_each_half_day, in_waking_hours, nearest
from bot.scheduling.ports import CalendarReader
from intents.frames import Hours, When, Window
from intents.spans import spans

USUAL_REACH = timedelta(days=14)  # when no end was named
BEYOND = timedelta(days=7)  # how far past what was asked a way out may lie
FARTHEST = timedelta(days=60)
SHORTEST_WORTHWHILE = 15

Relaxed = Literal["hours", "days", "shorter"]


class Found(Value):
    """A time to offer. `relaxed`: which wish had to give way for it. `minutes` is its length."""

    slot: Slot
    relaxed: Relaxed | None = None

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.slot.minutes


class Asked(Value):
    """What is looked for. `lengths`: what the event type allows; `minutes` is one of them."""

    event_type_id: int
    minutes: int
    lengths: tuple[int, ...] = ()
    when: When
    moving_uid: str | None = None
    zones: tuple[str, ...] = ()  # of the other people
    paging: Paging = Paging()


async def search(asked: Asked, calendar: CalendarReader, now: datetime) -> tuple[Found, ...]:
    """Find up to three times, best first; ways out where nothing fits; nothing when nothing is near.

    Raises CalendarUnavailable and its kin.
    """
    reach = _reach(asked.when, now)
    slots = await _open(asked, calendar, Window(start=reach.start, end=_end(reach) + BEYOND), asked.minutes)
    new = [slot for slot in _on_side(slots, asked.paging) if slot.start not in asked.paging.seen]
    exact = [slot for slot in new if fits(slot, asked.when, reach)]
    if exact:
        kind = in_waking_hours(exact, asked.zones) or exact
        return tuple(Found(slot=slot) for slot in choose_offer(kind, asked.when.zone))
    ways = (*_other_hours(new, asked.when, reach), *_other_days(new, asked.when, reach))
    return (*ways[: SHOWN - 1], *await _shorter(asked, calendar, reach))[:SHOWN] or ways[:SHOWN]


def fits(slot: Slot, when: When, within: Window) -> bool:
    """Whether a slot is what was asked for: it begins at a point, or lies wholly inside a stretch."""
    return any(_lies_in(slot, stretch) for stretch in spans(when, within))


def _lies_in(slot: Slot, stretch: Window) -> bool:
    if stretch.is_point:
        return slot.start == stretch.start
    return stretch.start <= slot.start and (stretch.end is None or slot.end <= stretch.end)


def _reach(when: When, now: datetime) -> Window:
    """From the first instant asked for to the last, never in the past."""
    starts = [window.start for window in when.windows] or [now]
    ends = [window.end or window.start + _tail(window) for window in when.windows] or [now + USUAL_REACH]
    start = max(now, min(starts))
    return Window(start=start, end=min(max(start, *ends), start + FARTHEST))


def _tail(window: Window) -> timedelta:
    return timedelta(minutes=1) if window.is_point else USUAL_REACH


def _end(window: Window) -> datetime:
    return window.end or window.start + USUAL_REACH


async def _open(asked: Asked, calendar: CalendarReader, reach: Window, minutes: int) -> tuple[Slot, ...]:
    """Read the open slots of whole local days, so that ways out on the same day are seen too."""
    zone = ZoneInfo(asked.when.zone)
    midnight = datetime.combine(reach.start.astimezone(zone).date(), time(), zone)
    return await calendar.open_slots(
        asked.event_type_id,
        start=midnight.astimezone(UTC),
        end=_end(reach).astimezone(UTC),
        minutes=minutes if len(asked.lengths) > 1 else None,
        moving_uid=asked.moving_uid,
    )


def _on_side(slots: Sequence[Slot], paging: Paging) -> list[Slot]:
    """Keep those later or earlier than what was shown last, where that was asked for."""
    shown = paging.seen[-SHOWN:]
    if not shown or paging.side == "any":
        return list(slots)
    if paging.side == "later":
        return [slot for slot in slots if slot.start > max(shown)]
    return [slot for slot in slots if slot.start < min(shown)]


def _other_hours(slots: Sequence[Slot], when: When, reach: Window) -> tuple[Found, ...]:
    """Other times on the days asked for, the nearest first."""
    if not when.hours and not _names_hours(when):
        return ()
    days = {window.start.astimezone(ZoneInfo(when.zone)).date() for window in spans(when, reach)}
    days = days or {window.start.astimezone(ZoneInfo(when.zone)).date() for window in when.windows}
    same_day = [slot for slot in slots if slot.start.astimezone(ZoneInfo(when.zone)).date() in days]
    allowed = [slot for slot in same_day if _is_allowed(slot, when)]
    return tuple(Found(slot=slot, relaxed="hours") for slot in nearest(allowed, reach.start, 1))


def _names_hours(when: When) -> bool:
    """Whether windows were narrowed to hours ("tomorrow afternoon"), rather than whole days."""
    zone = ZoneInfo(when.zone)
    return any(
        window.is_point or window.start.astimezone(zone).time() != time() or window.end is None
        for window in when.windows
    )


def _other_days(slots: Sequence[Slot], when: When, reach: Window) -> tuple[Found, ...]:
    """The hours asked for, on other days."""
    anyday = when.model_copy(update={"windows": (), "hours": when.hours or _hours_of(when)})
    beyond = Window(start=reach.start, end=_end(reach) + BEYOND)
    fitting = [slot for slot in slots if fits_hours(slot, anyday, beyond)]
    return tuple(Found(slot=slot, relaxed="days") for slot in first_of_each_half_day(fitting, when.zone))


def fits_hours(slot: Slot, anyday: When, within: Window) -> bool:
    """Whether a slot begins in the hours asked for, on any day."""
    return any(
        stretch.start <= slot.start and (stretch.end is None or slot.start < stretch.end)
        for stretch in spans(anyday, within)
    )


def _hours_of(when: When) -> tuple[Hours, ...]:
    return tuple(dict.fromkeys(_day_part(window, ZoneInfo(when.zone)) for window in when.windows))


def _day_part(window: Window, zone: ZoneInfo) -> Hours:
    """The hours of a window within its first day; a point stands for its own minute."""
    start = window.start.astimezone(zone)
    begin = start.hour * 60 + start.minute
    if window.is_point:
        return Hours(start=begin, end=begin + 1)
    end = window.end.astimezone(zone) if window.end else None
    if end is None or end.date() != start.date():
        return Hours(start=begin)
    return Hours(start=begin, end=end.hour * 60 + end.minute)


def _is_allowed(slot: Slot, when: When) -> bool:
    """Whether nothing that was excluded is touched; what was excluded never gives way."""
    only_without = When(
        zone=when.zone,
        without=when.without,
        without_hours=when.without_hours,
        without_weekdays=when.without_weekdays,
    )
    return fits(slot, only_without, Window(start=slot.start, end=slot.end))


async def _shorter(asked: Asked, calendar: CalendarReader, reach: Window) -> tuple[Found, ...]:
    """The longest shorter meeting that fits at the time asked for, where the event type has one."""
    shorter = [each for each in asked.lengths if SHORTEST_WORTHWHILE <= each < asked.minutes]
    for minutes in sorted(shorter, reverse=True):
        for slot in await _open(asked, calendar, reach, minutes):
            if fits(slot, asked.when, reach):
                return (Found(slot=slot, relaxed="shorter"),)
    return ()

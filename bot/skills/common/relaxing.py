"""Ways out when nothing fits: one wish gives way at a time, and what was excluded never does. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.scheduling.model import Slot
from bot.scheduling.offers import SHOWN, first_of_each_half_day, is_within_day, kindest, nearest
from bot.skills.common.fitting import (
    any_day,
    anytime,
    days_of,
    fitting,
    is_allowed,
    names_hours,
    names_instants,
)
from intents.frames import When, Window

Relaxed = Literal["hours", "days", "shorter"]


def other_hours(slots: Sequence[Slot], when: When, reach: Window, zones: Sequence[str]) -> tuple[Slot, ...]:
    """Other times on the days asked for, the nearest first. None where only days were named."""
    if not names_hours(when):
        return ()
    same_days = [slot for slot in _on_days(slots, when, reach, asked=True) if is_allowed(slot, when)]
    at = _asked_at(when, reach)
    return nearest(_kind(same_days, when, at, zones), at, SHOWN)


def _kind(slots: list[Slot], when: When, at: datetime, zones: Sequence[str]) -> list[Slot]:
    """Those that suit everybody's day, unless the very time asked for does not either."""
    wanted = [
        slot.model_copy(update={"start": at, "end": at + (slot.end - slot.start)}) for slot in slots[:1]
    ]
    was_kind = all(is_within_day(slot, zone) for slot in wanted for zone in zones)
    return kindest(slots, zones) if was_kind or not names_instants(when) else slots


def other_days(slots: Sequence[Slot], when: When, reach: Window, zones: Sequence[str]) -> tuple[Slot, ...]:
    """The hours asked for on the nearest other days, once each half day."""
    elsewhere = _fitting(_on_days(slots, when, reach, asked=False), any_day(when))
    heads = first_of_each_half_day(kindest(elsewhere, zones), when.zone)
    return nearest(heads, reach.start, SHOWN)


def far_off(slots: Sequence[Slot], when: When, zones: Sequence[str]) -> tuple[Slot, ...]:
    """The first times at the hours asked for, or at any other where those are never free."""
    free = _fitting(slots, any_day(when)) or _fitting(slots, anytime(when))
    return first_of_each_half_day(kindest(free, zones), when.zone)[:SHOWN]


def _on_days(slots: Sequence[Slot], when: When, reach: Window, *, asked: bool) -> list[Slot]:
    days, zone = days_of(when, reach), ZoneInfo(when.zone)
    return [slot for slot in slots if (slot.start.astimezone(zone).date() in days) is asked]


def _fitting(slots: Sequence[Slot], when: When) -> list[Slot]:
    return fitting(slots, when, Window(start=slots[0].start, end=slots[-1].end)) if slots else []


def _asked_at(when: When, reach: Window) -> datetime:
    """The first instant asked for: a point, or the first of the hours on the first day."""
    first = min((window.start for window in when.windows), default=reach.start)
    if not when.hours:
        return first
    opening = min(one.start for one in when.hours)
    local = first.astimezone(ZoneInfo(when.zone))
    return max(first, local.replace(hour=opening // 60, minute=opening % 60, second=0))

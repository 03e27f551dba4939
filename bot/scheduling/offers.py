"""Which of the open slots to show: pure choices among times."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scheduling.model import Slot

SHOWN = 3
NOON = 12
Day = tuple[int, int]  # from one hour of a day to another
USUAL_DAY: Day = (8, 18)
LONGER_DAYS: tuple[Day, ...] = ((7, 20), (6, 22))  # asked of people only where their usual days do not meet


def choose_offer(slots: Sequence[Slot], zone: str, limit: int = SHOWN) -> tuple[Slot, ...]:
    """Pick a few slots, in order: the first of each half day; within a single half day, evenly between.

    `zone` is the IANA zone in which half days are counted.
    """
    heads = first_of_each_half_day(slots, zone)
    if len(heads) >= limit or len(heads) == len(slots):
        return heads[:limit]
    shown = {slot.start for slot in heads}
    rest = [slot for slot in slots if slot.start not in shown]
    return tuple(sorted((*heads, *evenly(rest, limit - len(heads))), key=lambda slot: slot.start))


def first_of_each_half_day(slots: Iterable[Slot], zone: str) -> tuple[Slot, ...]:
    """Pick the first slot of each local morning and of each local afternoon."""
    firsts: dict[tuple[date, bool], Slot] = {}
    for slot in slots:
        local = slot.start.astimezone(ZoneInfo(zone))
        firsts.setdefault((local.date(), local.hour < NOON), slot)
    return tuple(firsts.values())


def evenly(slots: Sequence[Slot], limit: int) -> tuple[Slot, ...]:
    """Pick slots that are spread over all of them, the last one included."""
    if len(slots) <= limit:
        return tuple(slots)
    return tuple(slots[(i + 1) * len(slots) // limit - 1] for i in range(limit))


def kindest(slots: Sequence[Slot], zones: Sequence[str]) -> list[Slot]:
    """Keep those that lie in everybody's usual day; where there are none, in a longer one; else all.

    `zones` are the people's IANA zones.
    """
    different = set(zones)
    for day in (USUAL_DAY, *LONGER_DAYS):
        kept = [slot for slot in slots if all(is_within_day(slot, zone, day) for zone in different)]
        if kept:
            return kept
    return list(slots)


def is_within_day(slot: Slot, zone: str, day: Day = USUAL_DAY) -> bool:
    """Whether a slot lies between two full hours of one local day."""
    start, end = slot.start.astimezone(ZoneInfo(zone)), slot.end.astimezone(ZoneInfo(zone))
    last = end.hour + (end.minute > 0) if end.date() == start.date() else 24
    return start.hour >= day[0] and last <= day[1]


def nearest(slots: Iterable[Slot], asked: datetime, limit: int) -> tuple[Slot, ...]:
    """Pick the slots that begin closest to an instant, the closest first."""

    def distance(slot: Slot) -> tuple[timedelta, datetime]:
        return abs(slot.start - asked), slot.start

    return tuple(sorted(slots, key=distance)[:limit])

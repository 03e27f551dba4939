"""Which of the open slots to show: pure choices among times."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.scheduling.model import Slot

SHOWN = 3
NOON = 12
WAKING = (time(8), time(18))


def choose_offer(slots: Sequence[Slot], zone: str, limit: int = SHOWN) -> tuple[Slot, ...]:
    """Pick a few slots, in order: the first of each half day; within a single half day, evenly between.

    `zone` is the IANA zone in which half days are counted.
    """
    heads = first_of_each_half_day(slots, zone)
    if len(heads) >= limit or len(heads) == len(slots):
        return heads[:limit]
    rest = [slot for slot in slots if slot not in heads]
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


def in_waking_hours(slots: Iterable[Slot], zones: Sequence[str]) -> list[Slot]:
    """Keep those that lie between 8:00 and 18:00 for everybody (IANA zones of the people)."""
    return [slot for slot in slots if all(_is_awake(slot, ZoneInfo(zone)) for zone in zones)]


def _is_awake(slot: Slot, zone: ZoneInfo) -> bool:
    start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
    return start.date() == end.date() and WAKING[0] <= start.time() and end.time() <= WAKING[1]


def nearest(slots: Iterable[Slot], asked: datetime, limit: int) -> tuple[Slot, ...]:
    """Pick the slots that begin closest to an instant, the closest first."""
    return tuple(sorted(slots, key=lambda slot: (abs(slot.start - asked), slot.start))[:limit])

"""When several people can: their free time, and the slots that suit all of them or most of them. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.scheduling.model import Person, Slot

FEWEST_FOR_MOST = 2  # with fewer calendars beside the host's, a time without somebody is no meeting of theirs

Stretch = tuple[datetime, datetime]  # half-open, aware, in UTC


@dataclass(frozen=True)
class Seen:
    """Somebody whose calendar was read. `free`: sorted and disjoint; `is_needed`: not without them."""

    person: Person
    free: tuple[Stretch, ...]
    is_needed: bool = False

    def can(self, slot: Slot) -> bool:
        """Whether the slot lies wholly inside one of their free stretches."""
        place = bisect_right(self.free, slot.start, key=_start) - 1
        return place >= 0 and slot.end <= self.free[place][1]


@dataclass(frozen=True)
class Company:
    """Those who come beside the host, the most important first. `silent`: whose calendar did not answer."""

    seen: tuple[Seen, ...] = ()
    silent: tuple[Person, ...] = ()

    def without(self, slot: Slot) -> tuple[Person, ...]:
        """Who cannot come at this time."""
        return tuple(one.person for one in self.seen if not one.can(slot))


@dataclass(frozen=True)
class Partly:
    """A time that suits most. `without`: whom it does not suit."""

    slot: Slot
    without: tuple[Person, ...]


def free_of(slots: Iterable[Slot], *more: Stretch) -> tuple[Stretch, ...]:
    """What bookable times come to: overlapping and touching ones are one stretch. `more` is free, too."""
    merged: list[Stretch] = []
    for start, end in sorted((*((one.start, one.end) for one in slots), *more)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def for_all(slots: Iterable[Slot], company: Company) -> list[Slot]:
    """The slots at which everybody can whose calendar was read."""
    if not company.seen:
        return list(slots)
    return [slot for slot in slots if all(one.can(slot) for one in company.seen)]


def for_most(slots: Iterable[Slot], company: Company) -> list[Partly]:
    """The slots at which not all of them can, but half or more, and nobody is missing who is needed.

    Those with the fewest missing come first; of as many, those without the least important ones.
    """
    if len(company.seen) < FEWEST_FOR_MOST:
        return []
    found = [(places, slot) for slot in slots if _is_enough(places := _missing(slot, company), company)]
    found.sort(key=lambda one: (_rank(one[0]), one[1].start))
    return [Partly(slot, tuple(company.seen[place].person for place in places)) for places, slot in found]


def nobodys(slots: Iterable[Slot], company: Company) -> tuple[Person, ...]:
    """Those who can at none of these times."""
    known = list(slots)
    return tuple(one.person for one in company.seen if not any(one.can(slot) for slot in known))


def _missing(slot: Slot, company: Company) -> tuple[int, ...]:
    """The places of those who cannot."""
    return tuple(place for place, one in enumerate(company.seen) if not one.can(slot))


def _is_enough(places: Sequence[int], company: Company) -> bool:
    return 0 < 2 * len(places) <= len(company.seen) and not any(company.seen[one].is_needed for one in places)


def _rank(places: Sequence[int]) -> tuple[int, list[int]]:
    return len(places), [-place for place in reversed(places)]


def _start(stretch: Stretch) -> datetime:
    return stretch[0]

"""Reads when those who come are free, all at once, each through their own connection, and only that."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.scheduling.errors import CalendarError, NotThere
from bot.scheduling.model import CalendarRef, EventType, Obstacle, Person, Slot
from bot.scheduling.ports import CalendarReader, CalendarReaders
from bot.skills.common.company import Company, Seen, Stretch, free_of
from bot.skills.common.desk import Desk

KINDS_ASKED = 3  # of somebody's meetings
PATIENCE = 4.0  # seconds; who has not answered by then holds up nobody else
UNTELLING: frozenset[Obstacle | None] = frozenset({"managed", "seats"})  # open where their owner is not free


class Linked(NamedTuple):
    """Somebody whose own calendar is connected. `is_needed`: there is no meeting without them."""

    person: Person
    ref: CalendarRef
    is_needed: bool = False


class Gathering:
    """Those who come beside the host, the most important first. What was read is asked only once.

    `moved`: the present time of a meeting of theirs that is to be moved, which does not keep them busy.
    """

    def __init__(
        self, calendars: CalendarReaders, linked: Sequence[Linked] = (), moved: Stretch | None = None
    ) -> None:
        self._calendars = calendars
        self._linked = linked
        self._moved = (moved,) if moved else ()
        self._read: list[tuple[Stretch, Company]] = []

    def __bool__(self) -> bool:
        """Whether there is anybody to ask."""
        return bool(self._linked)

    @property
    def seen(self) -> tuple[Person, ...]:
        """Whose calendar was read whenever it was asked."""
        mute = self.silent
        return tuple(one.person for one in self._linked if one.person not in mute) if self._read else ()

    @property
    def silent(self) -> tuple[Person, ...]:
        """Whose calendar has not answered."""
        mute = [one for _, company in self._read for one in company.silent]
        return tuple(one.person for one in self._linked if one.person in mute)

    async def company(self, start: datetime, end: datetime) -> Company:
        """When they are free within `[start, end)`."""
        for (first, last), company in self._read:
            if first <= start and end <= last:
                return company
        found = await asyncio.gather(*(self._seen(one, start, end) for one in self._linked))
        silent = (one.person for one, seen in zip(self._linked, found, strict=True) if seen is None)
        company = Company(seen=tuple(one for one in found if one), silent=tuple(silent))
        self._read.append(((start, end), company))
        return company

    async def _seen(self, one: Linked, start: datetime, end: datetime) -> Seen | None:
        """None: their calendar did not say."""
        try:
            async with asyncio.timeout(PATIENCE):
                slots = await open_slots_of(self._calendars.reader(one.ref), start, end)
        except (CalendarError, TimeoutError):
            return None
        return Seen(one.person, free_of(slots, *self._moved), one.is_needed)


async def gathered(
    people: Sequence[Person], host: CalendarRef, host_email: str, desk: Desk, moved: Stretch | None = None
) -> Gathering:
    """Those of the people who are not the host and have connected their own calendar; the speaker is needed.

    Visitors of the workspace are not told when its members are free. Raises CalendarUnavailable.
    """
    if desk.speaker.is_visitor:
        return Gathering(desk.calendars)
    others = [one for one in people if one.id != host.person and not _has(one, host_email)]
    refs = await desk.linked([one.id for one in others]) if others else {}
    linked = [Linked(one, refs[one.id], one.id == desk.speaker.id) for one in others if one.id in refs]
    return Gathering(desk.calendars, linked, moved)


def _has(person: Person, email: str) -> bool:
    return bool(email) and (person.email or "").lower() == email.lower()


async def open_slots_of(calendar: CalendarReader, start: datetime, end: datetime) -> list[Slot]:
    """All that can be booked with the owner of a calendar, so that hours, notice and buffers are kept.

    Raises NotThere where there is no kind of meeting that tells.
    """
    kinds = telling(await calendar.event_types())
    if not kinds:
        raise NotThere("no event types")
    found = await asyncio.gather(
        *(calendar.open_slots(one.id, start=start, end=end, minutes=_shortest(one)) for one in kinds)
    )
    return [slot for slots in found for slot in slots]


def telling(types: Iterable[EventType]) -> tuple[EventType, ...]:
    """The few kinds of meetings that tell when their owner is free: one of all that have the same terms,
    public ones first, then short ones."""
    honest = sorted((one for one in types if one.obstacle not in UNTELLING), key=_rank)
    different = {one.terms or str(one.id): one for one in reversed(honest)}
    return tuple(sorted(different.values(), key=_rank)[:KINDS_ASKED])


def _rank(kind: EventType) -> tuple[bool, int]:
    return kind.hidden, min(kind.lengths or (kind.minutes,))


def _shortest(kind: EventType) -> int | None:
    """The length to ask for, where there are several."""
    return min(kind.lengths) if len(kind.lengths) > 1 else None

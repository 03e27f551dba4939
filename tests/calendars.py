"""One calendar that serves everybody, as where the settings have the only key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.means import Means
from bot.scheduling.errors import ReconnectNeeded
from bot.scheduling.later_found import LaterFound
from bot.scheduling.model import SHARED, CalendarRef


@dataclass(frozen=True)
class Only:
    """Implements `Calendars`."""

    one: Any

    async def serving(self, person_id: str) -> CalendarRef:
        return SHARED

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        return {}

    async def preferred_host(self, person_id: str) -> None:
        return None

    async def usual_kind(self, channel: str) -> None:
        return None

    def for_a_turn(self) -> Any:
        return self

    def reader(self, ref: CalendarRef) -> Any:
        return self.one

    def calendar(self, ref: CalendarRef) -> Any:
        return self.one

    def holds(self, ref: CalendarRef) -> Any:
        return self.one


def only(calendar: Any) -> Only:
    """This calendar for everybody."""
    return Only(calendar)


def of(means: Means) -> Any:
    """The calendar that serves everybody."""
    return means.calendars.calendar(SHARED)


@dataclass(frozen=True)
class Each:
    """Implements `Calendars`: each of these people has a calendar of their own."""

    readers: Mapping[str, Any]

    async def serving(self, person_id: str) -> CalendarRef | None:
        return CalendarRef(person=person_id, account="own") if person_id in self.readers else None

    async def linked(self, people: Sequence[str]) -> Mapping[str, CalendarRef]:
        return {one: CalendarRef(person=one, account="own") for one in people if one in self.readers}

    async def preferred_host(self, person_id: str) -> None:
        return None

    async def usual_kind(self, channel: str) -> None:
        return None

    def for_a_turn(self) -> Any:
        return self

    def reader(self, ref: CalendarRef) -> Any:
        return self.readers.get(ref.person) or LaterFound(_gone)

    def calendar(self, ref: CalendarRef) -> Any:
        return self.readers.get(ref.person) or LaterFound(_gone)

    def holds(self, ref: CalendarRef) -> Any:
        return self.readers.get(ref.person) or LaterFound(_gone)


async def _gone() -> Any:
    raise ReconnectNeeded("disconnected")

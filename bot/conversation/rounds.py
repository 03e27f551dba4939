"""Every so often all calendars are looked through, each as work of its own: what was missed is caught up."""

from datetime import datetime
from typing import Literal, Protocol

from bot.scheduling.model import CalendarRef, Value


class Round(Value):
    """This calendar's turn. Whatever looks through calendars now and then does it then (`rounds.Rounds`)."""

    kind: Literal["round"] = "round"
    id: str  # of the calendar and the period
    team: str
    calendar: CalendarRef
    at: datetime

    @property
    def lane(self) -> str:
        """One round of a calendar at a time."""
        return f"{self.team}:round:{self.calendar.person}/{self.calendar.account}"


class Marks(Protocol):
    """How far each calendar was looked through. All of it raises StoreUnavailable."""

    async def reached(self, team: str, calendar: CalendarRef) -> datetime | None:
        """What changed until then has been told. None: nobody has looked lately."""

    async def reach(self, team: str, calendar: CalendarRef, at: datetime) -> None:
        """It has been, until then."""


class Hooks(Protocol):
    """The calendar's own news, sent to us as they happen."""

    async def keep(self, calendar: CalendarRef) -> None:
        """Have them sent, and mend what is broken. Raises CalendarError, StoreUnavailable."""

    async def drop(self, calendar: CalendarRef) -> None:
        """Have nothing sent any more, if that can be done at once. Raises nothing."""


class NoHooks:
    """A `Hooks` where nobody can reach us."""

    async def keep(self, calendar: CalendarRef) -> None:
        """Nothing."""

    async def drop(self, calendar: CalendarRef) -> None:
        """Nothing."""


class NoMarks:
    """A `Marks` that forgets at once."""

    async def reached(self, team: str, calendar: CalendarRef) -> datetime | None:
        """Nobody knows."""

    async def reach(self, team: str, calendar: CalendarRef, at: datetime) -> None:
        """Nothing."""

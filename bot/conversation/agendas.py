"""Works that send somebody their agenda, each once."""

from datetime import date, datetime
from typing import Literal

from bot.scheduling.model import Value

Stretch = Literal["day", "week"]


class AgendaDue(Value):
    """Time for somebody's agenda: of this day of theirs, or of the week that begins with it."""

    kind: Literal["agenda"] = "agenda"
    id: str  # of whose, and of the day: there is one of each
    team: str
    person: str
    of: Stretch
    day: date
    at: datetime

    @property
    def lane(self) -> str:
        """In which it waits."""
        return f"{self.team}:agenda:{self.person}"

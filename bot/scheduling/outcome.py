"""What a write came to: done, not done, or nobody can tell yet."""

from dataclasses import dataclass
from typing import Literal

from bot.scheduling.errors import CalendarError
from bot.scheduling.model import Booking


@dataclass(frozen=True)
class Done:
    """It has happened, by our hand or another's. `booking`: as it is now."""

    booking: Booking
    kind: Literal["done"] = "done"


@dataclass(frozen=True)
class NotDone:
    """It has not happened, and will not by itself. `error`: why."""

    error: CalendarError
    kind: Literal["not_done"] = "not_done"


@dataclass(frozen=True)
class Unknown:
    """It may have happened, or may still: look, never repeat it blindly. `error`: why nobody can tell."""

    error: CalendarError
    kind: Literal["unknown"] = "unknown"


Outcome = Done | NotDone | Unknown

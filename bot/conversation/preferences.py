"""How somebody wants to be told of things, and likes to meet. All times of day are theirs."""

from datetime import time
from typing import Final, Literal

from bot.scheduling.model import Value
from intents.frames import Habit

# What can be switched off each for itself.
Told = Literal["booked", "requested", "moved", "cancelled", "changed", "reminder"]
WORKDAYS: Final = (0, 1, 2, 3, 4)  # Monday is 0


class Quiet(Value):
    """Nothing is said from `start` to `end`, which may lie on the next day."""

    start: time
    end: time


class Preferences(Value):
    """Of one person. What nobody has set is as most people like it.

    `reminder`: minutes before a meeting. `agenda`: when the day's is sent, on `agenda_days`; `week`: when the
    week's is sent, on the first day of theirs. None: not at all. `rules`: "no calls before ten". `minutes`:
    how long meetings usually are. `is_met`: they have used the bot, and may be written to unasked.
    """

    team: str
    person: str
    silent: tuple[Told, ...] = ()
    quiet: Quiet | None = None
    reminder: int | None = 10
    agenda: time | None = time(8, 30)
    agenda_days: tuple[int, ...] = WORKDAYS
    week: time | None = None
    rules: tuple[Habit, ...] = ()
    minutes: int | None = None
    is_met: bool = False

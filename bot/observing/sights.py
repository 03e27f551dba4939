"""What does not tell of itself, and so is looked at now and then."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation.ports import Backlog


@dataclass(frozen=True)
class Sights:
    """Whom to ask. `backlog` may raise StoreUnavailable, `budget_left` CalendarUnavailable."""

    backlog: Callable[[], Awaitable[Backlog]]
    budget_left: Callable[[], Awaitable[int]]  # requests that may be sent to the calendar at once
    is_gone: Callable[[], bool]  # whether the calendar counts as gone

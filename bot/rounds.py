"""Makes the rounds of calendars: catches up with what was missed, and whatever else is due now and then."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from bot.conversation.rounds import Hooks, Round
from bot.scheduling.errors import CalendarError, DirectoryUnavailable

log = logging.getLogger(__name__)

Caller = Callable[[Round], Awaitable[None]]


class Rounds:
    """Each caller looks through the calendar for purposes of its own; one that fails keeps none from theirs.

    What cannot be done now is done with the next round: callers begin where they have ended.
    """

    def __init__(self, callers: Sequence[Caller]) -> None:
        self._callers = tuple(callers)

    async def make(self, work: Round) -> None:
        """Let all of them look. Raises StoreUnavailable, QueueUnavailable: then it is done again."""
        for call in self._callers:
            try:
                await call(work)
            except (CalendarError, DirectoryUnavailable) as error:
                log.info("round not made team=%s error=%s", work.team, type(error).__name__)


class Listening:
    """Sees to it that a calendar's news reach us as they happen."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks

    async def call(self, work: Round) -> None:
        """Make it so, or mend it. Raises CalendarError, StoreUnavailable."""
        await self._hooks.keep(work.calendar)

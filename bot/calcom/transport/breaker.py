"""Refuses at once what would only wait for a server that cannot be reached."""

import logging

from bot.scheduling.errors import CalendarUnavailable

FAILURES = 6  # in a row; a read that fails has three
PAUSE = 3.0  # seconds between two requests that find out whether it is back

log = logging.getLogger(__name__)


class Breaker:
    """Of one host. `now` is always in monotonic seconds, and so is `pause`; without one it never refuses."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._failures = 0
        self._closed_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the host counts as gone."""
        return self._failures >= FAILURES

    def refuse(self, now: float) -> None:
        """Raise CalendarUnavailable while there is nothing to be had; costs nothing."""
        if self.is_open and now < self._closed_until:
            raise CalendarUnavailable("host_not_reached_lately", retry_after=self._closed_until - now)

    def admit(self, now: float) -> None:
        """Right before sending: the same, but whoever comes after the pause finds out for all the others."""
        self.refuse(now)
        if self.is_open:
            self._closed_until = now + self._pause

    def reached(self) -> None:
        """The host answered, be it with an error of its own."""
        if self.is_open:
            log.info("calcom is back")
        self._failures = 0

    def missed(self, now: float) -> None:
        """It could not be reached."""
        self._failures += 1
        if self._failures == FAILURES:
            log.warning("calcom not reached %d times in a row, refusing calls for a while", FAILURES)
        self._closed_until = now + self._pause

    def forget(self) -> None:
        """Know nothing, as at the beginning."""
        self._failures = 0

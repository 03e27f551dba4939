"""What fails again and again is logged once, and once more when it works again."""

import logging

from bot.jobs.traces import safe_trace


class Outages:
    """Of one logger. While something fails, only its first failure is told."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._failing: set[str] = set()

    def fails(self, what: str, error: BaseException) -> None:
        """It has failed (again)."""
        if what not in self._failing:
            self._log.error("%s fails, and is tried until it works error=%s", what, safe_trace(error))
        self._failing.add(what)

    def works(self, what: str) -> None:
        """It has not failed."""
        if what in self._failing:
            self._log.info("%s works again", what)
        self._failing.discard(what)

"""Numbers that never repeat: message timestamps from the clock, and counted ids."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

A_SECOND = 1_000_000  # microseconds


class Stamps:
    """Unique, increasing message timestamps, also when the clock stands still."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0
        self._counts = count(1)

    def reset(self) -> None:
        """Go on from the clock's time, if that was put back."""
        if self._last > self._micros() + A_SECOND:
            self._last = 0

    def now(self) -> datetime:
        """The world's time."""
        return self._clock()

    def ts(self, at: datetime | None = None) -> str:
        """The next timestamp, of `at` or now, or just after the last; in seconds, as Slack's."""
        self._last = max(self._micros(at), self._last + 1)
        return f"{self._last // A_SECOND}.{self._last % A_SECOND:06d}"

    def next_id(self, prefix: str) -> str:
        """An id such as `Ev000000000A` that is not given twice."""
        return f"{prefix}{next(self._counts):010X}"

    def _micros(self, at: datetime | None = None) -> int:
        now = at or self._clock()
        return int(now.timestamp()) * A_SECOND + now.microsecond

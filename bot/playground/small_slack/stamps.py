"""Numbers that never repeat: message timestamps from the clock, and counted ids."""

from collections.abc import Callable
from datetime import datetime
from itertools import count


class Stamps:
    """Unique, increasing message timestamps, also when the clock stands still."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0
        self._counts = count(1)

    def now(self) -> datetime:
        """The world's time."""
        return self._clock()

    def ts(self) -> str:
        """The next timestamp: seconds with six decimals, as Slack's."""
        now = self._clock()
        micros = int(now.timestamp()) * 1_000_000 + now.microsecond
        self._last = max(micros, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def next_id(self, prefix: str) -> str:
        """An id such as `Ev000000000A` that is not given twice."""
        return f"{prefix}{next(self._counts):010X}"

"""The rate limit: so many requests a minute for each key, and whoever has none shares one."""

from collections.abc import Callable
from dataclasses import dataclass

WINDOW = 60.0  # seconds


@dataclass
class Meter:
    """One caller's current minute."""

    begins: float
    used: int = 0


class RateLimit:
    """Counts. `seconds` is a monotonic clock."""

    def __init__(self, seconds: Callable[[], float], limit: int = 120) -> None:
        self._seconds = seconds
        self.limit = limit
        self._meters: dict[str, Meter] = {}

    def count(self, caller: str) -> bool:
        """Count a request; False when it is one too many."""
        meter = self._meter(caller)
        meter.used += 1
        return meter.used <= self.limit

    def headers(self, caller: str) -> dict[str, str]:
        """What every answer says; the reset is in seconds from now."""
        meter = self._meter(caller)
        left = max(0, self.limit - meter.used)
        resets = max(1, round(meter.begins + WINDOW - self._seconds()))
        said = {"Limit": self.limit, "Remaining": left, "Reset": resets}
        return {f"X-RateLimit-{name}-Default": str(value) for name, value in said.items()}

    def forget(self) -> None:
        """Start all over."""
        self._meters.clear()

    def _meter(self, caller: str) -> Meter:
        now = self._seconds()
        meter = self._meters.get(caller)
        if meter is None or now >= meter.begins + WINDOW:
            meter = self._meters[caller] = Meter(now)
        return meter

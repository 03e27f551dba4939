"""Remembers what Cal.com last said about its rate limit, to leave courtesies out when it is short."""

from collections.abc import Callable, Mapping

from bot.calcom.limits import rate_headers


class RateBudget:
    """What is left of the current minute. Cal.com allows 120 requests a minute for each key."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._left: int | None = None
        self._until = 0.0

    def note(self, headers: Mapping[str, str]) -> None:
        """Take in an answer's headers; their names end in the limit's own name (`-Default`)."""
        said = rate_headers(headers)
        if "remaining" in said:
            self._left = int(said["remaining"])
            self._until = self._seconds() + said.get("reset", 60.0)

    def forget(self) -> None:
        """Know nothing, as at the beginning."""
        self._left = None

    @property
    def left(self) -> int | None:
        """Requests that may still be sent; None when it is not known (any more)."""
        return self._left if self._seconds() < self._until else None

    def is_short(self, wanted: int) -> bool:
        """Whether fewer than this many are known to be left."""
        return self.left is not None and self.left < wanted

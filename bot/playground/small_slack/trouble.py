"""Trouble on demand, for the next calls: rate limits, server errors, refusals, slowness, lost answers."""

from dataclasses import dataclass
from typing import Literal

ANY = "*"
Kind = Literal["limit", "fail", "refuse", "slow", "lose"]


@dataclass
class Fault:
    """One kind of trouble. `times` counts down."""

    kind: Kind
    method: str
    times: int
    seconds: float = 0.0
    status: int = 500
    error: str = ""


class Trouble:
    """What is to go wrong. Methods are Web API names, `respond` for response_urls, or `*` for all.

    `twice`: every event, interaction and command is delivered twice, until this is over.
    """

    def __init__(self) -> None:
        self.twice = False
        self._faults: list[Fault] = []

    def limit(self, method: str = ANY, *, times: int = 1, retry_after: int = 1) -> None:
        """Answer 429 `ratelimited` with Retry-After in seconds; nothing is done."""
        self._faults.append(Fault("limit", method, times, seconds=retry_after))

    def fail(self, method: str = ANY, *, times: int = 1, status: int = 500) -> None:
        """Answer with a server error; nothing is done."""
        self._faults.append(Fault("fail", method, times, status=status))

    def refuse(self, method: str, error: str, *, times: int = 1) -> None:
        """Answer `ok: false` with this error; nothing is done."""
        self._faults.append(Fault("refuse", method, times, error=error))

    def slow(self, method: str = ANY, *, seconds: float, times: int = 1) -> None:
        """Wait before doing it."""
        self._faults.append(Fault("slow", method, times, seconds=seconds))

    def lose(self, method: str = ANY, *, times: int = 1) -> None:
        """Do it, then break the connection instead of answering."""
        self._faults.append(Fault("lose", method, times))

    def end(self) -> None:
        """No more trouble."""
        self.twice = False
        self._faults.clear()

    def met(self, method: str) -> Fault | None:
        """The first trouble that waits for this method, used up once."""
        found = next((one for one in self._faults if one.method in (method, ANY)), None)
        if found is None:
            return None
        found.times -= 1
        if found.times <= 0:
            self._faults.remove(found)
        return found

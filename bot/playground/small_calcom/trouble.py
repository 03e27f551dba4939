"""Faults on demand: slow, down, over its limit, or losing the answers of work that it did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Fault = Literal["down", "rate_limited", "fail"]


def everything(method: str, path: str) -> bool:
    """Trouble with every call."""
    return True


def writes_bookings(method: str, path: str) -> bool:
    """What makes, moves, ends or answers a booking."""
    return method in ("POST", "PATCH", "DELETE") and path.startswith("/v2/bookings")


@dataclass
class Trouble:
    """Set the fields; `touches(method, path)` says which calls they concern.

    `lose_answers`: "drop" closes the connection after the work is done, "hang" never answers
    (only on a real connection: in memory nobody ever hangs up); of those touched, the calls that
    `loses_of(method, path)` names.
    `fail_next`: so many calls get a 500, then all is well again; they do no work.
    `snatch`: the next booking or move by the API finds that somebody else has just taken its time.
    """

    delay: float = 0.0  # seconds
    down: bool = False
    rate_limited: bool = False
    lose_answers: Literal["drop", "hang"] | None = None
    fail_next: int = 0
    snatch: bool = False
    touches: Callable[[str, str], bool] = everything
    loses_of: Callable[[str, str], bool] = everything

    def clear(self) -> None:
        """All is well again."""
        self.delay, self.down, self.rate_limited, self.fail_next = 0.0, False, False, 0
        self.lose_answers, self.snatch = None, False
        self.touches = self.loses_of = everything

    def fault(self, method: str, path: str) -> Fault | None:
        """What goes wrong before any work is done."""
        if not self.touches(method, path):
            return None
        if self.fail_next > 0:
            self.fail_next -= 1
            return "fail"
        if self.down:
            return "down"
        return "rate_limited" if self.rate_limited else None

    def loses(self, method: str, path: str) -> Literal["drop", "hang"] | None:
        """How the answer gets lost after the work is done."""
        return self.lose_answers if self.touches(method, path) and self.loses_of(method, path) else None

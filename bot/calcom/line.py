"""What all accounts at one server share: connections, pace, and who listens in."""

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from bot.calcom.breaker import Breaker
from bot.calcom.pace import Pace
from bot.calcom.reads import Reads
from bot.calcom.server import Server

# Told after each call: method, path template (never the path: it may hold a uid), the status or None without
# an answer, seconds.
OnCall = Callable[[str, str, int | None, float], None]


@dataclass(frozen=True)
class Line:
    """The line to one server."""

    http: httpx.AsyncClient
    server: Server
    pace: Pace = field(default_factory=Pace)
    on_call: OnCall | None = None
    breaker: Breaker = field(default_factory=Breaker)
    reads: Reads | None = None  # without, everything is read anew

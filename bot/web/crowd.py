"""Nobody keeps others out: how many may connect, and how long and how much they may say.

uvicorn waits without end for a request that never gets complete, and httptools keeps whatever is called
a header. Both are answered here, for both of uvicorn's parsers: a connection counts what it hears between
two answers, and once a second somebody looks who is still waiting. A turn does not feel it.
"""

import asyncio
import itertools
import resource
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

LONGEST_HEADERS: Final = 65_536  # bytes; h11's own limit
LONGEST_REQUEST: Final = (
    24_000_000  # bytes; the guards refuse a body long before, and hear it out for a while
)
MOST_AHEAD: Final = 32  # requests sent before the answer to the first
PATIENCE: Final = 10  # looks, one a second, at a connection that asks nothing or takes no answer
MOST_CONNECTIONS: Final = 1000

_coming = itertools.count()

if TYPE_CHECKING:
    Parsing = asyncio.Protocol
else:
    Parsing = AutoHTTPProtocol


class Visitor(Parsing):
    """One connection, with uvicorn's parser for it. Its limits end it without an answer."""

    cycle: Any  # uvicorn's: the newest request; None before the first
    connections: "set[Visitor]"
    transport: asyncio.Transport
    flow: Any

    heard = 0  # bytes since the last answer
    looks = 0  # at which nothing was asked
    since = 0  # in the order of coming, or of the last answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take it in; where too many are connected, somebody else goes who asks nothing."""
        super().connection_made(transport)
        self.since = next(_coming)
        if len(self.connections) > most_connections():
            make_room(self.connections, self)

    def data_received(self, data: bytes) -> None:
        """Hear it, as far as it stays within the limits."""
        super().data_received(data)
        self.heard += len(data)
        if self.heard > LONGEST_HEADERS and (self.asks_nothing or self.heard > LONGEST_REQUEST):
            self.transport.abort()
        if len(getattr(self, "pipeline", ())) > MOST_AHEAD:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """Begin to count anew."""
        self.heard, self.looks, self.since = 0, 0, next(_coming)
        super().on_response_complete()  # type: ignore[misc]  # uvicorn's parsers have it

    @property
    def asks_nothing(self) -> bool:
        """Whether it has brought no whole head of a request since its last answer."""
        return self.cycle is None or self.cycle.response_complete

    @property
    def is_unheard(self) -> bool:
        """Whether its request is not complete, if it has any."""
        return self.asks_nothing or self.cycle.more_body

    def look(self) -> None:
        """End it when it has asked nothing, or taken nothing of its answer, for too long."""
        self.looks = self.looks + 1 if self.asks_nothing or self.flow.write_paused else 0
        if self.looks > PATIENCE:
            self.transport.abort()


def make_room(visitors: set[Visitor], newest: Visitor) -> None:
    """Send home who has kept us waiting longest; the newest itself where everybody is being served."""
    waiting = (one for one in visitors if one.is_unheard and not one.transport.is_closing())
    min(waiting, key=lambda one: one.since, default=newest).transport.abort()


def most_connections() -> int:
    """How many may be connected: half of what this process may open, for it has errands of its own."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, soft // 2)

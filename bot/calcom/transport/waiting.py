"""The order in which requests wait: the urgent ones first, and people who share a credential in turn."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.scheduling.asking import Urgency


@dataclass(eq=False)
class Ticket:
    """One request that waits. `until`: as long as it makes sense, in monotonic seconds."""

    credential: str
    person: str
    urgency: Urgency
    until: float
    turn: asyncio.Future[float] = field(repr=False)

    @property
    def asker(self) -> tuple[str, str]:
        """Whose turn it is when it is this one's."""
        return self.credential, self.person


class WaitingLine:
    """Tickets, by urgency; within one, each asker has one in turn."""

    def __init__(self) -> None:
        self._lines: dict[Urgency, OrderedDict[tuple[str, str], deque[Ticket]]] = {
            urgency: OrderedDict() for urgency in Urgency
        }

    def __bool__(self) -> bool:
        return any(self._lines.values())

    def __iter__(self) -> Iterator[Ticket]:
        """All of them, urgent ones first."""
        return (one for line in self._lines.values() for waiting in line.values() for one in waiting)

    def add(self, ticket: Ticket) -> None:
        """Let it wait behind its asker's others."""
        self._lines[ticket.urgency].setdefault(ticket.asker, deque()).append(ticket)

    def first(self, may_go: Callable[[Ticket], bool]) -> Ticket | None:
        """Whose turn it is, of those that may go. It goes on waiting until it is taken out."""
        heads = (waiting[0] for line in self._lines.values() for waiting in line.values())
        return next((one for one in heads if may_go(one)), None)

    def called(self, ticket: Ticket) -> None:
        """Take it out; its asker's next one waits behind everybody else's."""
        self.remove(ticket)
        line = self._lines[ticket.urgency]
        if ticket.asker in line:
            line.move_to_end(ticket.asker)

    def remove(self, ticket: Ticket) -> None:
        """Take it out, wherever it stands; harmless when it is gone."""
        line = self._lines[ticket.urgency]
        waiting = line.get(ticket.asker)
        if waiting and ticket in waiting:
            waiting.remove(ticket)
            if not waiting:
                del line[ticket.asker]

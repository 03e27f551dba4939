"""The order in which many wait for few places: the urgent ones first, and whoever has many waiting in turn
with the others."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar


class Waits(Protocol):
    """One that waits. It is known by its identity: two that are alike are still two."""

    @property
    def urgency(self) -> int:
        """The lower, the sooner."""

    @property
    def asker(self) -> Hashable:
        """Whose turn it is when it is this one's."""


One = TypeVar("One", bound=Waits)


class WaitingLine(Generic[One]):
    """Those who wait, by urgency; within one, each asker has one in turn. `urgencies`: all that there are."""

    def __init__(self, urgencies: Iterable[int]) -> None:
        self._lines: dict[int, OrderedDict[Hashable, deque[One]]] = {
            urgency: OrderedDict() for urgency in sorted(urgencies)
        }

    def __bool__(self) -> bool:
        return any(self._lines.values())

    def __iter__(self) -> Iterator[One]:
        """All of them, urgent ones first."""
        return (one for line in self._lines.values() for waiting in line.values() for one in waiting)

    def add(self, one: One) -> None:
        """Let it wait behind its asker's others."""
        self._lines[one.urgency].setdefault(one.asker, deque()).append(one)

    def first(self, may_go: Callable[[One], bool]) -> One | None:
        """Whose turn it is, of those that may go. It goes on waiting until it is taken out."""
        heads = (waiting[0] for line in self._lines.values() for waiting in line.values())
        return next((one for one in heads if may_go(one)), None)

    def called(self, one: One) -> None:
        """Take it out; its asker's next one waits behind everybody else's."""
        self.remove(one)
        line = self._lines[one.urgency]
        if one.asker in line:
            line.move_to_end(one.asker)

    def remove(self, one: One) -> None:
        """Take it out, wherever it stands; harmless when it is gone."""
        line = self._lines[one.urgency]
        waiting = line.get(one.asker)
        if waiting and one in waiting:
            waiting.remove(one)
            if not waiting:
                del line[one.asker]

"""Tells everybody who listens what has changed, so that a page can follow."""

from collections.abc import Callable
from typing import Generic, TypeVarTuple

What = TypeVarTuple("What")


class Changes(Generic[*What]):
    """A small broadcaster within one event loop. `Changes[()]` says that something changed, not what."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[*What], None]] = []

    def tell(self, *change: *What) -> None:
        """Hand a change to every listener."""
        for callback in tuple(self._callbacks):
            callback(*change)

    def on_change(self, callback: Callable[[*What], None]) -> Callable[[], None]:
        """Call back at once with each change; returns how to stop that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

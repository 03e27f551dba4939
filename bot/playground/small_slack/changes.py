"""Tells everybody who listens what has changed, so that a page can follow."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Changes(Generic[T]):
    """A small broadcaster within one event loop."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[T], None]] = []

    def tell(self, change: T) -> None:
        """Hand a change to every listener."""
        for callback in tuple(self._callbacks):
            callback(change)

    def on_change(self, callback: Callable[[T], None]) -> Callable[[], None]:
        """Call back at once with each change; returns how to stop that."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)
